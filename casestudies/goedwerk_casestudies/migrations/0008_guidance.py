# ruff: noqa: E501
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("wagtailcore", "0094_alter_page_locale"),
        ("goedwerk_forum", "0019_harvests"),
        ("goedwerk_casestudies", "0007_formats"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cluster",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="naam")),
                ("slug", models.SlugField(unique=True)),
                (
                    "description",
                    models.CharField(blank=True, max_length=240, verbose_name="omschrijving"),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(default=0, verbose_name="volgorde"),
                ),
            ],
            options={
                "verbose_name": "groep handvatten",
                "verbose_name_plural": "groepen handvatten",
                "ordering": ["sort_order", "name"],
            },
        ),
        migrations.CreateModel(
            name="GuidanceIndexPage",
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
                ("lead", models.TextField(blank=True, max_length=400, verbose_name="inleiding")),
            ],
            options={
                "verbose_name": "overzicht van handvatten",
                "verbose_name_plural": "overzichten van handvatten",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="TipPage",
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
                    "lead",
                    models.TextField(
                        help_text="Wat kun je doen? Eén tot drie zinnen.",
                        max_length=400,
                        verbose_name="de tip",
                    ),
                ),
                (
                    "when_it_helps",
                    wagtail.fields.RichTextField(blank=True, verbose_name="wanneer dit helpt"),
                ),
                (
                    "watch_for",
                    wagtail.fields.RichTextField(blank=True, verbose_name="waar je op let"),
                ),
                (
                    "harvest_tip",
                    models.CharField(
                        blank=True, db_default="", default="", editable=False, max_length=36
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="goedwerk_casestudies.cluster",
                        verbose_name="groep",
                    ),
                ),
                (
                    "harvest",
                    models.ForeignKey(
                        blank=True,
                        help_text="Uit welke dialoog deze tip komt.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="goedwerk_forum.harvestpage",
                        verbose_name="opbrengst",
                    ),
                ),
                (
                    "themes",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True,
                        related_name="+",
                        to="goedwerk_casestudies.theme",
                        verbose_name="thema’s",
                    ),
                ),
            ],
            options={"verbose_name": "handvat", "verbose_name_plural": "handvatten"},
            bases=("wagtailcore.page", models.Model),
        ),
        migrations.CreateModel(
            name="TipCase",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.page",
                        verbose_name="verhaal",
                    ),
                ),
                (
                    "tip",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="cases",
                        to="goedwerk_casestudies.tippage",
                    ),
                ),
            ],
            options={
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=["tip", "page"], name="goedwerk_tip_names_case_once"
                    )
                ],
            },
        ),
    ]
