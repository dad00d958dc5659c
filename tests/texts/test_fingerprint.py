from __future__ import annotations

import hashlib
import json
import re
import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tovholder.texts.fingerprint import canonical, canonical_document, fingerprint, short

WORDS = st.text(st.sampled_from("abæøåé0123,.;- \n"), max_size=60)
ROWS = st.lists(st.tuples(WORDS, WORDS, WORDS), max_size=5)
PLAN = [
    ("4.1", "Mål", "Kommunen tilbyder 14,2 timer."),
    ("4.2", "Økonomi", "Parterne deler udgiften, når\nde er enige."),
]


def otherwise_saved(text: str) -> str:
    lines = unicodedata.normalize("NFD", text).split("\n")
    return "\ufeff" + "\r\n".join(line + " \t" for line in lines) + "\r\n\r\n"


@given(WORDS, ROWS)
def test_the_way_a_text_was_saved_does_not_matter(title: str, rows: list[tuple[str, str, str]]) -> None:
    saved = [(label, heading, otherwise_saved(body)) for label, heading, body in rows]
    assert fingerprint(title, rows) == fingerprint(title, saved)


@given(WORDS)
def test_repeated_blank_lines_do_not_matter(body: str) -> None:
    spread = re.sub(r"\n\s*\n", "\n\n\n\n", body)
    assert fingerprint("Plan", [("1", "", body)]) == fingerprint("Plan", [("1", "", spread)])


@given(st.text())
def test_the_canonical_form_is_its_own_canonical_form(text: str) -> None:
    assert canonical(canonical(text)) == canonical(text)


@given(WORDS, st.integers(min_value=0), st.sampled_from("abæøåé0123,.;-"))
def test_any_sign_added_gives_another_fingerprint(body: str, place: int, sign: str) -> None:
    place %= len(body) + 1
    changed = body[:place] + sign + body[place:]
    assert fingerprint("Plan", [("1", "Mål", body)]) != fingerprint("Plan", [("1", "Mål", changed)])


@given(ROWS, ROWS)
def test_two_texts_share_a_fingerprint_only_when_every_word_is_the_same(
    left: list[tuple[str, str, str]], right: list[tuple[str, str, str]]
) -> None:
    assume([[part.split() for part in row] for row in left] != [[part.split() for part in row] for row in right])
    assert fingerprint("Plan", left) != fingerprint("Plan", right)


@pytest.mark.parametrize(
    "changed",
    [
        [("4.1", "Mål", "Kommunen tilbyder 14,3 timer."), PLAN[1]],
        [("4.1", "Mål", "Kommunen tilbyder 142 timer."), PLAN[1]],
        [("4.1", "Mål", "kommunen tilbyder 14,2 timer."), PLAN[1]],
        [PLAN[0], ("4.2", "Økonomi", "Parterne deler udgiften når\nde er enige.")],
        [PLAN[0], ("4.3", "Økonomi", PLAN[1][2])],
        [PLAN[0], ("4.2", "Ökonomi", PLAN[1][2])],
        [PLAN[1], PLAN[0]],
        PLAN[:1],
        [*PLAN, ("", "", "")],
        [("4.1 Mål", "", PLAN[0][2]), PLAN[1]],
    ],
)
def test_one_change_gives_another_fingerprint(changed: list[tuple[str, str, str]]) -> None:
    assert fingerprint("Plan", changed) != fingerprint("Plan", PLAN)


def test_title_and_heading_level_count() -> None:
    assert fingerprint("Plan 2", PLAN) != fingerprint("Plan", PLAN)
    assert fingerprint("Plan", PLAN, levels=[1, 2]) != fingerprint("Plan", PLAN, levels=[1, 1])
    assert fingerprint("Plan", [("1", "", "## Mål\ntekst")]) != fingerprint("Plan", [("1", "", "### Mål\ntekst")])
    with pytest.raises(ValueError):
        fingerprint("Plan", PLAN, levels=[1])


def test_square_and_two_stay_apart_and_tables_keep_their_cells() -> None:
    assert fingerprint("Plan", [("1", "", "10 m²")]) != fingerprint("Plan", [("1", "", "10 m2")])
    assert fingerprint("Plan", [("1", "", "a\tb")]) != fingerprint("Plan", [("1", "", "a b")])


def test_anyone_can_make_it_again_with_the_standard_library() -> None:
    written = json.dumps(["tovholder-text-1", "Plan", [[0, "4.1", "Mål", "Tekst."]]], ensure_ascii=False, separators=(",", ":")).encode()
    assert canonical_document("Plan", [("4.1", "Mål", "Tekst.")]) == written
    assert fingerprint("Plan", [("4.1", "Mål", "Tekst.")]) == hashlib.sha256(written).hexdigest()


def test_the_short_form_can_be_read_aloud() -> None:
    assert short("7f3a91c2" + "0" * 52 + "e04b") == "7F3A 91C2 … E04B"
    assert short("") == ""
