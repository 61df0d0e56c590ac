import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("goedwerk_forum", "0027_law_of_a_decision"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="rolelabel",
            name="is_offered",
            field=models.BooleanField(default=True, verbose_name="te kiezen"),
        ),
        migrations.AddField(
            model_name="report",
            name="page",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.WAGTAIL_PAGE_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="report",
            name="discussion",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reports",
                to="goedwerk_forum.discussion",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                condition=models.Q(("page__isnull", False), ("state", "open")),
                fields=("page", "reporter"),
                name="goedwerk_one_open_report_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("discussion__isnull", False), ("page__isnull", True)),
                    models.Q(
                        ("contribution__isnull", True),
                        ("discussion__isnull", True),
                        ("page__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="goedwerk_report_has_one_place",
            ),
        ),
    ]
