from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bare_host', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='articlepage',
            name='discussion_is_sensitive',
            field=models.BooleanField(db_default=False, default=False, help_text='Een ambassadeur leest dan alles vooraf, wat je hierboven ook kiest.', verbose_name='gevoelig verhaal'),
        ),
        migrations.AlterField(
            model_name='articlepage',
            name='discussion_policy',
            field=models.CharField(choices=[('all_first', 'Alles eerst langs een ambassadeur'), ('trusted_first', 'Vertrouwde schrijvers direct, anderen eerst'), ('after_publication', 'Direct plaatsen, daarna meelezen; nieuwkomers eerst')], default='all_first', max_length=20, verbose_name='manier van modereren'),
        ),
    ]
