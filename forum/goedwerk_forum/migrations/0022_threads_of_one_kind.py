from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0021_follow_and_search")]

    operations = [
        migrations.AlterModelOptions(
            name="discussion",
            options={
                "permissions": [
                    ("moderate_discussion", "Mag bijdragen beoordelen in toegewezen dialogen"),
                    ("guide_discussion", "Mag dialogen begeleiden"),
                    (
                        "export_research",
                        "Mag cijfers over de dialogen voor onderzoek exporteren",
                    ),
                ],
                "verbose_name": "dialoog",
                "verbose_name_plural": "dialogen",
            },
        ),
        migrations.RemoveIndex(model_name="contribution", name="goedwerk_voices"),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["discussion", "display", "kind", "path"], name="goedwerk_voices"
            ),
        ),
        migrations.AddIndex(
            model_name="contribution",
            index=models.Index(
                fields=["discussion", "display", "lens", "path"], name="goedwerk_lenses"
            ),
        ),
    ]
