from django.db import migrations, models


def minutes():
    return models.PositiveSmallIntegerField(db_default=1, default=1, editable=False)


class Migration(migrations.Migration):
    dependencies = [("goedwerk_casestudies", "0009_theme_pages")]

    operations = [
        migrations.AddField("storypage", "minutes", minutes()),
        migrations.AddField("dilemmapage", "minutes", minutes()),
    ]
