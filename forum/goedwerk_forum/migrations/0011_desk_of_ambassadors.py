import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import goedwerk_forum.models.contributions

REASONS = [
    ("traceable", "Iemand is te herkennen"),
    ("confidential", "Dit is vertrouwelijk"),
    ("about_person", "Het gaat over een mens, niet over het werk"),
    ("conduct", "De toon raakt mensen"),
    ("off_topic", "Het past niet bij deze vraag"),
    ("duplicate", "Dit staat er al"),
    ("links", "Te veel of onveilige links"),
    ("unlawful", "Dit mag niet van de wet"),
    ("hand_over", "Hier hoort een andere plek bij"),
]


def key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


def public_id():
    return models.CharField(
        default=goedwerk_forum.models.contributions.new_public_id,
        editable=False,
        max_length=20,
        unique=True,
    )


def person(field=models.ForeignKey, on_delete=django.db.models.deletion.CASCADE, **options):
    return field(
        on_delete=on_delete, related_name="+", to=settings.AUTH_USER_MODEL, **options
    )


def case(field, related_name):
    return field(
        on_delete=django.db.models.deletion.CASCADE,
        related_name=related_name,
        to="goedwerk_forum.contribution",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("django_comments_xtd", "0008_auto_20200920_2037"),
        ("goedwerk_forum", "0010_reports_and_appeals"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Absence",
            fields=[("id", key()), ("user", person(models.OneToOneField))],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="CannedReason",
            fields=[
                ("id", key()),
                (
                    "reason",
                    models.CharField(choices=REASONS, max_length=20, verbose_name="reden"),
                ),
                (
                    "title",
                    models.CharField(
                        help_text="Kort. Hieraan herkent een ambassadeur de tekst.",
                        max_length=80,
                        verbose_name="naam",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        help_text="Dit leest de schrijver. De ambassadeur kan het vóór het "
                        "versturen aanpassen.",
                        max_length=1000,
                        verbose_name="tekst",
                    ),
                ),
            ],
            options={
                "verbose_name": "standaardtekst",
                "verbose_name_plural": "standaardteksten",
                "ordering": ["reason", "title"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reason", "title"), name="goedwerk_canned_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseNote",
            fields=[
                ("id", key()),
                ("public_id", public_id()),
                ("text", models.TextField(max_length=1000, verbose_name="notitie")),
                ("asks_second_look", models.BooleanField(db_default=False, default=False)),
                ("day", models.DateField()),
                ("author", person(on_delete=django.db.models.deletion.SET_NULL, null=True)),
                ("contribution", case(models.ForeignKey, "case_notes")),
            ],
            options={
                "ordering": ["pk"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("asks_second_look", True)),
                        fields=("contribution",),
                        name="goedwerk_one_second_look",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", key()),
                ("until", models.DateTimeField()),
                ("is_handed_over", models.BooleanField(db_default=False, default=False)),
                ("contribution", case(models.OneToOneField, "claim")),
                ("holder", person()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                ("id", key()),
                ("week", models.DateField()),
                ("ambassador", person()),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="auth.group",
                    ),
                ),
                ("stand_in", person(on_delete=django.db.models.deletion.SET_NULL, null=True)),
            ],
            options={
                "ordering": ["week"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("group", "week"), name="goedwerk_duty_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stand_in__isnull", True),
                            models.Q(("stand_in", models.F("ambassador")), _negated=True),
                            _connector="OR",
                        ),
                        name="goedwerk_stand_in_is_another",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", key()),
                ("public_id", public_id()),
                ("name", models.CharField(max_length=40, verbose_name="naam")),
                ("query", models.CharField(max_length=1000)),
                ("user", person()),
            ],
            options={
                "ordering": ["name"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(fields=("user", "name"), name="goedwerk_view_name")
                ],
            },
        ),
        migrations.AddField(
            model_name="forumsettings",
            name="role_name",
            field=models.CharField(
                db_default="ambassadeur",
                default="ambassadeur",
                help_text="Zo heet wie beslist tegenover schrijvers: een rol, nooit de naam van "
                "iemand.",
                max_length=40,
                verbose_name="naam van de rol",
            ),
        ),
        migrations.RemoveConstraint(model_name="revision", name="goedwerk_erased_is_empty"),
        migrations.AddField(
            model_name="revision",
            name="answer",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "erased"), _negated=True),
                    models.Q(("answer", ""), ("text", "")),
                    _connector="OR",
                ),
                name="goedwerk_erased_is_empty",
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                models.OrderBy(models.F("urgency"), descending=True),
                models.F("xtdcomment_ptr"),
                condition=models.Q(("waiting__isnull", False)),
                name="goedwerk_queue",
            ),
        ),
    ]
