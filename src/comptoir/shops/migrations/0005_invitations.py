import comptoir.shops.models.staff
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('shops', '0004_published'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=comptoir.shops.models.staff.new_key, max_length=40, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('said', models.CharField(help_text='The address or handle as it was typed: all that is shown.', max_length=254)),
                ('role', models.CharField(choices=[('owner', 'Owner'), ('manager', 'Manager'), ('packer', 'Packer'), ('support', 'Support')], max_length=10)),
                ('language', models.CharField(default='fr', max_length=2)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('expires_at', models.DateTimeField()),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('shop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='shops.shop')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('shop'), django.db.models.functions.text.Lower('email'), name='invitation_once'), models.CheckConstraint(condition=models.Q(('role__in', ['owner', 'manager', 'packer', 'support'])), name='invitation_role')],
            },
        ),
    ]
