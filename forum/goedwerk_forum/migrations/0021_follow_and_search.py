import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goedwerk_forum.ids

# Wagtail 8 lets a site swap the page model; Wagtail 7 has no such setting.
PAGE = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")


class Migration(migrations.Migration):
    dependencies = [
        ("django_comments_xtd", "0008_auto_20200920_2037"),
        ("goedwerk_forum", "0020_circles"),
        migrations.swappable_dependency(PAGE),
    ]

    operations = [
        migrations.CreateModel(
            name="Follow",
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
                ("kind", models.CharField(max_length=12)),
                ("target", models.CharField(max_length=40)),
                ("token", models.CharField(editable=False, max_length=64, unique=True)),
                ("sealed_account", models.CharField(editable=False, max_length=160, null=True)),
                ("key_id", models.CharField(editable=False, max_length=16)),
                ("day", models.DateField()),
                ("gone_after", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
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
                ("what", models.CharField(max_length=20)),
                ("kind", models.CharField(blank=True, max_length=20)),
                ("lens", models.CharField(blank=True, max_length=20)),
                ("day", models.DateField()),
                ("title", models.CharField(blank=True, max_length=255)),
                ("text", models.TextField(blank=True)),
                ("title_terms", models.TextField(blank=True)),
                ("terms", models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchFacet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=20)),
                ("value", models.CharField(max_length=60)),
            ],
        ),
        migrations.AddField(
            model_name="contribution",
            name="shown_since",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                condition=models.Q(("display", "text")),
                fields=["discussion", "shown_since"],
                name="goedwerk_shown_since",
            ),
        ),
        migrations.AddIndex(
            model_name="follow",
            index=models.Index(fields=["kind", "target"], name="goedwerk_followed"),
        ),
        migrations.AddConstraint(
            model_name="follow",
            constraint=models.CheckConstraint(
                condition=models.Q(("gone_after__gte", models.F("day"))),
                name="goedwerk_follow_ends",
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="contribution",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="search_entry",
                to="goedwerk_forum.contribution",
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=PAGE
            ),
        ),
        migrations.AddField(
            model_name="searchfacet",
            name="page",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=PAGE
            ),
        ),
        migrations.AddConstraint(
            model_name="searchentry",
            constraint=models.UniqueConstraint(
                condition=models.Q(("contribution__isnull", True)),
                fields=("page",),
                name="goedwerk_page_found_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("contribution__isnull", True),
                    models.Q(("text", ""), ("title", "")),
                    _connector="OR",
                ),
                name="goedwerk_no_second_copy_of_a_contribution",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchfacet",
            constraint=models.UniqueConstraint(
                fields=("page", "name", "value"), name="goedwerk_facet_once_per_page"
            ),
        ),
    ]
