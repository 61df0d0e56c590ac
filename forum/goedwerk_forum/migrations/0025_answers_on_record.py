from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0024_newest_and_edited")]

    operations = [
        migrations.AddField(
            model_name="harvestquote",
            name="to_record",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=60
            ),
        ),
    ]
