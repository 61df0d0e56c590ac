import math

from django.db import migrations, models
from django.utils.html import strip_tags

#: As the models say it: words a minute, and where the text of each page type stands.
READING_SPEED = 200
TEXTS = {
    "StoryPage": ("what_happened", "tension", "weighed", "done", "hindsight"),
    "DilemmaPage": ("situation", "conflict", "options"),
}


def count(apps, schema_editor):
    for name, fields in TEXTS.items():
        model = apps.get_model("goedwerk_casestudies", name)
        for page in model.objects.iterator():
            words = sum(len(strip_tags(str(getattr(page, field))).split()) for field in fields)
            minutes = max(1, math.ceil(words / READING_SPEED))
            model.objects.filter(pk=page.pk).update(minutes=minutes)


def minutes():
    return models.PositiveSmallIntegerField(db_default=1, default=1, editable=False)


class Migration(migrations.Migration):
    dependencies = [("goedwerk_casestudies", "0009_theme_pages")]

    operations = [
        migrations.AddField("storypage", "minutes", minutes()),
        migrations.AddField("dilemmapage", "minutes", minutes()),
        migrations.RunPython(count, migrations.RunPython.noop, elidable=True),
    ]
