from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('goedwerk_forum', '0014_audit_goes_after_two_years'),
    ]

    operations = [
        migrations.AddField(
            model_name='statement',
            name='after_report',
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
