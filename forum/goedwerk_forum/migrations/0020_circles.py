import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goedwerk_forum.ids
import goedwerk_forum.models.contributions

# Wagtail 8 lets a site swap the page model; Wagtail 7 has no such setting.
PAGE = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("goedwerk_forum", "0019_harvests"),
        ("wagtailcore", "0094_alter_page_locale"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        migrations.swappable_dependency(PAGE),
    ]

    operations = [
        migrations.CreateModel(
            name="Circle",
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
                ("name", models.CharField(max_length=60, verbose_name="naam van de kring")),
                (
                    "about",
                    models.CharField(max_length=400, verbose_name="waar gaat de kring over?"),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("gathering", "zoekt leden"),
                            ("running", "loopt"),
                            ("closed", "gesloten"),
                        ],
                        db_default="gathering",
                        default="gathering",
                        max_length=10,
                    ),
                ),
                ("rules", models.TextField(blank=True, db_default="", default="", max_length=1500)),
            ],
        ),
        migrations.CreateModel(
            name="CircleInvitation",
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
                ("uses_left", models.PositiveSmallIntegerField(verbose_name="aantal plaatsen")),
            ],
            options={
                "ordering": ["expires_on", "public_id"],
            },
        ),
        migrations.CreateModel(
            name="CircleMark",
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
                ("token", models.CharField(editable=False, max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="CircleRemoval",
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
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("traceable", "Iemand is te herkennen"),
                            ("confidential", "Dit is vertrouwelijk"),
                            ("about_person", "Het gaat over een mens, niet over het werk"),
                            ("conduct", "De toon raakt mensen"),
                            ("off_topic", "Het past niet bij deze vraag"),
                            ("duplicate", "Dit staat er al"),
                            ("links", "Te veel of onveilige links"),
                            ("unlawful", "Dit mag niet van de wet"),
                            ("hand_over", "Hier hoort een andere plek bij"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(max_length=1000)),
                ("day", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="CircleSession",
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
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=80, verbose_name="titel")),
                ("day", models.DateField(verbose_name="datum")),
                (
                    "sealed_sheet",
                    models.TextField(blank=True, db_default="", default="", editable=False),
                ),
            ],
            options={
                "ordering": ["number"],
            },
        ),
        migrations.CreateModel(
            name="CirclesPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=PAGE,
                    ),
                ),
            ],
            options={
                "verbose_name": "kringen",
                "verbose_name_plural": "kringen",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.RemoveConstraint(
            model_name="discussion",
            name="goedwerk_one_home_per_page",
        ),
        migrations.AddField(
            model_name="discussion",
            name="in_circle",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="discussion",
            name="second_guide",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="participant",
            name="membership",
            field=models.CharField(
                blank=True,
                choices=[("member", "lid"), ("left", "gestopt"), ("removed", "eruit gehaald")],
                db_default="",
                default="",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="discussion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("branch_of__isnull", True), ("in_circle", False)),
                fields=("page",),
                name="goedwerk_one_home_per_page",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("membership__in", ["", "member", "left", "removed"]),
                    models.Q(("is_guide", False), ("membership", ""), _connector="OR"),
                ),
                name="goedwerk_membership_known",
            ),
        ),
        migrations.AddField(
            model_name="circle",
            name="discussion",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="circle",
                to="goedwerk_forum.discussion",
            ),
        ),
        migrations.AddField(
            model_name="circleinvitation",
            name="circle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitations",
                to="goedwerk_forum.circle",
            ),
        ),
        migrations.AddField(
            model_name="circlemark",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="circle_marks",
                to="goedwerk_forum.discussion",
            ),
        ),
        migrations.AddField(
            model_name="circleremoval",
            name="participant",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="removal",
                to="goedwerk_forum.participant",
            ),
        ),
        migrations.AddField(
            model_name="circlesession",
            name="assignments",
            field=models.ManyToManyField(
                blank=True, related_name="+", to=PAGE, verbose_name="opgaven"
            ),
        ),
        migrations.AddField(
            model_name="circlesession",
            name="circle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="sessions",
                to="goedwerk_forum.circle",
            ),
        ),
        migrations.AddField(
            model_name="circlesession",
            name="discussion",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="circle_session",
                to="goedwerk_forum.discussion",
            ),
        ),
        migrations.AddField(
            model_name="circlesession",
            name="story",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=PAGE,
                verbose_name="verhaal",
            ),
        ),
        migrations.AddConstraint(
            model_name="circle",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["gathering", "running", "closed"])),
                name="goedwerk_circle_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="circleinvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("uses_left__gte", 1), ("uses_left__lte", 11)),
                name="goedwerk_invitation_has_places",
            ),
        ),
        migrations.AddConstraint(
            model_name="circlesession",
            constraint=models.UniqueConstraint(
                fields=("circle", "number"), name="goedwerk_session_in_a_row"
            ),
        ),
    ]
