"""Search rows and the index below them, the same on both databases."""

import random

import pytest
from django.db import connection, transaction

from tests.factories import AT
from tovholder.base import finding, search, snippets
from tovholder.base.events import new_thing
from tovholder.base.models import SearchRow, Thing
from tovholder.texts.words import query_terms

pytestmark = pytest.mark.django_db


class Reader:
    """Who may see all that everyone may, and of things with a gate only those that are named."""

    def __init__(self, *seen):
        self.seen, self.asked = seen, []

    def condition(self):
        self.asked.append("all at once")
        named = ", ".join(["%s"] * len(self.seen)) or "NULL"
        return f"(base_searchrow.gate = '' OR base_searchrow.gate_thing_id IN ({named}))", list(self.seen)

    def sees(self, things):
        self.asked.append(sorted(things))
        return {(gate, thing) for gate, ids in things.items() for thing in ids if thing in self.seen}


def put(*entries, **fields):
    """Stores things with (title, text) and makes them findable; returns their ids."""
    things = {new_thing("statement", AT): words for words in entries}
    gate, kind = fields.get("gate", ""), fields.get("kind", "statement")

    def entries_of(rows):
        return [search.Entry(row.pk, kind, *things[row], gate=gate, gate_thing=row.pk if gate else None) for row in rows]

    search.keep(entries_of, list(things))
    return [thing.pk for thing in things]


def found(text, way=finding.WHOLE, reader=None, **more):
    """The ids that answer, the best first."""
    hits = finding.hits(finding.question(text), reader or Reader(), way, **more)
    things = dict(SearchRow.objects.values_list("pk", "thing"))
    return [things[hit.row] for hit in hits]


def index_holds(term):
    """Whether the index's own pages hold a term: on SQLite the raw blocks, on PostgreSQL the stored vectors."""
    with transaction.atomic():
        pass  # a savepoint writes what the index still holds in memory
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT block FROM base_searchindex_data UNION ALL SELECT block FROM base_searchtitles_data")
            # A block leaves out what a term shares with the one before it: its end is there.
            return any(term.encode()[-4:] in bytes(block) for (block,) in cursor.fetchall())
        cursor.execute("SELECT COUNT(*) FROM base_searchrow WHERE all_index @@ %s::tsquery OR title_index @@ %s::tsquery", [term, term])
        return cursor.fetchone()[0] > 0


def check_index():
    """Raises when the index and its rows are out of step."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in ("base_searchindex", "base_searchtitles"):
                cursor.execute(f"INSERT INTO {name}({name}, rank) VALUES ('integrity-check', 1)")


def test_what_is_kept_is_found_and_what_is_changed_no_longer():
    (one,) = put(("", "Sygeplejersken ringede til kommunen."))
    assert found("sygeplejerske") == [one]
    row = Thing.objects.get(pk=one)
    search.keep(lambda rows: [search.Entry(one, "statement", "", "Lægen skrev et brev.")], [row])
    assert (found("sygeplejerske"), found("brev")) == ([], [one])
    search.keep(lambda rows: [], [row])
    assert found("brev") == []
    assert not SearchRow.objects.exists()
    check_index()


def test_the_word_as_it_was_asked_for_stands_before_others_of_its_stem():
    food, price = put(("", "Sund kost og træ er vigtigt for alle på afdelingen."), ("", "Træet koster."))
    assert (found("kost"), found("koster"), found("træ")) == ([food, price], [price, food], [food, price])


def test_a_word_that_is_removed_leaves_the_index_itself():
    one, other = put(("Snefnugget", "Zebrafinken sang."), ("", "Lægen skrev."))
    assert index_holds("zebrafink")
    search.keep(lambda rows: [], [Thing.objects.get(pk=one)])
    assert not index_holds("zebrafink")
    assert not index_holds("snefnug")
    assert found("læge") == [other]
    check_index()


def test_a_write_that_is_taken_back_leaves_nothing_behind():
    with transaction.atomic():
        put(("", "Zebrafinken sang."))
        transaction.set_rollback(True)
    assert not index_holds("zebrafink")
    check_index()


def test_the_same_words_are_not_written_again(django_assert_num_queries):
    (one,) = put(("Titel", "Ord."))
    row = Thing.objects.get(pk=one)
    locks = connection.features.has_select_for_update
    with transaction.atomic(), django_assert_num_queries(1 + locks):
        search.keep(lambda rows: [search.Entry(one, "statement", "Titel", "Ord.")], [row])


def test_a_title_weighs_more_a_whole_word_more_and_a_short_text_more():
    long = "Vi talte længe om alt muligt andet, mens vi ventede på bussen i regnvejr, og så nævnte nogen medicin til sidst."
    in_text, in_title, in_long = put(("", "Min medicin var væk."), ("Medicin", "Noget andet."), ("", long))
    assert found("medicin") == [in_title, in_text, in_long]
    whole, begins = put(("", "Det var koldt på stuen."), ("", "Det var Kolding på stuen."))
    assert found("kold", finding.WIDE) == [whole, begins]
    assert found("kold") == [whole]


def test_the_newest_is_first_among_equals():
    first, second = put(("", "Min mor ventede."), ("", "Min far ventede."))
    assert found("ventede") == [second, first]


@pytest.mark.parametrize(
    ("text", "asked", "way"),
    [
        ("Skolevejene er glatte.", "skoleveje", "whole"),
        ("Forældrene fik besked.", "forælder", "whole"),
        ("Genoptræningsplanen kom for sent.", "genoptræning", "whole"),
        ("Vi holder udskrivningssamtaler.", "samtale", "whole"),
        ("Ærø og Aabenraa", "åbenrå", "whole"),
        ("Ærø og Aabenraa", "aeroe", "whole"),
        ("Hjemmeplejen kom.", "hjemmepl", "wide"),
        ("Dagambulatoriet er lukket.", "bulator", "within"),
    ],
)
def test_danish_words_are_found_as_people_write_them(text, asked, way):
    (one,) = put(("", text))
    assert found(asked, way) == [one]


def test_all_words_are_wanted_and_one_is_enough_only_when_asked():
    both, one = put(("", "Lægen ringede til sygehuset."), ("", "Lægen skrev."))
    assert found("læge sygehus") == [both]
    assert found("læge sygehus", finding.ANY) == [both, one]


def test_what_the_reader_may_not_see_is_neither_found_nor_weighed():
    hidden, shown, other = put(("", "Zebra zebra."), ("", "Zebra og læge."), ("", "Læge."), gate="statement")
    reader = Reader(shown, other)
    assert found("zebra", reader=reader) == [shown]
    assert found("zebra", reader=Reader()) == []
    before = finding.hits(finding.question("zebra læge"), reader, finding.ANY)
    put(*[("", "Zebra.")] * 30, gate="statement")
    after = finding.hits(finding.question("zebra læge"), reader, finding.ANY)
    assert [hit.score for hit in after] == [hit.score for hit in before]


def test_however_many_newer_rows_are_hidden_the_reader_finds_as_many_as_are_weighed():
    seen = put(*[("", f"Zebra {number}.") for number in range(finding.WEIGHED + 30)], gate="statement")
    everyones = put(("", "Zebra for alle."))
    put(*[("", "Zebra i kulissen.")] * 300, gate="plan")
    reader = Reader(*seen)
    assert set(found("zebra", reader=reader)) == {*everyones, *seen[31:]}
    assert reader.asked == [["plan"], "all at once"]


def test_a_reader_is_asked_only_about_the_gates_there_are():
    reader = Reader()
    put(("", "Zebra for alle."))
    found("zebra", reader=reader)
    found("giraf", reader=reader)
    assert reader.asked == []
    put(("", "Giraf."), gate="plan")
    assert found("giraf", reader=reader) == []
    assert reader.asked == [["plan"]]


def test_fewer_than_are_wanted_are_not_looked_at():
    put(*[("", "Zebra.")] * 4)
    assert (len(found("zebra", at_least=4)), found("zebra", at_least=5)) == (4, [])


def test_a_common_word_gives_the_newest_and_titles_however_old():
    old = put(("Patient", "Gammel."))[0]
    put(*[("", f"Patient {number}.") for number in range(finding.WEIGHED + 20)])
    assert len(found("patient")) == finding.WEIGHED
    assert old not in found("patient")
    with_titles = found("patient", titles_too=True)
    assert (with_titles[0], len(with_titles)) == (old, finding.WEIGHED + 1)


def test_kinds_narrow():
    (statement,) = put(("", "Samme ord."))
    (goal,) = put(("", "Samme ord."), kind="goal")
    assert found("ord", kind="goal") == [goal]
    assert set(found("ord")) == {statement, goal}
    assert found("goal", finding.WIDE) == []


SIGNS = [
    *"\"'*:^{}()+-|&!<>@\\%_~,;.§½ ½²Ⅷœ\u0301\u200d\u202e",
    *("AND", "OR", "NOT", "NEAR(", "kind:", "title_terms :", "':*", "::tsquery", "𝕏", "漢字", "ａ"),
]


def test_no_question_breaks_the_index():
    rng = random.Random(7)
    put(("Læge", "Alle ord: AND, OR & 'NEAR' kind:statement."))
    for _ in range(150):
        text = "".join(rng.choice([*SIGNS, "læge", "a", " "]) for _ in range(rng.randrange(1, 14)))
        for way in finding.WAYS:
            found(text, way)
        finding.spelled_like(text, Reader())
        snippets.runs(text, finding.question(text))


def test_words_no_database_could_hold_are_cut():
    (one,) = put(("x" * 5000, "y" * 200_000 + " læge"))
    assert found("læge") == [one]
    row = SearchRow.objects.get()
    assert max(map(len, row.text_terms.split())) <= 60


def test_a_misspelt_word_is_guessed_from_what_the_reader_may_see():
    one = put(("", "Ved udskrivning skal der en plan med."), ("", "Der er mange."), gate="statement")[0]
    reader = Reader(one)
    assert finding.spelled_like("udskrvning", reader) == "udskrivning"
    assert finding.spelled_like("plan udskrvning", reader) == "plan udskrivning"
    assert finding.spelled_like("udskrvning", Reader()) == ""
    assert finding.spelled_like("xylofon", reader) == ""


@pytest.mark.parametrize(("text", "asked", "guess"), [
    ("De pårørende kom.", "pårørnde", "pårørende"),
    ("De pårørende kom.", "paaroernde", "pårørende"),
    ("Afdélingen på sygehuset.", "afdelngen", "afdélingen"),
])  # fmt: skip
def test_a_guess_is_spelled_as_it_is_written(text, asked, guess):
    put(("", text))
    assert finding.spelled_like(asked, Reader()) == guess


def test_the_written_forms_are_kept_folded_and_once():
    put(("Kost og Ærø", "Kosten, kost og KOST på Ærø."))
    assert SearchRow.objects.get().forms == "kost og aeroe kosten paa"


def test_rebuilding_writes_what_the_sources_say_and_nothing_else():
    left, gone = put(("", "Bliver."), ("", "Skal væk."))
    stray = put(("", "Uden kilde."))[0]

    def entries_of(rows):
        return [search.Entry(row.pk, "statement", "", "Bliver på ny.") for row in rows if row.pk == left]

    class Things:
        """A queryset of things as rooms have them: ordered through their `thing`."""

        def __init__(self, rows):
            self.rows = rows

        def order_by(self, *fields):
            return self.rows.order_by("pk")

        def filter(self, **which):
            return Things(self.rows.filter(**which))

    assert search.rebuild([(Things(Thing.objects.filter(pk__in=[left, gone])), entries_of)]) == 1
    assert list(SearchRow.objects.values_list("thing", "text")) == [(left, "Bliver på ny.")]
    assert stray not in found("kilde")
    check_index()


def test_snippets_show_the_place_and_mark_whole_words():
    text = "Først noget andet. " * 30 + "Så ringede sygeplejersken til kommunen. " + "Til sidst mere. " * 30
    pieces = snippets.runs(text, query_terms("sygeplejerske"))
    assert [piece for piece, is_hit in pieces if is_hit] == ["sygeplejersken"]
    whole = "".join(piece for piece, _hit in pieces)
    assert whole.startswith("… ")
    assert whole.endswith(" …")
    assert len(whole) <= snippets.LENGTH + 4
    assert snippets.runs("Kort.", query_terms("andet")) == [("Kort.", False)]
    assert snippets.runs("", query_terms("andet")) == []
