"""The one map from event to handlers: what must react upward is read here and nowhere else."""

from comptoir.catalog import handlers as catalog
from comptoir.common.outbox import Dispatcher, Wiring
from comptoir.discovery import handlers as discovery
from comptoir.people import handlers as people
from comptoir.people.events import (
    PersonLeft,
    ProfileBlocked,
    ProfileFollowed,
    ProfileRestored,
    ProfileSuspended,
    ProfileUnfollowed,
)
from comptoir.posts import handlers as posts
from comptoir.posts.events import (
    PostLiked,
    PostUnliked,
    PurchaseShared,
    PurchaseUnshared,
    ShowingChanged,
)
from comptoir.reviews.events import (
    ProductKept,
    ProductRecommended,
    ProductUnkept,
    RecommendationWithdrawn,
)
from comptoir.sales import handlers as sales
from comptoir.sales.events import (
    DisputeEnded,
    DisputeOpened,
    ExchangePlaced,
    FreeRestGivenUp,
    NothingCameBack,
    OddMoneyDue,
    OrderCancelled,
    OrderDelivered,
    OrderPaid,
    OrderRefunded,
    OrderShipped,
    PartShipped,
    PaymentAwaited,
    PaymentFailed,
    RefundAskedAgain,
    RefundDue,
    RefundFailed,
    RefundMadeElsewhere,
    ReturnAnswered,
    ReturnAsked,
    SavedCardRemoved,
    VatNumberTrusted,
    WithdrawalDeclared,
)
from comptoir.shops import handlers as shops
from comptoir.shops.events import ShopMoved, ShopOpened, StaffInvited, StaffJoined, StaffLeft

WIRING: Wiring = {
    ShopOpened: [sales.on_shop_opened],
    ShopMoved: [catalog.on_shop_moved],
    StaffInvited: [shops.on_staff_invited],
    StaffJoined: [discovery.on_staff_changed],
    StaffLeft: [discovery.on_staff_changed],
    # people goes last: it deletes the profile that the others still need.
    PersonLeft: [
        posts.on_person_left,
        sales.on_person_left,
        discovery.on_profile_changed,
        people.on_person_left,
    ],
    ProfileFollowed: [discovery.on_follow_changed],
    ProfileUnfollowed: [discovery.on_follow_changed],
    ProfileBlocked: [discovery.on_profile_blocked],
    ProfileSuspended: [discovery.on_profile_changed],
    ProfileRestored: [discovery.on_profile_changed],
    ProductKept: [discovery.on_product_kept],
    ProductUnkept: [discovery.on_product_unkept],
    ProductRecommended: [discovery.on_product_recommended],
    RecommendationWithdrawn: [discovery.on_recommendation_withdrawn],
    PurchaseShared: [discovery.on_purchase_shared],
    PurchaseUnshared: [discovery.on_purchase_unshared],
    PostLiked: [discovery.on_like_changed],
    PostUnliked: [discovery.on_like_changed],
    ShowingChanged: [discovery.on_showing_changed],
    OrderPaid: [
        sales.on_order_paid,
        sales.bill_order,
        sales.hand_over,
        discovery.on_order_paid,
    ],
    OrderShipped: [sales.on_order_shipped],
    OrderCancelled: [
        sales.on_order_cancelled,
        posts.on_order_cancelled,
        discovery.on_order_cancelled,
    ],
    RefundDue: [sales.on_refund_due],
    OrderRefunded: [
        sales.on_order_refunded,
        sales.bill_refund,
        discovery.on_order_refunded,
    ],
    OddMoneyDue: [sales.on_odd_money_due],
    DisputeOpened: [sales.on_dispute_opened],
    DisputeEnded: [sales.on_dispute_ended],
    RefundFailed: [sales.on_refund_failed],
    RefundMadeElsewhere: [sales.on_refund_made_elsewhere],
    RefundAskedAgain: [sales.on_refund_asked_again],
    PaymentAwaited: [sales.on_payment_awaited],
    PaymentFailed: [sales.on_payment_failed],
    PartShipped: [sales.on_part_shipped],
    OrderDelivered: [sales.on_order_delivered],
    ReturnAsked: [sales.on_return_asked],
    ReturnAnswered: [sales.on_return_answered],
    FreeRestGivenUp: [sales.on_free_rest_given_up],
    NothingCameBack: [sales.on_nothing_came_back],
    ExchangePlaced: [sales.on_exchange_placed],
    SavedCardRemoved: [sales.on_saved_card_removed],
    VatNumberTrusted: [sales.on_vat_number_trusted],
    WithdrawalDeclared: [sales.on_withdrawal_declared],
}


def dispatcher() -> Dispatcher:
    return Dispatcher(WIRING)
