from django.db import migrations, models


def open_what_was_free(apps, schema_editor):
    """Every signature that opened publication until now goes on to do so; may be run again."""
    signed = apps.get_model("goedwerk_casestudies", "Clearance").objects
    told = apps.get_model("goedwerk_casestudies", "Submission").objects.exclude(page=None)
    waiting = told.exclude(consent__in=["given", "silent", "not_needed"])
    signed.exclude(page_id__in=waiting.values("page_id")).update(standing="open")


class Migration(migrations.Migration):
    dependencies = [("goedwerk_casestudies", "0011_count_the_minutes")]

    operations = [
        migrations.AddField(
            model_name="clearance",
            name="standing",
            field=models.CharField(
                choices=[
                    ("waits", "Wacht op de inzender"),
                    ("open", "Mag op de site"),
                    ("turned_down", "De inzender wilde het anders"),
                ],
                db_default="waits",
                default="waits",
                editable=False,
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="clearance",
            name="was_turned_down",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddConstraint(
            model_name="clearance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("standing", "waits"),
                    models.Q(("standing", "open"), ("was_turned_down", False)),
                    models.Q(("standing", "turned_down"), ("was_turned_down", True)),
                    _connector="OR",
                ),
                name="goedwerk_clearance_knows_a_no",
            ),
        ),
        migrations.RunPython(open_what_was_free, migrations.RunPython.noop, elidable=True),
    ]
