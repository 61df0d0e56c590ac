import math

from django.db import migrations
from django.utils.html import strip_tags

#: As the models say it: words a minute, and where the text of each page type stands.
READING_SPEED = 200
TEXTS = {
    "StoryPage": ("what_happened", "tension", "weighed", "done", "hindsight"),
    "DilemmaPage": ("situation", "conflict", "options"),
}
BATCH = 200


def count(apps, schema_editor):
    """Counts a batch at a time, so that readers and writers wait for none; may be run again."""
    for name, fields in TEXTS.items():
        pages = apps.get_model("goedwerk_casestudies", name).objects.order_by("pk")
        last = 0
        while batch := list(pages.filter(pk__gt=last)[:BATCH]):
            for page in batch:
                words = sum(len(strip_tags(str(getattr(page, field))).split()) for field in fields)
                page.minutes = max(1, math.ceil(words / READING_SPEED))
            pages.bulk_update(batch, ["minutes"])
            last = batch[-1].pk


class Migration(migrations.Migration):
    # The columns came in a transaction of their own: their lock is not held while it counts.
    atomic = False
    dependencies = [("goedwerk_casestudies", "0010_minutes_of_stories")]

    operations = [migrations.RunPython(count, migrations.RunPython.noop, elidable=True)]
