import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

# Wagtail 8 lets a site swap the page model; Wagtail 7 has no such setting.
PAGE = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")


def page_key():
    return models.OneToOneField(
        auto_created=True,
        on_delete=django.db.models.deletion.CASCADE,
        parent_link=True,
        primary_key=True,
        serialize=False,
        to=PAGE,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("goedwerk_casestudies", "0008_guidance"),
        migrations.swappable_dependency(PAGE),
    ]

    operations = [
        migrations.CreateModel(
            name="ThemeIndexPage",
            fields=[
                ("page_ptr", page_key()),
                ("lead", models.TextField(blank=True, max_length=400, verbose_name="inleiding")),
            ],
            options={
                "verbose_name": "overzicht van thema’s",
                "verbose_name_plural": "overzichten van thema’s",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.AddField(
            model_name="statementpage",
            name="themes",
            field=modelcluster.fields.ParentalManyToManyField(
                blank=True,
                related_name="+",
                to="goedwerk_casestudies.theme",
                verbose_name="thema’s",
            ),
        ),
        migrations.CreateModel(
            name="ThemePage",
            fields=[
                ("page_ptr", page_key()),
                (
                    "lead",
                    models.TextField(
                        blank=True,
                        help_text="Leeg: de omschrijving van het thema.",
                        max_length=400,
                        verbose_name="inleiding",
                    ),
                ),
                (
                    "learned",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Over de dialogen heen, in jouw woorden. Noem geen mensen of "
                        "organisaties.",
                        verbose_name="wat we tot nu toe leerden",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages",
                        to="goedwerk_casestudies.theme",
                        verbose_name="thema",
                    ),
                ),
            ],
            options={
                "verbose_name": "themapagina",
                "verbose_name_plural": "themapagina’s",
            },
            bases=("wagtailcore.page",),
        ),
    ]
