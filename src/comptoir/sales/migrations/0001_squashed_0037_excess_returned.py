"""The counter's tables as they stood after 37 steps, made at once."""

import comptoir.sales.models.bill
import comptoir.sales.models.order
import comptoir.sales.models.shared_basket
import comptoir.sales.models.withdrawal
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import django.db.models.functions.text
import uuid
from django.conf import settings
from django.db import migrations, models

# The one way to write the ledger: it takes the shop's head, links the new entry to it and moves it.
# The text that is hashed is written down in ``sales.services.verify_ledger``, which goes through it.
# The shop's head is made with its first entry; all others find it.
APPEND = """
CREATE OR REPLACE FUNCTION sales_ledger_append(
  p_shop bigint, p_kind text, p_amount bigint, p_currency text,
  p_order bigint, p_payment bigint, p_refund bigint, p_at timestamptz DEFAULT now()
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  v_sequence bigint;
  v_previous text;
  v_hash text;
BEGIN
  LOOP
    SELECT sequence + 1, hash INTO v_sequence, v_previous
      FROM sales_ledgerhead WHERE shop_id = p_shop FOR NO KEY UPDATE;
    EXIT WHEN FOUND;
    INSERT INTO sales_ledgerhead (shop_id, sequence, hash) VALUES (p_shop, 0, '')
      ON CONFLICT (shop_id) DO NOTHING;
  END LOOP;
  v_hash := encode(sha256(convert_to(concat_ws('|',
    v_previous, p_shop, v_sequence, p_kind, p_amount, p_currency, p_order, p_payment,
    coalesce(p_refund::text, ''), (extract(epoch FROM p_at) * 1000000)::bigint), 'UTF8')), 'hex');
  INSERT INTO sales_ledgerentry (shop_id, sequence, kind, amount_minor, currency, order_id,
      payment_id, refund_id, at, previous_hash, hash)
    VALUES (p_shop, v_sequence, p_kind, p_amount, p_currency, p_order, p_payment, p_refund, p_at,
      v_previous, v_hash);
  UPDATE sales_ledgerhead SET sequence = v_sequence, hash = v_hash WHERE shop_id = p_shop;
  RETURN v_sequence;
END $$;
"""

NOT_APPEND = "DROP FUNCTION sales_ledger_append;"

# A trigger, and not a rule of the code: whatever writes to this database must be refused, be it a
# console, a repair by hand or a later mistake of ours. Who switches it off is found by the chain.
APPEND_ONLY = """
CREATE FUNCTION sales_ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the payment log is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER sales_ledger_append_only BEFORE UPDATE OR DELETE ON sales_ledgerentry
  FOR EACH ROW EXECUTE FUNCTION sales_ledger_refuse();
"""

NOT_APPEND_ONLY = """
DROP TRIGGER sales_ledger_append_only ON sales_ledgerentry; DROP FUNCTION sales_ledger_refuse();
"""

# A trigger, and not a rule of the code: an invoice that a console could change would prove nothing.
# It may go once the law's term is over (``keep_until``), and its shares with it.
KEPT = """
CREATE FUNCTION sales_invoice_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.keep_until < current_date THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'invoice % does not change and is kept until %', OLD.number, OLD.keep_until
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER sales_invoice_kept BEFORE UPDATE OR DELETE ON sales_invoice
  FOR EACH ROW EXECUTE FUNCTION sales_invoice_refuse();

CREATE FUNCTION sales_invoice_share_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND NOT EXISTS (
      SELECT 1 FROM sales_invoice WHERE id = OLD.invoice_id AND keep_until >= current_date) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the amounts of an invoice do not change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER sales_invoice_share_kept BEFORE UPDATE OR DELETE ON sales_invoiceshare
  FOR EACH ROW EXECUTE FUNCTION sales_invoice_share_refuse();
"""

NOT_KEPT = """
DROP TRIGGER sales_invoice_share_kept ON sales_invoiceshare;
DROP FUNCTION sales_invoice_share_refuse();
DROP TRIGGER sales_invoice_kept ON sales_invoice;
DROP FUNCTION sales_invoice_refuse();
"""

# The entries of one refund add up to nothing (not given, or given and come back) or to the refund
# itself. This was one entry a refund, by a unique index, while a refund could not fail. It looks at
# other rows: no constraint can, so that a trigger does.
BALANCE = """
CREATE FUNCTION sales_ledger_refund_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_said bigint;
  v_owed bigint;
BEGIN
  SELECT coalesce(sum(amount_minor), 0) + NEW.amount_minor INTO v_said
    FROM sales_ledgerentry WHERE refund_id = NEW.refund_id;
  SELECT amount_minor INTO v_owed FROM sales_refund WHERE id = NEW.refund_id;
  IF v_said NOT IN (0, -v_owed) THEN
    RAISE EXCEPTION 'refund % would be written down twice', NEW.refund_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_refund_balance';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER sales_ledger_refund_balance BEFORE INSERT ON sales_ledgerentry
  FOR EACH ROW WHEN (NEW.refund_id IS NOT NULL) EXECUTE FUNCTION sales_ledger_refund_balance();
"""

NOT_BALANCE = """
DROP TRIGGER sales_ledger_refund_balance ON sales_ledgerentry;
DROP FUNCTION sales_ledger_refund_balance();
"""


class Migration(migrations.Migration):

    # A place that has all of these has the tables, and nothing is done to it.
    replaces = [
        ('sales', '0001_initial'),
        ('sales', '0002_order_terms'),
        ('sales', '0003_basket'),
        ('sales', '0004_ledger'),
        ('sales', '0005_payment_account'),
        ('sales', '0006_sandbox_accounts'),
        ('sales', '0007_offers'),
        ('sales', '0008_order_basket_payment_account'),
        ('sales', '0009_ways_to_be_paid'),
        ('sales', '0010_after_payment'),
        ('sales', '0011_offer_pieces'),
        ('sales', '0012_invoices'),
        ('sales', '0013_charge_known_by_its_session'),
        ('sales', '0014_bills_and_shared_baskets'),
        ('sales', '0015_downloads'),
        ('sales', '0016_fewer_indexes'),
        ('sales', '0017_invoices_of_trials'),
        ('sales', '0018_consent'),
        ('sales', '0019_refunds_that_fail'),
        ('sales', '0020_kept_cards'),
        ('sales', '0021_odd_money'),
        ('sales', '0022_vat_number_check'),
        ('sales', '0023_standard_delivery'),
        ('sales', '0024_announced_percentages'),
        ('sales', '0025_given_up_for_nothing'),
        ('sales', '0026_limited_announcements'),
        ('sales', '0027_shops_that_announce'),
        ('sales', '0028_lines_tell_what_is_held'),
        ('sales', '0029_less_to_write'),
        ('sales', '0030_transfers_keep_no_address'),
        ('sales', '0031_refunds_that_failed_unheard'),
        ('sales', '0032_what_counted_says'),
        ('sales', '0033_paid_later_is_out_of_the_basket'),
        ('sales', '0034_one_capture_a_payment'),
        ('sales', '0035_pickup_place'),
        ('sales', '0036_expected_days'),
        ('sales', '0037_excess_returned'),
    ]

    initial = True

    dependencies = [
        ('catalog', '0015_no_notes_where_nobody_announces'),
        ('media', '0002_one_row_a_url'),
        ('people', '0003_suspended_profiles'),
        ('shops', '0007_pickup_place'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='payment_accounts', to='shops.shop')),
                ('provider', models.CharField(max_length=20)),
                ('reference', models.CharField(blank=True, default='', max_length=100)),
                ('details', models.JSONField(blank=True, default=dict)),
                ('is_test', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_active', True)), fields=['shop', 'position', 'id'], name='payment_account_of_shop')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'provider', 'reference'), name='payment_account_once'), models.UniqueConstraint(condition=models.Q(('is_active', True)), fields=('shop', 'provider'), name='payment_account_one_active'), models.CheckConstraint(condition=models.Q(('provider', ''), _negated=True), name='payment_account_provider')],
            },
        ),
        migrations.CreateModel(
            name='Basket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='basket', to='people.profile')),
                ('guest_key', models.CharField(blank=True, default='', max_length=40)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('owner', None)), fields=['updated_at'], name='basket_of_guest')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('guest_key', ''), _negated=True), fields=('guest_key',), name='basket_guest_key'), models.CheckConstraint(condition=models.Q(models.Q(('owner', None), models.Q(('guest_key', ''), _negated=True)), models.Q(('guest_key', ''), ('owner__isnull', False)), _connector='OR'), name='basket_of_one')],
            },
        ),
        migrations.CreateModel(
            name='OrderNumber',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='shops.shop')),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'year'), name='order_number_row')],
            },
        ),
        migrations.CreateModel(
            name='ProviderEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=20)),
                ('event_id', models.CharField(max_length=100)),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('provider', 'event_id'), name='provider_event_once')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop')),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit Note')], max_length=12)),
                ('is_test', models.BooleanField(db_default=False, default=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shop', 'kind', 'is_test', 'year'), name='invoice_counter_row')],
            },
        ),
        migrations.CreateModel(
            name='LedgerHead',
            fields=[
                ('shop', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ledger_head', serialize=False, to='shops.shop')),
                ('sequence', models.BigIntegerField()),
                ('hash', models.CharField(blank=True, max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='LedgerCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('entries', models.BigIntegerField()),
                ('broken_shop', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='shops.shop')),
                ('broken_sequence', models.BigIntegerField(null=True)),
                ('fault', models.CharField(blank=True, default='', max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='shops.shop')),
                ('name', models.CharField(help_text='As buyers read it.', max_length=60)),
                ('kind', models.CharField(choices=[('percent', 'a part of the price of each piece'), ('amount', 'a sum off the goods'), ('free_delivery', 'Free Delivery'), ('buy_x_get_y', 'some pieces bought, others at a lower price')], max_length=15)),
                ('value', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('buy_quantity', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('get_quantity', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('minimum_minor', models.BigIntegerField(default=0, help_text='What the goods in its scope must cost, before any reduction.')),
                ('code', models.CharField(blank=True, default='', help_text="In capitals; '' applies by itself.", max_length=30)),
                ('starts', models.DateTimeField(blank=True, null=True)),
                ('ends', models.DateTimeField(blank=True, null=True)),
                ('is_active', models.BooleanField(default=True)),
                ('limit_total', models.PositiveIntegerField(blank=True, null=True)),
                ('limit_per_customer', models.PositiveIntegerField(blank=True, null=True)),
                ('uses', models.PositiveIntegerField(default=0)),
                ('audience', models.CharField(choices=[('everyone', 'Everyone'), ('followers', 'those who follow the shop'), ('segment', 'the people named')], default='everyone', max_length=10)),
                ('scope', models.CharField(choices=[('shop', 'everything'), ('products', 'the products chosen')], default='shop', max_length=10)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('products', models.ManyToManyField(blank=True, related_name='+', to='catalog.product')),
                ('segment', models.ManyToManyField(blank=True, related_name='+', to='people.profile')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('is_active', True)), fields=['shop', 'code'], name='offer_live'), models.Index(fields=['shop', '-id'], name='offer_of_shop')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'percent'), ('value__gte', 1), ('value__lte', 10000)), models.Q(('kind', 'amount'), ('value__gte', 1)), models.Q(('kind', 'free_delivery'), ('value', 0)), models.Q(('buy_quantity__gte', 1), ('buy_quantity__isnull', False), ('get_quantity__gte', 1), ('get_quantity__isnull', False), ('kind', 'buy_x_get_y'), ('value__gte', 1), ('value__lte', 10000)), _connector='OR'), name='offer_terms'), models.CheckConstraint(condition=models.Q(('audience__in', ['everyone', 'followers', 'segment'])), name='offer_audience'), models.CheckConstraint(condition=models.Q(('scope__in', ['shop', 'products'])), name='offer_scope'), models.CheckConstraint(condition=models.Q(('minimum_minor__gte', 0), ('minimum_minor__lt', 100000000000), ('value__lt', 100000000000)), name='offer_amounts'), models.CheckConstraint(condition=models.Q(('starts', None), ('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), name='offer_dates'), models.CheckConstraint(condition=models.Q(('code', django.db.models.functions.text.Upper('code'))), name='offer_code_form'), models.CheckConstraint(condition=models.Q(('limit_total', None), ('uses__lte', models.F('limit_total')), _connector='OR'), name='offer_uses'), models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('shop', 'code'), name='offer_code_unique')],
            },
        ),
        migrations.CreateModel(
            name='BankCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('reference', models.CharField(max_length=40)),
                ('status', models.CharField(choices=[('waiting', 'the buyer has not chosen yet'), ('challenged', 'the 3-D Secure page is open'), ('charged', 'Charged'), ('refused', 'Refused')], default='waiting', max_length=12)),
                ('amount_minor', models.BigIntegerField()),
                ('refunded_minor', models.BigIntegerField(default=0)),
                ('currency', models.CharField(max_length=3)),
                ('description', models.CharField(max_length=200)),
                ('return_url', models.CharField(max_length=500)),
                ('silent', models.BooleanField(default=False, help_text='It never says what it did.')),
                ('answers_at', models.DateTimeField(blank=True, help_text='Until then it says that the charge is under way.', null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key',), name='bank_charge_key'), models.UniqueConstraint(fields=('reference',), name='bank_charge_reference'), models.CheckConstraint(condition=models.Q(('refunded_minor__gte', 0), models.Q(('refunded_minor', 0), models.Q(('refunded_minor__lte', models.F('amount_minor')), ('status', 'charged')), _connector='OR')), name='bank_refund_within_charge')],
            },
        ),
        migrations.CreateModel(
            name='SharedBasket',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=comptoir.sales.models.shared_basket.new_key, max_length=20, unique=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.profile')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(fields=['created_at'], name='shared_basket_age')],
            },
        ),
        migrations.CreateModel(
            name='StripeCustomer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.paymentaccount')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='people.profile')),
                ('customer_id', models.CharField(blank=True, default='', max_length=100)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'owner'), name='stripe_customer_once')],
            },
        ),
        migrations.CreateModel(
            name='BankStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='sales.paymentaccount')),
                ('digest', models.CharField(help_text='SHA-256 of the file.', max_length=64)),
                ('form', models.CharField(help_text='camt or csv', max_length=10)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('read_count', models.PositiveIntegerField(default=0, help_text='Credits in the file.')),
                ('new_count', models.PositiveIntegerField(default=0, help_text='Those not seen before.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'digest'), name='bank_statement_once')],
            },
        ),
        migrations.CreateModel(
            name='BasketLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basket', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.basket')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.variant')),
                ('quantity', models.PositiveSmallIntegerField()),
                ('saved_for_later', models.BooleanField(default=False)),
                ('seen_unit_minor', models.BigIntegerField()),
                ('added_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('basket', 'variant'), name='basket_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 999)), name='basket_line_quantity'), models.CheckConstraint(condition=models.Q(('seen_unit_minor__gte', 0)), name='basket_line_seen')],
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=comptoir.sales.models.order.new_key, max_length=40)),
                ('checkout_key', models.UUIDField(unique=True)),
                ('request_hash', models.CharField(max_length=64)),
                ('number', models.CharField(blank=True, default='', max_length=20)),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='shops.shop')),
                ('buyer', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='orders', to='people.profile')),
                ('basket', models.ForeignKey(blank=True, db_index=False, help_text='Where its lines are taken out of once it is paid, or awaits a later payment.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='sales.basket')),
                ('status', models.CharField(choices=[('pending', 'payment awaited'), ('paid', 'Paid'), ('shipped', 'every piece has left'), ('delivered', 'the last parcel has arrived'), ('cancelled', 'Cancelled')], default='pending', max_length=10)),
                ('cancel_reason', models.CharField(blank=True, choices=[('payment_failed', 'the provider refused'), ('expired', 'not paid in time'), ('by_buyer', 'By Buyer'), ('by_shop', 'By Shop'), ('wrong_amount', 'another amount came than was asked, and goes back')], default='', max_length=20)),
                ('language', models.CharField(default='fr', max_length=2)),
                ('email', models.EmailField(max_length=254)),
                ('recipient', models.CharField(max_length=120)),
                ('address1', models.CharField(blank=True, default='', max_length=200)),
                ('address2', models.CharField(blank=True, default='', max_length=200)),
                ('postcode', models.CharField(blank=True, default='', max_length=16)),
                ('city', models.CharField(blank=True, default='', max_length=100)),
                ('country', models.CharField(default='FR', max_length=2)),
                ('company', models.CharField(blank=True, db_default='', default='', max_length=120)),
                ('vat_number', models.CharField(blank=True, db_default='', default='', help_text="The buyer's, for a purchase by a business.", max_length=20)),
                ('tax_scheme', models.CharField(choices=[('domestic', "VAT of the seller's country"), ('oss', "VAT of the buyer's country, by the one-stop shop"), ('reverse_charge', 'a business elsewhere in the EU accounts for the VAT'), ('export', 'no VAT: it leaves the EU'), ('franchise', 'no VAT: a small seller')], db_default='domestic', default='domestic', max_length=14)),
                ('tax_country', models.CharField(db_default='FR', default='FR', max_length=2)),
                ('delivery_kind', models.CharField(max_length=10)),
                ('delivery_name', models.CharField(max_length=60)),
                ('pickup_place', models.TextField(blank=True, db_default='', default='', help_text='Where it is fetched.', max_length=300)),
                ('arrives_from', models.DateField(blank=True, help_text='The first day on which it may arrive, or be fetched, as it was agreed.', null=True)),
                ('arrives_until', models.DateField(blank=True, help_text='The last of those days.', null=True)),
                ('currency', models.CharField(max_length=3)),
                ('items_minor', models.BigIntegerField(help_text='Before discounts.')),
                ('discount_minor', models.BigIntegerField(db_default=0, default=0)),
                ('delivery_minor', models.BigIntegerField(help_text='What is charged, after offers.')),
                ('standard_delivery_minor', models.BigIntegerField(blank=True, help_text='What the cheapest way offered would have been charged; empty: not known.', null=True)),
                ('total_minor', models.BigIntegerField()),
                ('vat_minor', models.BigIntegerField()),
                ('carrier', models.CharField(blank=True, default='', max_length=60)),
                ('tracking', models.CharField(blank=True, default='', max_length=80)),
                ('placed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('pay_until', models.DateTimeField(help_text='Its stock is held until then, while it is pending.')),
                ('consented_at', models.DateTimeField(blank=True, help_text='To be given what is digital at once, which ends the right to withdraw from it.', null=True)),
                ('paid_at', models.DateTimeField(blank=True, null=True)),
                ('shipped_at', models.DateTimeField(blank=True, null=True)),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['shop', 'status', '-placed_at', '-id'], name='order_of_shop'), models.Index(condition=models.Q(('buyer__isnull', False)), fields=['buyer', '-placed_at', '-id'], name='order_of_buyer'), models.Index(condition=models.Q(('basket__isnull', False)), fields=['basket'], name='order_of_basket'), models.Index(condition=models.Q(('cancelled_by__isnull', False)), fields=['cancelled_by'], name='order_called_off_by'), models.Index(condition=models.Q(('status', 'pending')), fields=['pay_until'], name='order_unpaid')],
                'constraints': [models.UniqueConstraint(fields=('key',), name='order_key'), models.CheckConstraint(condition=models.Q(models.Q(('paid_at', None), ('status', 'pending')), models.Q(models.Q(('number', ''), _negated=True), ('paid_at__isnull', False), ('status', 'paid')), models.Q(('paid_at__isnull', False), ('shipped_at__isnull', False), ('status', 'shipped')), models.Q(('delivered_at__isnull', False), ('shipped_at__isnull', False), ('status', 'delivered')), models.Q(('cancelled_at__isnull', False), ('status', 'cancelled')), _connector='OR'), name='order_status'), models.CheckConstraint(condition=models.Q(('total_minor', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('items_minor'), '-', models.F('discount_minor')), '+', models.F('delivery_minor')))), name='order_total'), models.CheckConstraint(condition=models.Q(('delivery_minor__gte', 0), ('discount_minor__gte', 0), ('discount_minor__lte', models.F('items_minor')), ('items_minor__gte', 0), ('vat_minor__gte', 0), ('vat_minor__lte', models.F('total_minor'))), name='order_amounts'), models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('shop', 'number'), name='order_number_unique')],
            },
        ),
        migrations.CreateModel(
            name='OfferCustomer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='customers', to='sales.offer')),
                ('customer', models.CharField(help_text="'p:' and a profile's id, or 'e:' and the digest of an e-mail.", max_length=70)),
                ('uses', models.PositiveIntegerField(default=0)),
                ('most', models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('offer', 'customer'), name='offer_customer_once'), models.CheckConstraint(condition=models.Q(('most', None), ('uses__lte', models.F('most')), _connector='OR'), name='offer_customer_uses')],
            },
        ),
        migrations.CreateModel(
            name='BankRefund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='sales.bankcharge')),
                ('amount_minor', models.BigIntegerField()),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='bank_refund_amount')],
            },
        ),
        migrations.CreateModel(
            name='SharedBasketLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shared', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.sharedbasket')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.variant')),
                ('quantity', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shared', 'variant'), name='shared_basket_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 999)), name='shared_basket_quantity')],
            },
        ),
        migrations.CreateModel(
            name='SavedCard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('customer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='cards', to='sales.stripecustomer')),
                ('method_id', models.CharField(max_length=100, unique=True)),
                ('brand', models.CharField(max_length=20)),
                ('last4', models.CharField(max_length=4)),
                ('exp_month', models.PositiveSmallIntegerField()),
                ('exp_year', models.PositiveSmallIntegerField()),
                ('removed_at', models.DateTimeField(blank=True, help_text='Its owner removed it; Stripe is yet to be told.', null=True)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('exp_month__gte', 1), ('exp_month__lte', 12)), name='saved_card_expiry')],
            },
        ),
        migrations.CreateModel(
            name='OrderLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.order')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
                ('product', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.product')),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('title', models.CharField(max_length=200)),
                ('options', models.CharField(blank=True, default='', max_length=200)),
                ('quantity', models.IntegerField()),
                ('counted', models.BooleanField(db_default=False, default=False, help_text='Its pieces were counted when they were last taken.')),
                ('unit_minor', models.BigIntegerField()),
                ('discount_minor', models.BigIntegerField(db_default=0, default=0)),
                ('vat_rate_bp', models.PositiveSmallIntegerField()),
                ('total_minor', models.BigIntegerField()),
                ('vat_minor', models.BigIntegerField()),
                ('weight_grams', models.PositiveIntegerField(blank=True, help_text='Of one piece.', null=True)),
                ('digital', models.BooleanField(db_default=False, default=False)),
                ('withdrawal', models.CharField(blank=True, choices=[('', 'No'), ('personalised', 'Personalised'), ('perishable', 'Perishable'), ('sealed', 'sealed for hygiene, and opened'), ('digital', "given at once, with the buyer's consent")], db_default='', default='', max_length=12)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('order', 'position'), name='order_line_place'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 999)), name='order_line_quantity'), models.CheckConstraint(condition=models.Q(('discount_minor__gte', 0), ('total_minor', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('unit_minor'), '*', models.F('quantity')), '-', models.F('discount_minor'))), ('total_minor__gte', 0), ('unit_minor__gte', 0)), name='order_line_total')],
            },
        ),
        migrations.CreateModel(
            name='Bill',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=comptoir.sales.models.bill.new_key, max_length=20, unique=True)),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bills', to='shops.shop')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('variant', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.variant')),
                ('amount_minor', models.BigIntegerField(help_text='Free; empty with chosen lines.', null=True)),
                ('note', models.CharField(blank=True, default='', max_length=80)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('order', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='bill', to='sales.order')),
            ],
            options={
                'indexes': [models.Index(fields=['shop', '-created_at'], name='bill_of_shop'), models.Index(condition=models.Q(('cancelled_at', None), ('order', None)), fields=['created_at'], name='bill_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor', None), ('amount_minor__gt', 0), _connector='OR'), name='bill_amount'), models.CheckConstraint(condition=models.Q(('order', None), ('cancelled_at', None), _connector='OR'), name='bill_paid_or_cancelled')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='sales.order')),
                ('provider', models.CharField(max_length=20)),
                ('account', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.paymentaccount')),
                ('reference', models.CharField(blank=True, default='', max_length=100)),
                ('redirect_url', models.CharField(blank=True, default='', max_length=500)),
                ('status', models.CharField(choices=[('created', 'the provider has not answered yet'), ('pending', 'the buyer is at the provider'), ('captured', 'Captured'), ('failed', 'Failed'), ('refunded', 'the whole amount was given back')], default='created', max_length=10)),
                ('failure', models.CharField(blank=True, default='', max_length=40)),
                ('currency', models.CharField(max_length=3)),
                ('amount_minor', models.BigIntegerField()),
                ('captured_minor', models.BigIntegerField(default=0)),
                ('refunded_minor', models.BigIntegerField(default=0)),
                ('refund_due_minor', models.BigIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('settled_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__in', ['created', 'pending'])), fields=['created_at'], name='payment_open'), models.Index(condition=models.Q(('status', 'failed')), fields=['settled_at'], name='payment_given_up')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reference', ''), _negated=True), fields=('provider', 'reference'), name='payment_reference_unique'), models.UniqueConstraint(condition=models.Q(('status', 'captured')), fields=('order',), name='payment_captured_once'), models.UniqueConstraint(condition=models.Q(('status__in', ['created', 'pending'])), fields=('order',), name='payment_one_open'), models.CheckConstraint(condition=models.Q(('captured_minor__lte', models.F('amount_minor'))), name='payment_captured'), models.CheckConstraint(condition=models.Q(('refund_due_minor__lte', models.F('captured_minor')), ('refunded_minor__gte', 0), ('refunded_minor__lte', models.F('refund_due_minor'))), name='payment_refunded'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='payment_amount')],
            },
        ),
        migrations.CreateModel(
            name='OfferUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('offer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='sales.offer')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='offers', to='sales.order')),
                ('customer', models.CharField(blank=True, default='', max_length=70)),
                ('amount_minor', models.BigIntegerField()),
                ('status', models.CharField(choices=[('held', 'the order is being paid'), ('used', 'Used'), ('released', 'the order was called off; the use was given back')], default='held', max_length=10)),
            ],
            options={
                'indexes': [models.Index(fields=['offer', 'status'], name='offer_use_of_offer')],
                'constraints': [models.UniqueConstraint(fields=('order', 'offer'), name='offer_use_once'), models.CheckConstraint(condition=models.Q(('status__in', ['held', 'used', 'released'])), name='offer_use_status'), models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='offer_use_amount')],
            },
        ),
        migrations.CreateModel(
            name='Shipment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shipments', to='sales.order')),
                ('carrier', models.CharField(blank=True, default='', max_length=60)),
                ('tracking', models.CharField(blank=True, default='', max_length=80)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shipped_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('delivered_at', models.DateTimeField(blank=True, null=True)),
                ('delivered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('presumed', models.BooleanField(db_default=False, default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'shipped_at'], name='shipment_of_order'), models.Index(condition=models.Q(('delivered_at', None)), fields=['shipped_at'], name='shipment_under_way')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('delivered_at', None), ('presumed', False)), ('delivered_at__gte', models.F('shipped_at')), _connector='OR'), name='shipment_delivered')],
            },
        ),
        migrations.CreateModel(
            name='VatNumberCheck',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='vat_number_check', serialize=False, to='sales.order')),
                ('number', models.CharField(max_length=20)),
                ('answer', models.CharField(choices=[('form', 'well made; VIES has not answered yet'), ('valid', 'Valid'), ('invalid', 'Invalid')], default='form', max_length=8)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('consultation', models.CharField(blank=True, default='', max_length=40)),
                ('name', models.CharField(blank=True, default='', help_text='As VIES tells it.', max_length=200)),
                ('set_aside_at', models.DateTimeField(blank=True, null=True)),
                ('set_aside_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer', 'invalid'), ('set_aside_at', None)), fields=['order'], name='vat_number_refused')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', 'form'), ('answered_at', None), ('consultation', ''), ('name', '')), models.Q(models.Q(('answer', 'form'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='vat_number_answered'), models.CheckConstraint(condition=models.Q(('set_aside_at', None), ('answer', 'invalid'), _connector='OR'), name='vat_number_set_aside')],
            },
        ),
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='downloads', to='sales.orderline')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.productfile')),
                ('count', models.PositiveIntegerField(default=1)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('line', 'file'), name='download_once'), models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='download_count'), models.CheckConstraint(condition=models.Q(('last_at__gte', models.F('first_at'))), name='download_times')],
            },
        ),
        migrations.CreateModel(
            name='LineTally',
            fields=[
                ('line', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='tally', serialize=False, to='sales.orderline')),
                ('ordered', models.PositiveIntegerField()),
                ('total_minor', models.BigIntegerField()),
                ('sent', models.PositiveIntegerField(db_default=0, default=0, help_text='Put in parcels.')),
                ('called_off', models.PositiveIntegerField(db_default=0, default=0, help_text='Given up before they were sent.')),
                ('claimed', models.PositiveIntegerField(db_default=0, default=0, help_text='Withdrawn from, given up by the shop, or in a return that was not refused.')),
                ('received', models.PositiveIntegerField(db_default=0, default=0, help_text='Came back.')),
                ('restocked', models.PositiveIntegerField(db_default=0, default=0, help_text='On the shelf again.')),
                ('refunded', models.PositiveIntegerField(db_default=0, default=0, help_text='Pieces whose money was promised back.')),
                ('refunded_minor', models.BigIntegerField(db_default=0, default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ordered__gte', django.db.models.expressions.CombinedExpression(models.F('sent'), '+', models.F('called_off')))), name='tally_sent'), models.CheckConstraint(condition=models.Q(('claimed__lte', models.F('ordered'))), name='tally_claimed'), models.CheckConstraint(condition=models.Q(('received__lte', models.F('sent'))), name='tally_received'), models.CheckConstraint(condition=models.Q(('restocked__lte', models.F('ordered'))), name='tally_restocked'), models.CheckConstraint(condition=models.Q(('refunded__lte', models.F('ordered'))), name='tally_refunded'), models.CheckConstraint(condition=models.Q(('refunded_minor__gte', 0), ('refunded_minor__lte', models.F('total_minor'))), name='tally_money')],
            },
        ),
        migrations.CreateModel(
            name='BillLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bill', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.bill')),
                ('variant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='catalog.variant')),
                ('quantity', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bill', 'variant'), name='bill_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 999)), name='bill_line_quantity')],
            },
        ),
        migrations.CreateModel(
            name='Refund',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='refunds', to='sales.payment')),
                ('amount_minor', models.BigIntegerField()),
                ('reason', models.CharField(max_length=20)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('status', models.CharField(choices=[('due', 'promised'), ('done', 'given back'), ('failed', 'it did not reach the buyer: the shop must act')], default='due', max_length=10)),
                ('attempt', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('by_hand', models.BooleanField(db_default=False, default=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status', 'due')), fields=['created_at'], name='refund_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0), models.Q(('amount_minor', 0), ('status', 'done')), _connector='OR'), name='refund_amount'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('status__in', ['due', 'failed'])), models.Q(('done_at__isnull', False), ('status', 'done')), _connector='OR'), name='refund_status')],
            },
        ),
        migrations.CreateModel(
            name='RefundUnmade',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('payment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.payment')),
            ],
        ),
        migrations.CreateModel(
            name='CashDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='cash', to='sales.payment', to_field='key')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.paymentaccount')),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('taken_at', models.DateTimeField(blank=True, null=True)),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='cash_amount'), models.CheckConstraint(condition=models.Q(('taken_by', None), ('taken_at__isnull', False), _connector='OR'), name='cash_taken')],
            },
        ),
        migrations.CreateModel(
            name='OddMoney',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='odd_money', to='sales.payment')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('seen_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, default='', max_length=60)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decided_at__isnull', False), ('done_at', None)), fields=['decided_at'], name='odd_money_owed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_at__isnull', False), models.Q(('done_at', None), ('failure', '')), _connector='OR'), name='odd_money_decided_first'), models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='odd_money_amount')],
            },
        ),
        migrations.CreateModel(
            name='StripeCharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stripe', to='sales.payment', to_field='key')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.paymentaccount')),
                ('token', models.CharField(max_length=40, unique=True)),
                ('session_id', models.CharField(blank=True, default='', max_length=100)),
                ('url', models.TextField(blank=True, default='')),
                ('request', models.JSONField(default=dict, help_text='What is asked, so that asking again is the same to the letter.')),
                ('keeps', models.BooleanField(db_default=False, default=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('keeps', True)), fields=['created_at'], name='stripe_keeps')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('session_id', ''), _negated=True), fields=('session_id',), name='stripe_session_once')],
            },
        ),
        migrations.CreateModel(
            name='StripeDispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='sales.payment')),
                ('dispute_id', models.CharField(max_length=100, unique=True)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('reason', models.CharField(blank=True, default='', max_length=60)),
                ('status', models.CharField(help_text="In Stripe's words.", max_length=40)),
                ('respond_by', models.DateTimeField(blank=True, null=True)),
                ('told_at', models.DateTimeField(help_text='When Stripe made the notice that we know last.')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='stripe_dispute_amount')],
            },
        ),
        migrations.CreateModel(
            name='TransferDue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='transfer', to='sales.payment', to_field='key')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.paymentaccount')),
                ('token', models.CharField(max_length=40, unique=True)),
                ('reference', models.CharField(max_length=25, unique=True)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('received_minor', models.BigIntegerField(default=0)),
                ('given_back_minor', models.BigIntegerField(default=0)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('received_minor__lt', models.F('amount_minor'))), fields=['account', 'id'], name='transfer_awaited')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0), ('given_back_minor__gte', 0), ('given_back_minor__lte', models.F('received_minor')), ('received_minor__gte', 0)), name='transfer_amounts')],
            },
        ),
        migrations.CreateModel(
            name='ShipmentLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.shipment')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.orderline')),
                ('quantity', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('shipment', 'line'), name='shipment_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1)), name='shipment_line_quantity')],
            },
        ),
        migrations.CreateModel(
            name='RefundFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('refund', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='failures', to='sales.refund')),
                ('attempt', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, default='', max_length=60)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('refund', 'attempt'), name='refund_failure_once')],
            },
        ),
        migrations.CreateModel(
            name='Invoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='sales.order')),
                ('refund', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_note', to='sales.refund')),
                ('preceding', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_notes', to='sales.invoice')),
                ('kind', models.CharField(choices=[('invoice', 'Invoice'), ('credit_note', 'Credit Note')], max_length=12)),
                ('is_test', models.BooleanField(db_default=False, default=False, help_text='No money moved; numbered apart.')),
                ('year', models.PositiveSmallIntegerField()),
                ('sequence', models.PositiveIntegerField(help_text='1, 2, 3 … within shop, kind and year.')),
                ('number', models.CharField(max_length=20)),
                ('issued_at', models.DateTimeField()),
                ('language', models.CharField(max_length=2)),
                ('currency', models.CharField(max_length=3)),
                ('tax_scheme', models.CharField(max_length=14)),
                ('tax_country', models.CharField(max_length=2)),
                ('net_minor', models.BigIntegerField()),
                ('vat_minor', models.BigIntegerField()),
                ('rounding_minor', models.BigIntegerField()),
                ('total_minor', models.BigIntegerField(help_text='What was paid, or given back.')),
                ('seller', models.JSONField()),
                ('buyer', models.JSONField()),
                ('content', models.JSONField()),
                ('xml', models.TextField(blank=True, help_text="'' for currencies that EN 16931 cannot write.")),
                ('pdf', models.BinaryField()),
                ('sha256', models.CharField(help_text='Of the PDF.', max_length=64)),
                ('keep_until', models.DateField()),
            ],
            options={
                'indexes': [models.Index(fields=['shop', 'issued_at'], name='invoice_of_shop'), models.Index(fields=['keep_until'], name='invoice_kept')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'number'), name='invoice_number_once'), models.UniqueConstraint(fields=('shop', 'kind', 'is_test', 'year', 'sequence'), name='invoice_sequence_once'), models.UniqueConstraint(condition=models.Q(('kind', 'invoice')), fields=('order',), name='invoice_of_order_once'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'invoice'), ('preceding', None), ('refund', None)), models.Q(('kind', 'credit_note'), ('preceding__isnull', False), ('refund__isnull', False)), _connector='OR'), name='invoice_kind'), models.CheckConstraint(condition=models.Q(('net_minor__gte', 0), ('total_minor', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('net_minor'), '+', models.F('vat_minor')), '+', models.F('rounding_minor'))), ('vat_minor__gte', 0)), name='invoice_total')],
            },
        ),
        migrations.CreateModel(
            name='LedgerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('shop', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='shops.shop')),
                ('sequence', models.BigIntegerField(help_text='1, 2, 3 … within the shop.')),
                ('kind', models.CharField(choices=[('captured', 'a payment came in'), ('refunded', 'given back to the buyer'), ('refund_failed', 'came back to the shop: the buyer did not get it'), ('disputed', "taken back by the buyer's bank"), ('dispute_won', 'and given again to the shop')], max_length=16)),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('order', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.order')),
                ('payment', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.payment')),
                ('refund', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.refund')),
                ('at', models.DateTimeField()),
                ('previous_hash', models.CharField(blank=True, max_length=64)),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('refund__isnull', False)), fields=['refund'], name='ledger_of_refund')],
                'constraints': [models.UniqueConstraint(fields=('shop', 'sequence'), name='ledger_sequence'), models.UniqueConstraint(condition=models.Q(('kind', 'captured')), fields=('payment',), name='ledger_captured_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount_minor__gt', 0), ('kind__in', ['captured', 'refund_failed', 'dispute_won'])), models.Q(('amount_minor__lt', 0), ('kind__in', ['refunded', 'disputed'])), _connector='OR'), name='ledger_sign'), models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['refunded', 'refund_failed']), ('refund__isnull', False)), models.Q(models.Q(('kind__in', ['refunded', 'refund_failed']), _negated=True), ('refund', None)), _connector='OR'), name='ledger_refund_named')],
            },
        ),
        migrations.CreateModel(
            name='RefundLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('refund', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.refund')),
                ('line', models.ForeignKey(blank=True, help_text='None: the delivery.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='refund_lines', to='sales.orderline')),
                ('quantity', models.PositiveIntegerField(default=0)),
                ('amount_minor', models.BigIntegerField()),
                ('restocked', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('refund', 'line'), name='refund_line_once', nulls_distinct=False), models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0)), name='refund_line_amount'), models.CheckConstraint(condition=models.Q(('line__isnull', False), models.Q(('quantity', 0), ('restocked', False)), _connector='OR'), name='refund_line_of_delivery')],
            },
        ),
        migrations.CreateModel(
            name='Withdrawal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=comptoir.sales.models.withdrawal.new_key, max_length=40, unique=True)),
                ('request_key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='sales.order')),
                ('declared_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(blank=True, help_text='The member who declared it; nobody for a guest.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('statement', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('is_whole', models.BooleanField(help_text='Nothing of the order is left.')),
                ('amount_minor', models.BigIntegerField(help_text='All that is due back, delivery included.')),
                ('delivery_minor', models.BigIntegerField(default=0)),
                ('refund_by', models.DateField(help_text='The last day to give the money back.')),
                ('refund', models.OneToOneField(blank=True, help_text='Of the pieces that had not been sent.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='withdrawal', to='sales.refund')),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'declared_at'], name='withdrawal_of_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gte', models.F('delivery_minor')), ('delivery_minor__gte', 0)), name='withdrawal_amounts'), models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='withdrawal_digest')],
            },
        ),
        migrations.CreateModel(
            name='ExcessReturned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returned', to='sales.transferdue')),
                ('amount_minor', models.BigIntegerField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='excess_returned_amount')],
            },
        ),
        migrations.CreateModel(
            name='BankEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sales.paymentaccount')),
                ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sales.bankstatement')),
                ('fingerprint', models.CharField(max_length=64)),
                ('booked_on', models.DateField()),
                ('amount_minor', models.BigIntegerField()),
                ('currency', models.CharField(max_length=3)),
                ('payer', models.CharField(blank=True, default='', max_length=140)),
                ('payer_iban', models.CharField(blank=True, default='', max_length=34)),
                ('text', models.CharField(blank=True, default='', max_length=500)),
                ('doubt', models.CharField(blank=True, choices=[('twice', 'looks like money that another file told of'), ('currency', 'another currency than was asked')], default='', max_length=10)),
                ('due', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='sales.transferdue')),
                ('put_at', models.DateTimeField(blank=True, null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('set_aside', models.BooleanField(default=False, help_text='It has nothing to do with an order.')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due', None), ('set_aside', False)), fields=['account', 'booked_on', 'id'], name='bank_entry_open')],
                'constraints': [models.UniqueConstraint(fields=('account', 'fingerprint'), name='bank_entry_once'), models.CheckConstraint(condition=models.Q(('amount_minor__gt', 0)), name='bank_entry_amount'), models.CheckConstraint(condition=models.Q(('due', None), ('set_aside', False), _connector='OR'), name='bank_entry_one_place')],
            },
        ),
        migrations.CreateModel(
            name='InvoiceShare',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='sales.invoice')),
                ('category', models.CharField(help_text='Of UNTDID 5305: S, Z, E, K, AE, G.', max_length=2)),
                ('rate_bp', models.PositiveSmallIntegerField()),
                ('service', models.BooleanField(help_text='A service, such as a download; otherwise goods.')),
                ('net_minor', models.BigIntegerField()),
                ('vat_minor', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('invoice', 'category', 'rate_bp', 'service'), name='invoice_share_once')],
            },
        ),
        migrations.CreateModel(
            name='WithdrawalLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('withdrawal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.withdrawal')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.orderline')),
                ('quantity', models.PositiveIntegerField()),
                ('unsent', models.PositiveIntegerField(default=0, help_text='Of them, not sent when declared.')),
                ('amount_minor', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('withdrawal', 'line'), name='withdrawal_line_once'), models.CheckConstraint(condition=models.Q(('amount_minor__gte', 0), ('quantity__gte', 1), ('unsent__lte', models.F('quantity'))), name='withdrawal_line_quantity')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='returns', to='sales.order')),
                ('status', models.CharField(choices=[('asked', 'Asked'), ('accepted', 'the pieces are awaited'), ('refused', 'Refused'), ('received', 'the pieces are back'), ('closed', 'refunded, exchanged or settled otherwise')], default='asked', max_length=10)),
                ('reason', models.CharField(choices=[('damaged', 'arrived damaged'), ('defective', 'does not work'), ('wrong', 'not what was ordered'), ('otherwise', 'not as it was described'), ('fit', 'does not fit'), ('mind', 'does not please'), ('withdrawal', 'withdrawn from the contract')], max_length=12)),
                ('words', models.TextField(blank=True, default='')),
                ('answer', models.TextField(blank=True, default='', help_text="The shop's words.")),
                ('send_to', models.TextField(blank=True, default='', help_text='Where the pieces go back to.')),
                ('withdrawal', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='giving_back', to='sales.withdrawal')),
                ('exchange_variant', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='catalog.variant')),
                ('exchange_order', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='exchange_of', to='sales.order')),
                ('refund', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='giving_back', to='sales.refund')),
                ('asked_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('asked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('received_at', models.DateTimeField(blank=True, null=True)),
                ('received_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['order', 'asked_at'], name='return_of_order'), models.Index(condition=models.Q(('status__in', ['asked', 'accepted', 'received'])), fields=['asked_at'], name='return_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('status', 'asked')), models.Q(('answered_at__isnull', False), ('status__in', ['accepted', 'refused'])), models.Q(('received_at__isnull', False), ('status', 'received')), models.Q(('closed_at__isnull', False), ('status', 'closed')), _connector='OR'), name='return_status')],
            },
        ),
        migrations.CreateModel(
            name='ReturnLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('giving_back', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='sales.return')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sales.orderline')),
                ('quantity', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField(default=0)),
                ('restocked', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('giving_back', 'line'), name='return_line_once'), models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('received__lte', models.F('quantity')), ('restocked__lte', models.F('received'))), name='return_line_quantity')],
            },
        ),
        migrations.CreateModel(
            name='ReturnPhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('giving_back', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photos', to='sales.return')),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='media.picture')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('giving_back', 'position'), name='return_photo_place')],
            },
        ),
        migrations.CreateModel(
            name='ReturnLabel',
            fields=[
                ('giving_back', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='label', serialize=False, to='sales.return')),
                ('content', models.BinaryField()),
                ('uploaded_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
            ],
        ),
        migrations.RunSQL(APPEND, NOT_APPEND),
        migrations.RunSQL(APPEND_ONLY, NOT_APPEND_ONLY),
        migrations.RunSQL(KEPT, NOT_KEPT),
        migrations.RunSQL(BALANCE, NOT_BALANCE),
    ]
