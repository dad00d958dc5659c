from django.db import migrations, models

# A column with a default is put beside the others as the table stands: built anew, SQLite would lose the triggers that keep the index.
ADD = "ALTER TABLE base_searchrow ADD COLUMN forms text NOT NULL DEFAULT ''"
DROP = "ALTER TABLE base_searchrow DROP COLUMN forms"


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0002_search'),
    ]

    operations = [
        migrations.RunSQL(
            ADD,
            DROP,
            state_operations=[migrations.AddField(model_name='searchrow', name='forms', field=models.TextField(blank=True, default=''), preserve_default=False)],
        ),
    ]
