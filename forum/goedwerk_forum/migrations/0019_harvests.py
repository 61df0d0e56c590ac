# ruff: noqa: E501
import django.db.models.deletion
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

import goedwerk_forum.models.contributions


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("goedwerk_forum", "0018_formats"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HarvestPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "has_discussion",
                    models.BooleanField(
                        default=False,
                        help_text="Lezers zien de dialoog zodra de pagina gepubliceerd is.",
                        verbose_name="open een dialoog bij deze pagina",
                    ),
                ),
                (
                    "discussion_question",
                    models.CharField(
                        blank=True,
                        help_text="Eén open vraag. Zij staat boven de dialoog.",
                        max_length=200,
                        verbose_name="vraag aan de lezer",
                    ),
                ),
                (
                    "discussion_policy",
                    models.CharField(
                        choices=[
                            ("all_first", "Alles eerst langs een ambassadeur"),
                            ("trusted_first", "Vertrouwde schrijvers direct, anderen eerst"),
                            (
                                "after_publication",
                                "Direct plaatsen, daarna meelezen; nieuwkomers eerst",
                            ),
                        ],
                        default="all_first",
                        max_length=20,
                        verbose_name="manier van modereren",
                    ),
                ),
                (
                    "discussion_is_sensitive",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Een ambassadeur leest dan alles vooraf, wat je hierboven ook kiest.",
                        verbose_name="gevoelig verhaal",
                    ),
                ),
                (
                    "discussion_opens_on",
                    models.DateField(blank=True, null=True, verbose_name="opent op"),
                ),
                (
                    "discussion_closes_on",
                    models.DateField(blank=True, null=True, verbose_name="sluit na"),
                ),
                (
                    "discussion_group",
                    models.ForeignKey(
                        blank=True,
                        help_text="De groep die bijdragen leest en beoordeelt.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="auth.group",
                        verbose_name="ambassadeurs",
                    ),
                ),
                (
                    "discussion_guide",
                    models.ForeignKey(
                        blank=True,
                        help_text="Wie de dialoog begeleidt. Lezers zien alleen ‘begeleider’.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="begeleider",
                    ),
                ),
                (
                    "discussion_format",
                    models.ForeignKey(
                        blank=True,
                        help_text="De stappen van de dialoog. De dialoog krijgt er een eigen kopie van. Kiezen kan tot de eerste stap voorbij is. Leeg: een dialoog zonder stappen.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="goedwerk_forum.format",
                        verbose_name="werkvorm",
                    ),
                ),
                (
                    "intro",
                    models.TextField(
                        help_text="Eén tot vier zinnen: waar ging de dialoog over, en hoe ging het?",
                        max_length=600,
                        verbose_name="inleiding",
                    ),
                ),
                (
                    "composed_by",
                    models.CharField(
                        choices=[
                            ("guide", "de begeleider van de dialoog"),
                            ("ambassador", "een ambassadeur"),
                            ("together", "de begeleider samen met deelnemers"),
                            ("editors", "de redactie"),
                        ],
                        default="guide",
                        max_length=12,
                        verbose_name="gemaakt door",
                    ),
                ),
                (
                    "insights",
                    wagtail.fields.StreamField(
                        [("insight", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "in één zin", "max_length": 160},
                            ),
                            1: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "uitleg", "max_length": 800, "required": False},
                            ),
                            2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                        },
                        verbose_name="inzichten",
                    ),
                ),
                (
                    "questions",
                    wagtail.fields.StreamField(
                        [("question", 1)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "vraag", "max_length": 240},
                            ),
                            1: ("wagtail.blocks.StructBlock", [[("text", 0)]], {}),
                        },
                        verbose_name="open vragen",
                    ),
                ),
                (
                    "tips",
                    wagtail.fields.StreamField(
                        [("tip", 2)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "in één zin", "max_length": 160},
                            ),
                            1: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "uitleg", "max_length": 800, "required": False},
                            ),
                            2: ("wagtail.blocks.StructBlock", [[("title", 0), ("text", 1)]], {}),
                        },
                        verbose_name="tips",
                    ),
                ),
            ],
            options={"verbose_name": "opbrengst", "verbose_name_plural": "opbrengsten"},
            bases=(
                wagtail.contrib.routable_page.models.RoutablePageMixin,
                "wagtailcore.page",
                models.Model,
            ),
        ),
        migrations.CreateModel(
            name="HarvestQuote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "public_id",
                    models.CharField(
                        default=goedwerk_forum.models.contributions.new_public_id,
                        max_length=20,
                        unique=True,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("quote", "citaat: precies de woorden van de schrijver"),
                            ("paraphrase", "samenvatting: in jouw eigen woorden"),
                        ],
                        default="quote",
                        max_length=12,
                    ),
                ),
                (
                    "place",
                    models.CharField(
                        choices=[
                            ("insights", "bij de inzichten"),
                            ("questions", "bij de open vragen"),
                            ("tips", "bij de tips"),
                        ],
                        default="insights",
                        max_length=12,
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=600)),
                ("revision", models.PositiveIntegerField()),
                (
                    "consent",
                    models.CharField(
                        choices=[
                            ("picked", "nog niet gevraagd"),
                            ("asked", "gevraagd"),
                            ("given", "akkoord"),
                            ("refused", "niet akkoord"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="picked",
                        max_length=12,
                    ),
                ),
                ("was_shown", models.BooleanField(db_default=False, default=False)),
                ("day", models.DateField()),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="goedwerk_forum.harvestpage",
                    ),
                ),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="quotes",
                        to="goedwerk_forum.contribution",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["page", "contribution"], name="goedwerk_quoted_once_a_harvest"
                    ),
                    models.CheckConstraint(
                        name="goedwerk_quote_known",
                        condition=models.Q(
                            form__in=("quote", "paraphrase"),
                            place__in=("insights", "questions", "tips"),
                            consent__in=("picked", "asked", "given", "refused", "withdrawn"),
                        ),
                    ),
                    models.CheckConstraint(
                        name="goedwerk_no_words_without_consent",
                        condition=models.Q(consent__in=("refused", "withdrawn"), text="")
                        | (models.Q(consent__in=("picked", "asked", "given")) & ~models.Q(text="")),
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="notice",
            name="event",
            field=models.CharField(
                choices=[
                    ("published", "Je bijdrage is goedgekeurd"),
                    ("edit_published", "Je wijziging is goedgekeurd"),
                    ("returned", "Je krijgt je bijdrage terug"),
                    ("rejected", "Je bijdrage is niet geplaatst"),
                    ("hidden", "Je bijdrage is tijdelijk verborgen"),
                    ("reply", "Iemand reageerde op je bijdrage"),
                    ("lapsed", "Je bijdrage komt terug"),
                    ("appeal_asked", "Er is een vraag over je bezwaar"),
                    ("appeal_granted", "Je kreeg gelijk in je bezwaar"),
                    ("appeal_condition", "Je kreeg gelijk, op één voorwaarde"),
                    ("appeal_refused", "Je bezwaar is afgewezen"),
                    ("warned", "Je krijgt een waarschuwing"),
                    ("paused", "Je kunt een tijd niet schrijven"),
                    ("excluded", "Je doet niet meer mee aan de dialogen"),
                    ("lifted", "Een maatregel is opgeheven"),
                    ("unmasked", "Er is bekendgemaakt dat jij dit schreef"),
                    ("hint", "De begeleider schreef je een bericht"),
                ],
                max_length=20,
            ),
        ),
    ]
