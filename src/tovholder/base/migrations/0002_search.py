import django.db.models.deletion
from django.db import migrations, models

# The index follows its rows by triggers, in the same transaction, whoever writes the row. A later migration that makes SQLite build the
# table anew (any AlterField on SearchRow) must run `index_the_rows` again.
SQLITE = [
    """CREATE VIRTUAL TABLE base_searchindex USING fts5(
        title_terms, text_terms, kind, content='base_searchrow', content_rowid='id', detail='column',
        tokenize="unicode61 remove_diacritics 0 tokenchars '_'", prefix='3')""",
    # Titles once more alone: a word that stands in thousands of texts and few titles is found there without reading the thousands.
    """CREATE VIRTUAL TABLE base_searchtitles USING fts5(
        title_terms, kind, content='base_searchrow', content_rowid='id', detail='column',
        tokenize="unicode61 remove_diacritics 0 tokenchars '_'")""",
]
_PUT = """
    INSERT INTO base_searchindex(rowid, title_terms, text_terms, kind) VALUES (new.id, new.title_terms, new.text_terms, new.kind);
    INSERT INTO base_searchtitles(rowid, title_terms, kind) VALUES (new.id, new.title_terms, new.kind);
"""
_TAKE_OUT = """
    INSERT INTO base_searchindex(base_searchindex, rowid, title_terms, text_terms, kind)
        VALUES ('delete', old.id, old.title_terms, old.text_terms, old.kind);
    INSERT INTO base_searchtitles(base_searchtitles, rowid, title_terms, kind) VALUES ('delete', old.id, old.title_terms, old.kind);
"""
SQLITE += [
    f"CREATE TRIGGER base_searchrow_put AFTER INSERT ON base_searchrow BEGIN {_PUT} END",
    f"CREATE TRIGGER base_searchrow_changed AFTER UPDATE OF title_terms, text_terms, kind ON base_searchrow BEGIN {_TAKE_OUT} {_PUT} END",
    f"CREATE TRIGGER base_searchrow_removed AFTER DELETE ON base_searchrow BEGIN {_TAKE_OUT} END",
]
# What is removed leaves the index's own pages at once; SQLite before 3.42 cannot promise that.
FORGETS_AT_ONCE = [f"INSERT INTO {name}({name}, rank) VALUES ('secure-delete', 1)" for name in ("base_searchindex", "base_searchtitles")]
POSTGRES = [
    """ALTER TABLE base_searchrow
        ADD COLUMN title_index tsvector GENERATED ALWAYS AS (array_to_tsvector(string_to_array(title_terms, ' '))) STORED,
        ADD COLUMN all_index tsvector GENERATED ALWAYS AS
            (array_to_tsvector(string_to_array(trim(both ' ' from title_terms || ' ' || text_terms), ' '))) STORED""",
    "CREATE INDEX base_searchrow_title_index ON base_searchrow USING gin (title_index) WITH (fastupdate = off)",
    "CREATE INDEX base_searchrow_all_index ON base_searchrow USING gin (all_index) WITH (fastupdate = off)",
]


def index_the_rows(apps, editor):
    statements = POSTGRES
    if editor.connection.vendor == "sqlite":
        import sqlite3

        statements = SQLITE + (FORGETS_AT_ONCE if sqlite3.sqlite_version_info >= (3, 42) else [])
    for statement in statements:
        editor.execute(statement)


def drop_the_index(apps, editor):
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE base_searchindex")
        editor.execute("DROP TABLE base_searchtitles")


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0001_base'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(blank=True, max_length=20)),
                ('kind', models.CharField(max_length=40)),
                ('gate', models.CharField(blank=True, max_length=40)),
                ('title', models.TextField(blank=True)),
                ('text', models.TextField(blank=True)),
                ('title_terms', models.TextField(blank=True)),
                ('text_terms', models.TextField(blank=True)),
                ('size', models.PositiveIntegerField(default=0)),
                ('at', models.DateTimeField(null=True)),
                ('gate_thing', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='base.thing')),
                ('home', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='base.thing')),
                ('thing', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='search_rows', to='base.thing')),
            ],
            options={
                'indexes': [models.Index(fields=['kind'], name='search_kind')],
                'constraints': [models.UniqueConstraint(fields=('thing', 'part'), name='search_row_once')],
            },
        ),
        migrations.RunPython(index_the_rows, drop_the_index, elidable=False),
    ]
