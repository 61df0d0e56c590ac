from django.db import migrations, models


def law():
    return models.CharField(blank=True, db_default="", default="", max_length=200)


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0026_series")]

    operations = [
        migrations.AddField(model_name="statement", name="law", field=law()),
        migrations.AddField(model_name="measurerequest", name="law", field=law()),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(("law", ""), ("reason", "unlawful"), _connector="OR"),
                name="goedwerk_law_where_unlawful",
            ),
        ),
        migrations.RemoveConstraint(
            model_name="measurerequest", name="goedwerk_measure_has_statement"
        ),
        migrations.AddConstraint(
            model_name="measurerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_by", ""),
                        ("kind", "exclude"),
                        ("state", "asked"),
                        ("statement__isnull", True),
                    ),
                    models.Q(
                        ("law", ""),
                        ("state__in", ["stands", "lifted"]),
                        ("statement__isnull", False),
                        ("words", ""),
                    ),
                    _connector="OR",
                ),
                name="goedwerk_measure_has_statement",
            ),
        ),
    ]
