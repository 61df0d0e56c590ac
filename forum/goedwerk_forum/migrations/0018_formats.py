import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.db import migrations, models

import goedwerk_forum.ids
import goedwerk_forum.models.formats


class Migration(migrations.Migration):

    dependencies = [
        ("goedwerk_forum", "0017_what_guides_do"),
    ]

    operations = [
        migrations.CreateModel(
            name='Format',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='naam')),
                ('introduction', models.TextField(blank=True, help_text='Voor de redactie en de begeleider: wanneer kies je deze werkvorm?', max_length=400, verbose_name='waar is deze werkvorm voor?')),
            ],
            options={
                'verbose_name': 'werkvorm',
                'verbose_name_plural': 'werkvormen',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='goedwerk_format_named')],
            },
        ),
        migrations.AddField(
            model_name='contribution',
            name='step',
            field=models.PositiveSmallIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.CreateModel(
            name='Course',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('steps', models.JSONField()),
                ('position', models.PositiveSmallIntegerField(db_default=1, default=1)),
                ('started_on', models.DateField()),
                ('moves_to', models.PositiveSmallIntegerField(null=True)),
                ('moves_on', models.DateField(null=True)),
                ('has_moved', models.BooleanField(db_default=False, default=False)),
                ('is_floor_open', models.BooleanField(db_default=False, default=False)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('discussion', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='course', to='goedwerk_forum.discussion')),
                ('page_format', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goedwerk_forum.format')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='FormatStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
                ('name', models.CharField(help_text='Eén of twee woorden, bijvoorbeeld ‘Delen’.', max_length=60, verbose_name='naam van de stap')),
                ('question', models.CharField(help_text='Eén open vraag. Zij staat boven de dialoog en bij het formulier.', max_length=200, verbose_name='vraag van deze stap')),
                ('kinds', models.JSONField(blank=True, default=list, help_text='Kies niets om alle soorten toe te laten.', verbose_name='soorten bijdragen in deze stap')),
                ('days', models.PositiveSmallIntegerField(blank=True, help_text='Daarna gaat de dialoog vanzelf verder. Leeg: de begeleider bepaalt het.', null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(365)], verbose_name='duur in dagen')),
                ('is_round', models.BooleanField(db_default=False, default=False, help_text='Iedereen spreekt één keer of past, voordat iemand twee keer spreekt.', verbose_name='rondje')),
                ('task', models.CharField(blank=True, choices=goedwerk_forum.models.formats.task_choices, db_default='', default='', max_length=40, verbose_name='wat doen mensen hier?')),
                ('format', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='goedwerk_forum.format')),
            ],
            options={
                'verbose_name': 'stap',
                'verbose_name_plural': 'stappen',
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RoundPass',
            fields=[
                ('id', models.BigAutoField(default=goedwerk_forum.ids.random_id, editable=False, primary_key=True, serialize=False)),
                ('step', models.PositiveSmallIntegerField()),
                ('day', models.DateField()),
                ('is_counted', models.BooleanField(db_default=False, default=False)),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passes', to='goedwerk_forum.course')),
                ('participant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passes', to='goedwerk_forum.participant')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(('position__gte', 1), ('position__lte', 12)), name='goedwerk_course_is_in_a_step'),
        ),
        migrations.AddConstraint(
            model_name='course',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('moves_on__isnull', True), ('moves_to__isnull', True)), models.Q(('moves_on__isnull', False), ('moves_to__gte', 1), ('moves_to__lte', 12)), _connector='OR'), name='goedwerk_course_moves_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='formatstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('question', ''), _negated=True)), name='goedwerk_step_has_words'),
        ),
        migrations.AddConstraint(
            model_name='formatstep',
            constraint=models.CheckConstraint(condition=models.Q(('days__isnull', True), models.Q(('days__gte', 1), ('days__lte', 365)), _connector='OR'), name='goedwerk_step_lasts'),
        ),
        migrations.AddConstraint(
            model_name='roundpass',
            constraint=models.UniqueConstraint(fields=('participant', 'course', 'step'), name='goedwerk_passes_once'),
        ),
    ]
