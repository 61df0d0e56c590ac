from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("goedwerk_forum", "0022_threads_of_one_kind")]

    operations = [
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
                    ("appeal_overtaken", "Je bezwaar is vervallen"),
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
