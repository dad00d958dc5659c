"""Compounds are taken apart, and words that are no compounds are left alone."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tovholder.texts.words import parts, stem

sys.path.insert(0, str(Path(__file__).parent))
from compound_scores import gold, measure  # noqa: E402

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("genoptræningsplan", ("genoptræning", "plan")),
        ("Genoptræningsplanerne", ("genoptræning", "plan")),
        ("udskrivningssamtale", ("udskrivning", "samtale")),
        ("skolevejene", ("skole", "vej")),
        ("sygeplejersker", ("sygeplejersker",)),
        ("plejehjemsbeboer", ("pleje", "hjem", "beboer")),
        ("kommunalbestyrelsesmedlem", ("kommunal", "bestyrelse", "medlem")),
        ("børnehave", ("barn", "have")),
        ("arbejdsgruppe", ("arbejde", "gruppe")),
        ("aeldrepleje", ("ældre", "pleje")),
        ("rapporten", ("rapporten",)),
        ("forældre", ("forældre",)),
        ("undersøgelse", ("undersøgelse",)),
        ("affaldssortering", ("affald", "sortering")),
        ("Aarhus", ("aarhus",)),
        ("Rasmussen", ("rasmussen",)),
        ("blarfsnovl", ("blarfsnovl",)),
        ("", ("",)),
    ],
)
def test_words_are_taken_apart_where_they_are_put_together(word, wanted):
    assert parts(word) == wanted


def test_the_gold_list_is_large_enough_and_split_well():
    scores = measure(gold())

    assert scores.compounds >= 300
    assert scores.wholes >= 150
    assert scores.precision >= 0.95, scores.wrong
    assert scores.recall >= 0.95, scores.wrong


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_taken_without_falling_over(word):
    found = parts(word)

    assert found
    assert all(found) or found == ("",)
    assert parts(word) == found


def test_a_very_long_word_is_left_whole():
    assert parts("genoptræningsplan" * 50) == ("genoptræningsplan" * 50,)
    assert stem("genoptræningsplan" * 50)


def test_the_word_list_is_not_read_before_someone_asks():
    program = "import sys, tovholder.texts.words; print('simplemma' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "False"]
