import django.core.validators
from django.db import migrations, models

SHAPES = [
    ("kern", "Kern in een kring"),
    ("boog", "Open boog met een punt"),
    ("weegschaal", "Weegschaal"),
    ("blik", "Kwart met een lijn"),
    ("paar", "Twee tegenover elkaar"),
    ("bloem", "Bloem"),
    ("brug", "Brug"),
    ("trap", "Trap"),
    ("kiem", "Kiem"),
    ("kruispunt", "Kruispunt"),
]
LENSES = ["bekwaam", "betrokken", "betrouwbaar"]

#: key, name, prompt, words for replying, shape, whether it asks for an answer
SHIPPED = [
    (
        "ervaring",
        "Ervaring",
        "Wat maakte jij mee, en wat deed je?",
        "Reageer op deze ervaring",
        "kern",
        False,
    ),
    (
        "vraag",
        "Vraag",
        "Wat wil je weten om dit beter te begrijpen?",
        "Geef antwoord op deze vraag",
        "boog",
        True,
    ),
    (
        "afweging",
        "Afweging",
        "Wat weegt zwaar, wat licht, en waarom?",
        "Weeg mee",
        "weegschaal",
        False,
    ),
    (
        "perspectief",
        "Perspectief",
        "Hoe ziet dit eruit door de ogen van een ander?",
        "Reageer op dit perspectief",
        "blik",
        False,
    ),
    (
        "tegenspraak",
        "Loyale tegenspraak",
        "Waar zie je het anders, en wat deel je wel?",
        "Reageer op deze tegenspraak",
        "paar",
        False,
    ),
    (
        "waardering",
        "Waardering",
        "Wat deed iemand goed, en wat leverde het op?",
        "Reageer op deze waardering",
        "bloem",
        False,
    ),
]
SHIPPED_LENSES = [
    ("bekwaam", "bekwaam", "Wat vraagt dit van je vak?"),
    ("betrokken", "betrokken", "Wie raakt dit, en wat raakt het bij jou?"),
    ("betrouwbaar", "betrouwbaar", "Kun je uitleggen wat je deed, aan iedereen?"),
]


def bring(apps, schema_editor):
    """The six kinds and three lenses that there were, under the same keys."""
    database = schema_editor.connection.alias
    kind = apps.get_model("goedwerk_forum", "ContributionKind")
    kind.objects.using(database).bulk_create(
        kind(
            key=key,
            name=name,
            prompt=prompt,
            reply_words=reply_words,
            shape=shape,
            asks_answer=asks_answer,
            sort_order=10 * (place + 1),
            is_in_use=True,
        )
        for place, (key, name, prompt, reply_words, shape, asks_answer) in enumerate(SHIPPED)
    )
    lens = apps.get_model("goedwerk_forum", "LensWords")
    lens.objects.using(database).bulk_create(
        lens(key=key, name=name, question=question) for key, name, question in SHIPPED_LENSES
    )


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0015_decided_after_a_report")]

    operations = [
        migrations.CreateModel(
            name="ContributionKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        editable=False,
                        max_length=20,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[a-z0-9-]+$")],
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Staat boven de bijdrage, bijvoorbeeld ‘Ervaring’.",
                        max_length=40,
                        unique=True,
                        verbose_name="naam",
                    ),
                ),
                (
                    "prompt",
                    models.CharField(
                        help_text="Eén zin. Zij staat bij het formulier, naast de naam.",
                        max_length=120,
                        verbose_name="vraag aan de schrijver",
                    ),
                ),
                (
                    "reply_words",
                    models.CharField(
                        help_text="Staan op de link onder de bijdrage, bijvoorbeeld ‘Reageer op "
                        "deze ervaring’.",
                        max_length=60,
                        verbose_name="woorden om te antwoorden",
                    ),
                ),
                (
                    "shape",
                    models.CharField(
                        choices=SHAPES, default="kern", max_length=20, verbose_name="vorm"
                    ),
                ),
                (
                    "asks_answer",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Lezers zien ‘wacht op een antwoord’ tot iemand reageert.",
                        verbose_name="vraagt om een antwoord",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        db_default=0, default=0, verbose_name="volgorde"
                    ),
                ),
                (
                    "is_in_use",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Wie schrijft, kan een soort kiezen die in gebruik is. "
                        "Bijdragen die er al zijn, houden hun soort.",
                        verbose_name="in gebruik",
                    ),
                ),
            ],
            options={
                "verbose_name": "soort bijdrage",
                "verbose_name_plural": "soorten bijdragen",
                "ordering": ["sort_order", "pk"],
                "default_permissions": ("add", "change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shape__in", [shape for shape, _name in SHAPES])),
                        name="goedwerk_kind_shape_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("key", ""), _negated=True),
                            models.Q(("name", ""), _negated=True),
                            models.Q(("prompt", ""), _negated=True),
                        ),
                        name="goedwerk_kind_has_words",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LensWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        choices=[(lens, lens) for lens in LENSES],
                        editable=False,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="Met een kleine letter, zoals het in een zin staat.",
                        max_length=30,
                        verbose_name="naam",
                    ),
                ),
                (
                    "question",
                    models.CharField(
                        help_text="Helpt lezers door deze lens te kijken, als het verhaal zelf "
                        "niets vraagt.",
                        max_length=160,
                        verbose_name="vraag",
                    ),
                ),
            ],
            options={
                "verbose_name": "lens",
                "verbose_name_plural": "lenzen",
                "ordering": ["pk"],
                "default_permissions": ("change", "view"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("key__in", LENSES)), name="goedwerk_lens_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("question", ""), _negated=True),
                        ),
                        name="goedwerk_lens_has_words",
                    ),
                ],
            },
        ),
        migrations.RunPython(bring, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="practicecase", name="goedwerk_practice_kind_known"),
        migrations.AlterField(
            model_name="practicecase",
            name="kind",
            field=models.CharField(
                default="ervaring", max_length=20, verbose_name="soort bijdrage"
            ),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="kind",
            field=models.CharField(default="ervaring", max_length=20),
        ),
        migrations.AlterField(
            model_name="contribution",
            name="lens",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="revision", name="kind", field=models.CharField(max_length=20)
        ),
        migrations.AlterField(
            model_name="revision", name="lens", field=models.CharField(blank=True, max_length=20)
        ),
    ]
