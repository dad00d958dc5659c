"""The words a text is found by: what a person writes meets what others wrote."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.texts.likeness import similar
from tovholder.texts.words import QueryTerm, query_terms, stem, stop_words, terms

sys.path.insert(0, str(Path(__file__).parent))

pytestmark = pytest.mark.once


def answers(text: str, term: QueryTerm) -> bool:
    """This will say whether a text answers one word of a question, as search reads it."""
    found = set(terms(text))
    return (
        term.stem in found
        or (bool(term.parts) and found.issuperset(term.parts))
        or not found.isdisjoint(term.others)
        or any(word.startswith(term.beginning) for word in found)
    )


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("skoler", "Der mangler lys på skolevejene."),
        ("forælder", "Forældrene skal høres."),
        ("forældr", "Forældrene skal høres."),
        ("genbrugsplads", "Genbrugspladsernes åbningstider"),
        ("plan", "Hun fik en genoptræningsplan."),
        ("genoptræning", "genoptræningsplanen kom for sent"),
        ("genoptræningsplan", "En plan for genoptræning"),
        ("udskrivning", "Udskrivningssamtalerne er for korte."),
        ("affaldssorterin", "Affaldssortering i alle boliger"),
        ("aeldre", "De ældre venter."),
        ("ældre", "De AELDRE venter."),
        ("aarhus", "Vi bor i Århus."),
        ("århus", "Vi bor i Aarhus."),
        ("barn", "Børnene leger."),
        ("bøger", "En god bog"),
        ("mand", "For mænd over 60"),
        ("patienternes", "patient"),
        ("co2", "Mindre CO2!"),
        ("blåbær", "bla\u030abær i haven"),
        ("genoptræning", "gen\u00adop\u00adtræ\u00adning"),
        ("idé", "Ideer fra borgerne"),
    ],
)
def test_a_question_meets_the_text_it_should(question, text):
    wanted = query_terms(question)

    assert wanted
    assert all(answers(text, term) for term in wanted)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("skole", "Det er for sent."),
        ("genoptræningsplan", "Vi har en plan."),
        ("sundhed", "Frugt er sundt."),
        ("port", "En rapport om ventetid"),
    ],
)
def test_a_question_does_not_meet_what_only_looks_alike(question, text):
    assert not all(answers(text, term) for term in query_terms(question))


def test_the_terms_keep_the_order_of_the_text_and_leave_grammar_out():
    assert terms("Det er vores plan, at genoptræningen kommer før udskrivningssamtalen") == [
        "plan",
        "genoptraening",
        "udskrivningssamtal",
        "udskrivning",
        "samtal",
    ]


def test_a_question_of_stop_words_alone_is_still_a_question():
    assert [term.stem for term in query_terms("være eller ikke være")] == ["vaer", "ell", "ikk"]
    assert [term.stem for term in query_terms("om ventetid")] == [stem("ventetid")]
    assert query_terms(" … ") == []


@pytest.mark.parametrize(
    "forms",
    [
        ["plan", "planen", "planer", "planerne", "planernes"],
        ["forælder", "forældre", "forældrene", "foraeldre"],
        ["sygeplejerske", "sygeplejersker", "sygeplejerskernes"],
        ["tand", "tænder", "tænderne", "taender"],
        ["speciallægebog", "speciallægebøger", "speciallægebøgerne"],
        ["udskrivningssamtale", "udskrivningssamtaler", "udskrivningssamtalernes"],
        ["sundhed", "sundheden", "sundhedens"],
    ],
)
def test_all_forms_of_a_word_share_a_stem(forms):
    assert len({stem(form) for form in forms}) == 1


def test_words_that_differ_keep_their_own_stems():
    assert len({stem(word) for word in ("sund", "sundhed", "ældre", "forælder", "læge", "lægeri", "patient", "patent")}) == 8


def test_stop_words_carry_no_subject():
    assert {"og", "ikke", "ved", "å"} - {"å"} <= stop_words()
    assert stop_words().isdisjoint({"læge", "sundhed", "ældre", "plan", "borger", "tid"})


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_terms_are_plain_letters_and_the_same_in_every_case(text):
    found = terms(text)

    assert all(word and word == word.casefold() and not set("æøå") & set(word) for word in found)
    assert terms(text) == found


def test_the_nearest_remarks_come_first():
    others = [
        ("a", "Vi vil have flere busser om aftenen til Esbjerg."),
        ("b", "Der skal køre flere busser til Esbjerg om aftenen og natten."),
        ("c", "Lægehuset i Varde bør have længere åbningstid."),
        ("d", "Tandpleje skal være gratis."),
        ("e", "Aftenbusser til Esbjerg."),
    ]

    found = similar("Flere aftenbusser til Esbjerg, tak", others, least=0.2)

    assert [id_ for id_, _ in found][0] == "e"
    assert {id_ for id_, _ in found} == {"a", "b", "e"}
    assert all(0.2 <= likeness <= 1.0 for _, likeness in found)
    assert similar("Flere aftenbusser til Esbjerg, tak", others[::-1], least=0.2) == found
    assert similar("", others) == []
