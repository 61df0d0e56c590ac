import django.db.models.deletion
from django.db import migrations, models

import goedwerk_forum.ids
import goedwerk_forum.models.contributions


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0025_answers_on_record")]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        default=goedwerk_forum.ids.random_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=goedwerk_forum.models.contributions.new_public_id,
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("title", models.CharField(max_length=80, verbose_name="naam van het traject")),
                (
                    "purpose",
                    models.CharField(max_length=400, verbose_name="waarvoor is het traject?"),
                ),
                ("created_on", models.DateField()),
                (
                    "draft",
                    models.TextField(blank=True, db_default="", default="", max_length=10000),
                ),
                (
                    "report",
                    models.TextField(blank=True, db_default="", default="", max_length=10000),
                ),
                ("released_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("released_on__isnull", True), ("report", "")),
                            models.Q(
                                models.Q(("report", ""), _negated=True),
                                ("released_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="goedwerk_series_report_has_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeriesInvitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        default=goedwerk_forum.ids.random_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=goedwerk_forum.models.contributions.new_public_id,
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("expires_on", models.DateField(verbose_name="geldig tot en met")),
                (
                    "series",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="goedwerk_forum.series",
                    ),
                ),
            ],
            options={"ordering": ["expires_on", "public_id"]},
        ),
        migrations.AddField(
            model_name="circle",
            name="series",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="circles",
                to="goedwerk_forum.series",
            ),
        ),
        migrations.AddField(
            model_name="circle",
            name="series_place",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="circle",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("series__isnull", True), ("series_place__isnull", True)),
                    models.Q(
                        ("series__isnull", False),
                        ("series_place__gte", 1),
                        ("series_place__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="goedwerk_circle_place_in_series",
            ),
        ),
        migrations.AddConstraint(
            model_name="circle",
            constraint=models.UniqueConstraint(
                fields=("series", "series_place"), name="goedwerk_circle_own_place_in_series"
            ),
        ),
    ]
