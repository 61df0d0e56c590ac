import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Wagtail 8 lets a site swap the page model; Wagtail 7 has no such setting.
PAGE = getattr(settings, "WAGTAIL_PAGE_MODEL", "wagtailcore.Page")


class Migration(migrations.Migration):

    dependencies = [
        ("goedwerk_forum", "0011_desk_of_ambassadors"),
        migrations.swappable_dependency(PAGE),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='participant',
            name='goedwerk_pseudonym_unique',
        ),
        migrations.AddField(
            model_name='contribution',
            name='by_guide',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='contribution',
            name='closed_with',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goedwerk_forum.contribution'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='naming',
            field=models.CharField(blank=True, choices=[('emotie', 'emotie'), ('relatie', 'relatie'), ('proces', 'proces')], db_default='', default='', max_length=10),
        ),
        migrations.AddField(
            model_name='contribution',
            name='pin',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='discussion',
            name='banner',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=200),
        ),
        migrations.AddField(
            model_name='discussion',
            name='branch_of',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='branches', to='goedwerk_forum.discussion'),
        ),
        migrations.AddField(
            model_name='discussion',
            name='branched_path',
            field=models.CharField(blank=True, db_default='', default='', editable=False, max_length=24),
        ),
        migrations.AddField(
            model_name='discussion',
            name='branched_position',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='discussion',
            name='is_read_only',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name='discussion',
            name='pace',
            field=models.PositiveSmallIntegerField(choices=[(0, 'zo vaak als je wilt'), (10, 'één bijdrage per tien minuten'), (60, 'één bijdrage per uur'), (240, 'één bijdrage per vier uur'), (1440, 'één bijdrage per dag')], db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name='discussion',
            name='page_closes_on',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='participant',
            name='is_guide',
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AlterField(
            model_name='discussion',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='goedwerk_discussions', to=PAGE),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.UniqueConstraint(fields=('discussion', 'pin'), name='goedwerk_pin_unique'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('pin__isnull', True), models.Q(('pin__gte', 1), ('pin__lte', 2)), _connector='OR'), name='goedwerk_pins_are_few'),
        ),
        migrations.AddConstraint(
            model_name='contribution',
            constraint=models.CheckConstraint(condition=models.Q(('naming', ''), models.Q(('by_guide', True), ('naming__in', ['emotie', 'relatie', 'proces'])), _connector='OR'), name='goedwerk_only_a_guide_names'),
        ),
        migrations.AddConstraint(
            model_name='discussion',
            constraint=models.UniqueConstraint(condition=models.Q(('branch_of__isnull', True)), fields=('page',), name='goedwerk_one_home_per_page'),
        ),
        migrations.AddConstraint(
            model_name='discussion',
            constraint=models.UniqueConstraint(condition=models.Q(('branched_path', ''), _negated=True), fields=('branch_of', 'branched_path'), name='goedwerk_one_branch_per_place'),
        ),
        migrations.AddConstraint(
            model_name='discussion',
            constraint=models.CheckConstraint(condition=models.Q(('branch_of__isnull', False), ('branched_path', ''), _connector='OR'), name='goedwerk_only_a_branch_was_moved'),
        ),
        migrations.AddConstraint(
            model_name='discussion',
            constraint=models.CheckConstraint(condition=models.Q(('pace__in', [0, 10, 60, 240, 1440])), name='goedwerk_pace_known'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(condition=models.Q(('is_guide', False)), fields=('discussion', 'pseudonym'), name='goedwerk_pseudonym_unique'),
        ),
    ]
