from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tovholder.texts.difference import ProvisionText, Run, compare, difference

PROSE = st.lists(st.sampled_from(["og", "plan", "14,2", ",", ".", " ", " ", " ", "\n", "\n\n", "é", "🙂", "ældre"])).map("".join)


def joined(runs: tuple[Run, ...], *kinds: str) -> str:
    return "".join(run.text for run in runs if run.kind in kinds)


def shown(before: str, after: str) -> str:
    marks = {"same": "{}", "inserted": "[+{}+]", "deleted": "[-{}-]"}
    return "".join(marks[run.kind].format(run.text) for run in difference(before, after))


@given(st.one_of(PROSE, st.text()), st.one_of(PROSE, st.text()))
def test_both_texts_can_be_read_out_of_the_difference(before: str, after: str) -> None:
    runs = difference(before, after)
    assert joined(runs, "same", "deleted") == before
    assert joined(runs, "same", "inserted") == after
    assert all(run.text for run in runs)
    assert all(left.kind != right.kind for left, right in zip(runs, runs[1:], strict=False))


@given(PROSE)
def test_the_same_text_is_one_run(text: str) -> None:
    assert difference(text, text) == ((Run("same", text),) if text else ())


def test_one_changed_word_is_marked_and_nothing_else() -> None:
    assert shown("Ventetiden er 14,2 dage.", "Ventetiden er 12,3 dage.") == "Ventetiden er [-14,2-][+12,3+] dage."
    assert shown("Kommunen, som har ansvar.", "Kommunen som har ansvar.") == "Kommunen[-,-] som har ansvar."


def test_a_new_sentence_is_marked_as_a_sentence() -> None:
    before = "Borgeren får et svar. Borgeren får en plan."
    after = "Borgeren får et svar. Borgeren får en kontaktperson. Borgeren får en plan."
    assert shown(before, after) == "Borgeren får et svar. [+Borgeren får en kontaktperson. +]Borgeren får en plan."


def test_a_new_line_is_marked_as_a_line() -> None:
    assert shown("• et\n• to\n• tre", "• et\n• to\n• to en halv\n• tre") == "• et\n• to\n[+• to en halv\n+]• tre"


def test_a_rewritten_sentence_is_not_confetti() -> None:
    before = "Indsatsen evalueres hvert andet år af parterne i fællesskab"
    after = "En ekstern følgegruppe vurderer hvert år effekten af de fælles tiltag"
    assert len(difference(before, after)) <= 4


def test_a_very_long_text_is_compared_line_by_line_first() -> None:
    lines = [f"Parterne aftaler og følger punkt {number} og deler og udgiften." for number in range(3000)]
    changed = [*lines[:10], lines[10].replace("udgiften", "gevinsten"), *lines[11:2900], *lines[2950:]]
    runs = difference("\n".join(lines), "\n".join(changed))
    assert [run.text.strip() for run in runs if run.kind == "inserted"] == ["gevinsten"]
    assert joined(runs, "same", "deleted") == "\n".join(lines)
    assert joined(runs, "same", "inserted") == "\n".join(changed)


def test_a_hostile_text_still_gives_an_answer() -> None:
    before, after = "a " * 20_000 + "b", "c" + " a" * 19_000
    runs = difference(before, after)
    assert joined(runs, "same", "deleted") == before
    assert joined(runs, "same", "inserted") == after


def provisions(*rows: tuple[str, str, str]) -> list[ProvisionText]:
    return [ProvisionText(key, label, f"Punkt {key}", body) for key, label, body in rows]


def kinds(before: list[ProvisionText], after: list[ProvisionText]) -> list[tuple[str, str]]:
    return [(change.key, change.kind) for change in compare(before, after)]


def test_provisions_are_matched_by_who_they_are() -> None:
    before = provisions(("a", "1", "Et."), ("b", "2", "To."), ("c", "3", "Tre."))
    after = provisions(("a", "1", "Et."), ("c", "3", "Tre og en halv."), ("d", "4", "Fire."))
    assert kinds(before, after) == [("a", "same"), ("b", "removed"), ("c", "changed"), ("d", "added")]
    changed = compare(before, after)[2]
    assert [run for run in changed.runs if run.kind == "inserted"] == [Run("inserted", " og en halv")]
    assert changed.heading_runs == (Run("same", "Punkt c"),)


def test_only_the_provision_that_moved_is_called_moved() -> None:
    before = provisions(("a", "", "Et."), ("b", "", "To."), ("c", "", "Tre."), ("d", "", "Fire."))
    after = provisions(("d", "", "Fire."), ("a", "", "Et."), ("b", "", "To."), ("c", "", "Tre."))
    assert kinds(before, after) == [("d", "moved"), ("a", "same"), ("b", "same"), ("c", "same")]


def test_a_new_number_on_the_same_words_is_a_move() -> None:
    assert kinds(provisions(("a", "4.1", "Et.")), provisions(("a", "4.2", "Et."))) == [("a", "moved")]


def test_a_moved_provision_with_new_words_is_changed_and_says_it_moved() -> None:
    (change,) = compare(provisions(("a", "4.1", "Et.")), provisions(("a", "4.2", "To.")))
    assert (change.kind, change.moved) == ("changed", True)


def test_the_way_a_text_was_saved_is_no_change() -> None:
    assert kinds(provisions(("a", "1", "Et.\r\nTo. ")), provisions(("a", "1", "Et.\nTo."))) == [("a", "same")]


def test_a_key_used_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="to gange"):
        compare(provisions(("a", "1", "Et."), ("a", "2", "To.")), [])


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.lists(st.sampled_from("abcdef"), unique=True))
def test_every_provision_is_accounted_for_once(before: list[str], after: list[str]) -> None:
    changes = compare(provisions(*((key, "", key) for key in before)), provisions(*((key, "", key) for key in after)))
    assert [change.key for change in changes if change.after] == after
    assert sorted(change.key for change in changes if change.before) == sorted(before)
    stayed = [change.key for change in changes if change.kind == "same"]
    assert stayed == [key for key in before if key in stayed]


def test_a_long_text_without_lines_still_shows_the_changed_word() -> None:
    words = [f"ord{number}" if number % 5 == 0 else "og" for number in range(10_000)]
    changed = [*words]
    for place in (1000, 5000, 9001):
        changed[place] = "nyt"
    runs = difference(" ".join(words), " ".join(changed))
    assert [run.text for run in runs if run.kind == "inserted"] == ["nyt"] * 3
    assert joined(runs, "same", "deleted") == " ".join(words)


@given(st.lists(st.sampled_from("abcdefgh ,.\n")).map("".join), st.lists(st.sampled_from("abcdefgh ,.\n")).map("".join))
def test_every_shortcut_for_long_texts_keeps_both_texts(before: str, after: str) -> None:
    import tovholder.texts.difference as module

    effort, module.EFFORT = module.EFFORT, 20
    try:
        runs = difference(before, after)
    finally:
        module.EFFORT = effort
    assert joined(runs, "same", "deleted") == before
    assert joined(runs, "same", "inserted") == after
