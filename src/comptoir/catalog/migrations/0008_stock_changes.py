import django.db.models.deletion
import django.db.models.functions.datetime
import uuid
from django.conf import settings
from django.db import migrations, models


# What was said of the shelf stays said; only the name of one who left is taken off.
APPEND_ONLY = """
CREATE FUNCTION catalog_stockchange_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.by_id IS NULL
    AND (to_jsonb(NEW) - 'by_id') = (to_jsonb(OLD) - 'by_id') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'changes of stock are only added' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER catalog_stockchange_append_only BEFORE UPDATE OR DELETE ON catalog_stockchange
  FOR EACH ROW EXECUTE FUNCTION catalog_stockchange_refuse();
"""
NOT_ANY_MORE = """
DROP TRIGGER catalog_stockchange_append_only ON catalog_stockchange;
DROP FUNCTION catalog_stockchange_refuse();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0007_price_history'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StockChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('reason', models.CharField(choices=[('counted', 'an inventory'), ('damaged', 'Damaged'), ('lost', 'Lost'), ('received', 'a delivery came in'), ('returned', "brought back outside of an order's return"), ('other', 'said in words')], max_length=10)),
                ('words', models.CharField(blank=True, default='', max_length=200)),
                ('before', models.IntegerField(blank=True, help_text='None: it was not counted.', null=True)),
                ('after', models.IntegerField()),
                ('held', models.IntegerField(default=0, help_text='Of ``after``, promised to orders being paid.')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='catalog.stockitem')),
            ],
            options={
                'indexes': [models.Index(fields=['item', '-id'], name='stock_change_of_item')],
                'constraints': [models.CheckConstraint(condition=models.Q(('after__gte', models.F('held')), ('held__gte', 0), models.Q(('before', None), ('before__gte', 0), _connector='OR')), name='stock_change_shelf'), models.CheckConstraint(condition=models.Q(('reason__in', ['counted', 'damaged', 'lost', 'received', 'returned']), models.Q(('reason', 'other'), models.Q(('words', ''), _negated=True)), _connector='OR'), name='stock_change_reason')],
            },
        ),
        migrations.RunSQL(APPEND_ONLY, NOT_ANY_MORE),
    ]
