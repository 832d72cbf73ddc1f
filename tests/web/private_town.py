"""A town in which everything is somebody's: what the walk through all routes asks for."""

import io
from typing import Any

from comptoir.catalog.models import Product, ProductPicture
from comptoir.catalog.services.collections import set_collection
from comptoir.catalog.services.import_upload import import_upload
from comptoir.discovery.models import Community, CommunityMember
from comptoir.discovery.services import less_of
from comptoir.media.models import Picture
from comptoir.people.models.profile import Audience
from comptoir.posts.services import write_comment
from comptoir.sales.adapters.provider import Outcome, ProviderAnswer
from comptoir.sales.models import (
    BankEntry,
    Payment,
    PaymentAccount,
    Refund,
    SavedCard,
    StripeCharge,
    StripeCustomer,
    TransferDue,
)
from comptoir.sales.services import cancel_by_shop, ship_order
from comptoir.sales.services.accounts import add_account, add_transfer_account
from comptoir.sales.services.basket import Holder
from comptoir.sales.services.bills import open_bill
from comptoir.sales.services.put_in import add_to_basket
from comptoir.sales.services.returns import ask_return
from comptoir.sales.services.settle import mark_mismatch
from comptoir.sales.services.shared_basket import share_basket
from comptoir.sales.services.statements import take_statement
from comptoir.shops.models import Role, StaffMember
from comptoir.shops.services.staff import invite
from tests import cast
from tests.circle import says
from tests.sales.buying import at_bank, basket, charge_of, order_of, work
from tests.sales.offering import offer
from tests.sales.statements import IBAN, Movement, camt

# What belongs to Inès, to Zoé's shop or to their dealings, and must reach none of the others.
SECRETS = (
    "3 rue des Lices",
    "ines@example.org",
    "6A-SECRET",
    "Cassé, entre nous",
    "catalogue-secret.csv",
    "Entre nous seulement",
    "Une réponse entre nous",
    "SECRET-CODE",
    "Inès Secrète",
)


def build() -> dict[str, Any]:
    """Makes it; returns the value of each argument that a route can have."""
    cast.atelier_brume()
    bowl = cast.product(cast.maison_zinc(), "Bol")
    run = import_upload(
        shop=cast.maison_zinc(),
        file=io.BytesIO(b"id,title\n1,Bol\n"),
        file_name="catalogue-secret.csv",
        started_by=cast.zoe().user,
    )
    return {
        **_sold(bowl),
        **_said(bowl),
        **_transferred(bowl),
        "handle": "maison_zinc",
        **_at_counter(bowl),
        "method_id": cast.by_post(cast.maison_zinc()).pk,
        "zone_id": cast.zone(cast.maison_zinc()).pk,
        "product_id": bowl.pk,
        "file_id": cast.file_of(cast.product(cast.maison_zinc(), "Patron")).pk,
        "place_id": _shown(bowl).pk,
        "variant_id": cast.variant_of(bowl).pk,
        "run_id": run.pk,
        "offer_id": offer(cast.maison_zinc(), code="SECRET-CODE").pk,
        "profile_id": cast.malo().profile.pk,
        "provider": "sandbox",
        **_team(),
        "letter": "order_paid",
        "language": "fr",
        "form": "html",
        "community": _community(bowl).slug,
        "less_id": less_of(actor=cast.ines().actor, product_id=bowl.pk).pk,
        "kind": "kept",
        "token": "nothing-to-confirm",
        "uidb36": "1",
    }


def _team() -> dict[str, Any]:
    """Zoé asked Inès to work with her; Malo and Basile must not know."""
    zinc = cast.maison_zinc()
    asked = invite(shop=zinc, by=cast.zoe().actor, whom="@ines", role=Role.PACKER, language="fr")
    return {
        "invitation_key": asked.key,
        "invitation_id": asked.pk,
        "member_id": StaffMember.objects.get(shop=zinc, user=cast.zoe().user).pk,
    }


def _community(bowl: Product) -> Community:
    """Where Inès was found, for her alone to know."""
    community = Community.objects.create(
        slug="bols-table", name="Bols & table", size=5, loved=[bowl.pk]
    )
    CommunityMember.objects.create(
        community=community, profile=cast.ines().profile, how="found", closeness=0.8
    )
    return community


def _shown(bowl: Product) -> ProductPicture:
    cover = Picture.objects.create(
        status="ready", sha256="ab" * 32, width=640, height=480, colour="#aabbcc"
    )
    return ProductPicture.objects.create(product=bowl, picture=cover, position=0)


def _sold(bowl: Product) -> dict[str, Any]:
    """Inès bought it, and it is on its way."""
    bought = basket((cast.variant_of(bowl), 1), actor=cast.ines().actor).sent()
    at_bank(bought, "approve")
    work()
    order = order_of(bought)
    parcel = ship_order(order=order, carrier="Colissimo", tracking="6A-SECRET")
    line = order.lines.get()
    back = ask_return(order=order, pieces={line.pk: 1}, reason="damaged", words="Cassé, entre nous")
    return {
        "shipment_id": parcel.pk,
        "return_id": back.pk,
        "reference": order.number,
        "number": order.invoices.get().number,
        "report": "transactions",
        "bank": charge_of(bought).reference,
        "key": order.key,
        "line_id": line.pk,
    }


def _at_counter(bowl: Product) -> dict[str, Any]:
    """A bill that waits, and a basket that was shared."""
    bill = open_bill(shop=cast.maison_zinc(), by_id=cast.zoe().user.pk, amount_minor=1250)
    holder = Holder(profile_id=cast.ines().profile.pk)
    add_to_basket(holder=holder, variant_id=cast.variant_of(bowl).pk)
    made = set_collection(shop=cast.maison_zinc(), collection_id=None, title="Table")
    collection = {"collection_id": made.pk, "slug": made.slug}
    return collection | {"bill_key": bill.key, "shared_key": share_basket(holder=holder).key}


def _transferred(bowl: Product) -> dict[str, Any]:
    """Inès sent too much for another one, which was then called off; someone sent for nothing."""
    shop, bowls = cast.maison_zinc(), cast.variant_of(bowl)
    account = add_transfer_account(shop=shop, iban=IBAN, holder="Zinc")
    bought = basket((bowls, 1), actor=cast.ines().actor, provider="transfer").sent()
    due = TransferDue.objects.get(payment__order=bought.order_id)
    too_much = Movement("99.00", due.reference, payer="Inès Secrète")
    take_statement(account=account, body=camt([too_much, Movement("1.00", "?")]), by_user_id=None)
    cancel_by_shop(order=order_of(bought))
    add_account(shop=shop, provider="stripe", reference="acct_zinc", details={})
    awaited = basket((bowls, 1), actor=cast.ines().actor, provider="transfer").sent()
    basket((bowls, 1), actor=cast.ines().actor, provider="stripe").sent()
    StripeCharge.objects.update(url="https://checkout.example/")
    at_stripe = StripeCharge.objects.get()
    came = ProviderAnswer("pi_1", Outcome.CAPTURED, 1, "EUR")
    payment = Payment.objects.get(key=at_stripe.payment_id)
    mark_mismatch(payment_id=payment.pk, answer=came)
    return {
        "payment_id": payment.pk,
        "card_id": _kept_card(at_stripe.account).pk,
        "account_id": account.pk,
        "due_id": due.pk,
        "refund_id": Refund.objects.get(payment__order=bought.order_id).pk,
        "entry_id": BankEntry.objects.get(due=None).pk,
        "transfer": TransferDue.objects.get(payment__order=awaited.order_id).token,
        "stripe": StripeCharge.objects.get().token,
    }


def _kept_card(account: PaymentAccount) -> SavedCard:
    """Inès had a card kept at la Maison Zinc."""
    ines = StripeCustomer.objects.create(
        account=account, owner=cast.ines().profile, customer_id="cus_secret"
    )
    return SavedCard.objects.create(
        customer=ines, method_id="pm_1", brand="visa", last4="0007", exp_month=1, exp_year=2031
    )


def _said(bowl: Product) -> dict[str, Any]:
    """Inès wrote of it, to herself."""
    post = says(cast.ines(), "Entre nous seulement", bowl, audience=Audience.ME)
    comment = write_comment(actor=cast.ines().actor, post=post, text="Une réponse entre nous")
    return {"post_id": post.pk, "comment_id": comment.pk}
