import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("goedwerk_forum", "0018_formats"),
        ("goedwerk_casestudies", "0006_statements_and_assignments"),
    ]

    operations = [
        migrations.AddField(
            model_name='assignmentpage',
            name='discussion_format',
            field=models.ForeignKey(blank=True, help_text='De stappen van de dialoog. De dialoog krijgt er een eigen kopie van. Kiezen kan tot de eerste stap voorbij is. Leeg: een dialoog zonder stappen.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goedwerk_forum.format', verbose_name='werkvorm'),
        ),
        migrations.AddField(
            model_name='dilemmapage',
            name='discussion_format',
            field=models.ForeignKey(blank=True, help_text='De stappen van de dialoog. De dialoog krijgt er een eigen kopie van. Kiezen kan tot de eerste stap voorbij is. Leeg: een dialoog zonder stappen.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goedwerk_forum.format', verbose_name='werkvorm'),
        ),
        migrations.AddField(
            model_name='statementpage',
            name='discussion_format',
            field=models.ForeignKey(blank=True, help_text='De stappen van de dialoog. De dialoog krijgt er een eigen kopie van. Kiezen kan tot de eerste stap voorbij is. Leeg: een dialoog zonder stappen.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goedwerk_forum.format', verbose_name='werkvorm'),
        ),
        migrations.AddField(
            model_name='storypage',
            name='discussion_format',
            field=models.ForeignKey(blank=True, help_text='De stappen van de dialoog. De dialoog krijgt er een eigen kopie van. Kiezen kan tot de eerste stap voorbij is. Leeg: een dialoog zonder stappen.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='goedwerk_forum.format', verbose_name='werkvorm'),
        ),
    ]
