import uuid

from django.db import migrations, models

import goedwerk_forum.ids
import goedwerk_forum.models.contributions

VIEWPOINTS = [
    ("burger", "een burger"),
    ("collega", "een collega"),
    ("leidinggevende", "een leidinggevende"),
    ("politiek", "de politiek"),
    ("vak", "het vak"),
    ("jezelf", "jezelf"),
]
NAMINGS = [("emotie", "emotie"), ("relatie", "relatie"), ("proces", "proces")]


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0016_kinds_of_contribution")]

    operations = [
        migrations.AddField(
            "contribution",
            "viewpoint",
            models.CharField(
                blank=True, choices=VIEWPOINTS, db_default="", default="", max_length=20
            ),
        ),
        migrations.AddField(
            "contribution", "said_on", models.DateField(blank=True, editable=False, null=True)
        ),
        migrations.AddConstraint(
            "contribution",
            models.CheckConstraint(
                name="goedwerk_viewpoint_known",
                condition=models.Q(viewpoint__in=["", *(value for value, _label in VIEWPOINTS)]),
            ),
        ),
        migrations.AddConstraint(
            "contribution",
            models.CheckConstraint(
                name="goedwerk_a_guide_wrote_it_down",
                condition=models.Q(said_on__isnull=True) | models.Q(by_guide=True, naming=""),
            ),
        ),
        migrations.AddField(
            "discussion",
            "called_kind",
            models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
        ),
        migrations.AddField(
            "discussion",
            "called_viewpoint",
            models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
        ),
        migrations.AddField(
            "discussion", "ended_on", models.DateField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "discussion",
            "closing_thanks",
            models.CharField(blank=True, db_default="", default="", editable=False, max_length=300),
        ),
        migrations.AddField(
            "discussion",
            "closing_heard",
            models.TextField(
                blank=True, db_default="", default="", editable=False, max_length=1500
            ),
        ),
        migrations.AddField(
            "discussion",
            "closing_onward",
            models.TextField(blank=True, db_default="", default="", editable=False, max_length=600),
        ),
        migrations.AddConstraint(
            "discussion",
            models.CheckConstraint(
                name="goedwerk_called_viewpoint_of_a_kind",
                condition=models.Q(called_viewpoint="") | ~models.Q(called_kind=""),
            ),
        ),
        migrations.AddConstraint(
            "discussion",
            models.CheckConstraint(
                name="goedwerk_ended_with_thanks",
                condition=models.Q(ended_on__isnull=True)
                | models.Q(branch_of__isnull=False)
                | ~models.Q(closing_thanks=""),
            ),
        ),
        migrations.CreateModel(
            "GuideSentence",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "naming",
                    models.CharField(
                        choices=NAMINGS, max_length=10, verbose_name="wat je ermee benoemt"
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        help_text="De begeleider kan de zin vóór het versturen aanpassen.",
                        max_length=300,
                        verbose_name="zin",
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
            ],
            options={
                "verbose_name": "zin voor begeleiders",
                "verbose_name_plural": "zinnen voor begeleiders",
                "ordering": ["naming", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        name="goedwerk_sentence_names_something",
                        condition=models.Q(naming__in=[value for value, _label in NAMINGS]),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            "Hint",
            [
                (
                    "id",
                    models.BigAutoField(
                        default=goedwerk_forum.ids.random_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "public_id",
                    models.CharField(
                        default=goedwerk_forum.models.contributions.new_public_id,
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=models.CASCADE,
                        related_name="hints",
                        to="goedwerk_forum.contribution",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("sealed", models.TextField(editable=False)),
                ("is_answered", models.BooleanField(db_default=False, default=False)),
                ("is_read", models.BooleanField(db_default=False, default=False)),
                ("day", models.DateField()),
            ],
            options={
                "ordering": ["number"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["contribution", "number"], name="goedwerk_hint_number_once"
                    ),
                    models.CheckConstraint(
                        name="goedwerk_hints_are_few",
                        condition=models.Q(number__gte=1, number__lte=2),
                    ),
                    models.CheckConstraint(
                        name="goedwerk_hint_read_once_answered",
                        condition=models.Q(is_read=False) | models.Q(is_answered=True),
                    ),
                ],
            },
        ),
    ]
