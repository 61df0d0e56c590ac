import django.db.models.deletion
from django.db import migrations, models

import goedwerk_forum.ids
import goedwerk_forum.models.contributions


class Migration(migrations.Migration):

    dependencies = [
        ('goedwerk_forum', '0008_practice_and_waiting'),
    ]

    operations = [
        migrations.CreateModel(
            name='MeasureRequest',
            fields=[
                ('id', models.BigAutoField(default=goedwerk_forum.ids.random_id, editable=False, primary_key=True, serialize=False)),
                ('public_id', models.CharField(default=goedwerk_forum.models.contributions.new_public_id, editable=False, max_length=20, unique=True)),
                ('kind', models.CharField(choices=[('warn', 'gewaarschuwd'), ('pause', 'gepauzeerd'), ('exclude', 'uitgesloten')], max_length=10)),
                ('reason', models.CharField(choices=[('traceable', 'Iemand is te herkennen'), ('confidential', 'Dit is vertrouwelijk'), ('about_person', 'Het gaat over een mens, niet over het werk'), ('conduct', 'De toon raakt mensen'), ('off_topic', 'Het past niet bij deze vraag'), ('duplicate', 'Dit staat er al'), ('links', 'Te veel of onveilige links'), ('unlawful', 'Dit mag niet van de wet'), ('hand_over', 'Hier hoort een andere plek bij')], max_length=20)),
                ('words', models.TextField(blank=True, max_length=1000)),
                ('until', models.DateField()),
                ('state', models.CharField(choices=[('asked', 'wacht op een tweede ambassadeur'), ('stands', 'besloten'), ('lifted', 'opgeheven')], default='asked', max_length=10)),
                ('asked_by', models.CharField(editable=False, max_length=64)),
                ('confirmed_by', models.CharField(blank=True, editable=False, max_length=64)),
                ('day', models.DateField()),
                ('contribution', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='measure_requests', to='goedwerk_forum.contribution')),
                ('statement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='measure', to='goedwerk_forum.statement')),
            ],
            options={
                'default_permissions': (),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('kind__in', ['warn', 'pause', 'exclude']), ('state__in', ['asked', 'stands', 'lifted'])), name='goedwerk_measure_known'),
                    models.CheckConstraint(condition=models.Q(models.Q(('confirmed_by', ''), ('kind', 'exclude'), ('state', 'asked'), ('statement__isnull', True)), models.Q(('state__in', ['stands', 'lifted']), ('statement__isnull', False), ('words', '')), _connector='OR'), name='goedwerk_measure_has_statement'),
                    models.CheckConstraint(condition=models.Q(models.Q(('kind', 'exclude'), _negated=True), ('state', 'asked'), models.Q(models.Q(('confirmed_by', ''), _negated=True), models.Q(('confirmed_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='goedwerk_exclusion_by_two'),
                    models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('contribution',), name='goedwerk_measure_asked_once'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(default=goedwerk_forum.ids.random_id, editable=False, primary_key=True, serialize=False)),
                ('token', models.CharField(editable=False, max_length=64, unique=True)),
                ('sealed', models.CharField(editable=False, max_length=400)),
                ('key_id', models.CharField(editable=False, max_length=16)),
                ('gone_after', models.DateField(db_index=True)),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AlterField(
            model_name='notice',
            name='event',
            field=models.CharField(choices=[('published', 'Je bijdrage is goedgekeurd'), ('edit_published', 'Je wijziging is goedgekeurd'), ('returned', 'Je krijgt je bijdrage terug'), ('rejected', 'Je bijdrage is niet geplaatst'), ('hidden', 'Je bijdrage is tijdelijk verborgen'), ('reply', 'Iemand reageerde op je bijdrage'), ('warned', 'Je krijgt een waarschuwing'), ('paused', 'Je kunt een tijd niet schrijven'), ('excluded', 'Je doet niet meer mee aan de dialogen'), ('lifted', 'Een maatregel is opgeheven')], max_length=20),
        ),
    ]
