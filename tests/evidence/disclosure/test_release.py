"""The file that leaves a secure environment, and the platform that takes nothing else."""

import copy
import functools
import json

import numpy as np
import pytest

from tovholder.evidence.disclosure.accepting import check_release, read_release, release_of_bytes
from tovholder.evidence.disclosure.admission import Unacceptable, admit
from tovholder.evidence.disclosure.primary import Rule, small_cells
from tovholder.evidence.disclosure.release import Terms, release
from tovholder.evidence.disclosure.released import Definition, digest_of_content
from tovholder.evidence.disclosure.safe import Infeasible
from tovholder.evidence.disclosure.tables import BadTable, with_totals

pytestmark = pytest.mark.once
SMOKING = Definition("rygning", "2", "pct.", "2025")
TERMS = Terms("Region Øst")
PLACES, LEVELS = ("A", "B", "C", "D"), ("kort", "mellem", "lang")


def counts(numerator, denominator, by=("kommune", "uddannelse"), levels=(PLACES, LEVELS)):
    return with_totals(by, levels, numerator), with_totals(by, levels, denominator)


def made(definition=SMOKING, terms=TERMS, **options):
    return copy.deepcopy(_made(definition, terms, tuple(options.items())))


@functools.cache
def _made(definition, terms, options):
    options = {name: list(value) if name == "known" else value for name, value in options}
    rng = np.random.default_rng(5)
    denominator = rng.integers(15, 120, (4, 3))
    return release(*counts(rng.binomial(denominator, 0.08), denominator), definition, terms, **options)


def test_small_numbers_never_leave_and_the_platform_takes_it():
    content = made()
    accepted = check_release(content)
    assert accepted.definition == SMOKING
    assert content["disclosure"]["hidden"] == sum(row["blank"] == "suppressed" for row in content["rows"]) > 0
    for table in accepted.published():
        assert not small_cells(table.counts, Rule()).any()
    for row in content["rows"]:
        is_hidden = row["numerator"] is None or row["denominator"] is None
        assert (row["value"] is None) is is_hidden
        assert is_hidden or row["denominator"] - row["numerator"] not in range(1, 5)


def test_the_same_counts_give_the_same_bytes():
    first = made()
    _made.cache_clear()
    assert json.dumps(first, sort_keys=True) == json.dumps(made(), sort_keys=True)


def test_no_digest_lets_hidden_counts_be_guessed():
    """Two tables that differ in hidden cells only must give the same file, when the same cells are hidden."""
    denominator = np.full((3, 2), 200)
    one, other = (
        release(*counts(np.array(top), denominator, levels=(PLACES[:3], LEVELS[:2])), SMOKING, TERMS)
        for top in ([[2, 30], [30, 40], [50, 60]], [[3, 29], [29, 41], [50, 60]])
    )
    assert one["rows"] == other["rows"]
    assert one == other


def test_a_key_that_only_the_owner_has():
    first, second, none = made(key=b"a" * 16), made(key=b"b" * 16), made()
    assert first["inputs"]["keyed"] != second["inputs"]["keyed"]
    assert none["inputs"]["keyed"] is None
    check_release(first)
    with pytest.raises(ValueError, match="for kort"):
        made(key=b"kort")


def signed(content):
    return {**content, "digest": digest_of_content(content)}


def shown_row(content):
    return next(row for row in content["rows"] if not row["blank"] and "I alt" not in row["at"])


def hidden_row(content):
    return next(row for row in content["rows"] if row["numerator"] is None)


def set_(path, value):
    def change(content):
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    return change


def add(name, value=1):
    return set_((name,), value)


def show_small(content):
    row = hidden_row(content)
    row.update(numerator=3, denominator=30, value=10.0, blank="")
    content["disclosure"]["hidden"] -= 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_(("schema",), "tovholder-release-2"), "ikke en udgivelse, vi kender"),
        (set_(("disclosure", "threshold"), 3), "skjuler tal under 3, men aftalen med dataejeren siger 5"),
        (set_(("disclosure", "criterion"), "exact"), "svagere krav"),
        (set_(("disclosure", "singletons"), False), "svagere krav"),
        (set_(("disclosure", "hidden"), 0), "»disclosure« passer ikke med rækkerne"),
        (set_(("disclosure", "margins"), "some"), "siger ikke, hvordan"),
        (set_(("rows", 0, "name"), "Ole"), "»name« hører ikke til i række 1"),
        (set_(("rows", 0, "at"), ["B", "kort"]), "Række 1 i »rows« står ikke, hvor den skal: A, kort"),
        (set_(("rows", 0, "numerator"), 2.5), "skal være et helt tal"),
        (set_(("rows", 0, "numerator"), -1), "skal være et helt tal"),
        (set_(("rows", 0, "blank"), "tom"), "»blank« i række 1"),
        (add("persons", []), "»persons« hører ikke til i filen"),
        (set_(("producer", "owner"), "0101701234"), "ligner et personnummer"),
        (set_(("levels", 0, 0), "010170-1234"), "ligner et personnummer"),
        (set_(("levels", 0, 0), "B"), "står to gange"),
        (set_(("levels", 0, 0), "i alt"), "ingen gruppe må hedde det samme"),
        (set_(("period",), ""), "»period« skal være en tekst"),
        (set_(("period",), "2025\u202e"), "»period« skal være en tekst"),
        (set_(("indicator", "per"), 0), "»per« skal være et tal over 0"),
        (set_(("indicator", "kind"), "odds"), "»kind« skal være"),
        (set_(("inputs", "keyed"), "0" * 63), "»keyed« skal være"),
        (set_(("by",), []), "»by« og »levels« passer ikke sammen"),
        (lambda content: content["rows"].pop(), "»rows« skal have 20 rækker"),
        (lambda content: content.pop("period"), "»period« mangler i filen"),
        (lambda content: shown_row(content).update(value=1.0), "»value« i række"),
        (lambda content: shown_row(content).update(value=None), "»value« i række"),
        (lambda content: hidden_row(content).update(value=12.5), "har en værdi, selv om dens tal er skjult"),
        (show_small, "viser et tal under 5|passer ikke sammen"),
    ],
)
def test_what_is_not_a_release_is_refused(change, said):
    content = made()
    change(content)
    with pytest.raises(Unacceptable) as refused:
        check_release(signed(content))
    assert any(one in str(refused.value) for one in said.split("|")), str(refused.value)


def test_a_changed_file_is_refused():
    content = made()
    shown_row(content)["numerator"] += 1
    with pytest.raises(Unacceptable, match="er ændret, siden den blev lavet"):
        check_release(content)


@pytest.mark.parametrize("content", [None, [], "x", 5, {}, {"schema": "tovholder-release-1"}])
def test_something_else_altogether(content):
    with pytest.raises(Unacceptable):
        check_release(content)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[" * 100_000, b'{"a": 1, "a": 2}', b'{"a": NaN}', b"9" * 5000])
def test_bytes_that_are_no_json(content):
    with pytest.raises(Unacceptable, match="kan ikke læses som JSON"):
        release_of_bytes(content)


def test_a_hidden_number_that_follows_is_refused():
    """One who hides the small number alone: the total gives it away."""
    content = made()
    tampered = release(*counts([[20, 30], [40, 50]], [[100, 100], [100, 100]], levels=(PLACES[:2], LEVELS[:2])), SMOKING, TERMS)
    tampered["rows"][0].update(numerator=None, value=None, blank="suppressed")
    tampered["disclosure"]["hidden"] = 1
    check_release(signed(tampered))
    few = release(*counts([[2, 30], [40, 50]], [[100, 100], [100, 100]], levels=(PLACES[:2], LEVELS[:2])), SMOKING, TERMS)
    for row in few["rows"]:
        if row["blank"]:
            top = {"A, kort": None, "A, mellem": 30, "B, kort": 40, "B, mellem": 50}.get(", ".join(row["at"]), "total")
            top = (
                {"I alt, kort": 42, "I alt, mellem": 80, "A, I alt": 32, "B, I alt": 90, "I alt, I alt": 122}[", ".join(row["at"])]
                if top == "total"
                else top
            )
            if top is not None:
                row.update(numerator=top, value=float(f"{top / row['denominator'] * 100:.12g}"), blank="")
    few["disclosure"]["hidden"] = 1
    with pytest.raises(Unacceptable, match="»A, kort, i tælleren« er skjult, men kan regnes ud til netop 2"):
        check_release(signed(few))
    assert content["digest"] == digest_of_content(content)


def test_earlier_releases_are_judged_together():
    rng = np.random.default_rng(9)
    denominator = rng.integers(30, 120, (4, 3))
    numerator = rng.binomial(denominator, 0.12)
    fine = counts(numerator, denominator)
    coarse = counts(numerator.sum(axis=1), denominator.sum(axis=1), ("kommune",), (PLACES,))
    first = release(*coarse, SMOKING, TERMS)
    known = [read_release(first)]
    second = release(*fine, SMOKING, TERMS, known=known)
    check_release(second, known=known)
    assert second["disclosure"]["together_with"] == [first["digest"][:12]]


def test_what_was_made_without_a_word_about_the_earlier_is_refused():
    """A table without totals is safe alone; beside the places' own numbers its one hidden cell follows."""
    fine = counts([[2, 30], [40, 50]], [[100, 100], [100, 100]], levels=(PLACES[:2], LEVELS[:2]))
    coarse = counts([32, 90], [200, 200], ("kommune",), (PLACES[:2],))
    before, terms = read_release(release(*coarse, SMOKING, TERMS)), Terms("Region Øst", margins="none")
    blind = release(*fine, SMOKING, terms)
    check_release(blind)
    with pytest.raises(Unacceptable, match="»A, kort, i tælleren« er skjult, men kan regnes ud til netop 2.*--known"):
        check_release(blind, known=[before])
    aware = release(*fine, SMOKING, terms, known=[before])
    check_release(aware, known=[before])
    assert aware["disclosure"]["hidden"] > blind["disclosure"]["hidden"]


def test_another_indicator_or_period_is_another_matter():
    first = read_release(made(definition=Definition("rygning", "2", "pct.", "2024")))
    assert made(known=(first,))["disclosure"]["together_with"] == []


def test_rates_of_events():
    rate = Definition("genindlæggelser", "1", "pr. 1.000", "2025", "rate", 1000.0)
    content = release(*counts([[200, 3], [70, 90]], [[100, 100], [100, 400]], levels=(PLACES[:2], LEVELS[:2])), rate, TERMS)
    accepted = check_release(content)
    assert len(accepted.published()) == 2
    assert content["rows"][0]["numerator"] in (None, 200)
    assert content["rows"][1]["numerator"] is None
    with pytest.raises(BadTable, match="har flere i tælleren end i nævneren"):
        release(*counts([[200, 3], [70, 90]], [[100, 100], [100, 400]], levels=(PLACES[:2], LEVELS[:2])), SMOKING, TERMS)


def test_those_who_are_not_in_the_numerator_may_be_few_too():
    content = release(*counts([[98, 40], [50, 60]], [[100, 90], [110, 120]], levels=(PLACES[:2], LEVELS[:2])), SMOKING, TERMS)
    assert content["rows"][0]["value"] is None


def test_nobody_in_a_group():
    content = release(*counts([[20, 0], [30, 10]], [[100, 0], [100, 90]], levels=(PLACES[:2], LEVELS[:2])), SMOKING, TERMS)
    assert content["rows"][1] == {"at": ["A", "mellem"], "numerator": 0, "denominator": 0, "value": None, "blank": "no_population"}
    check_release(content)


def test_zeros_the_owner_will_not_show():
    with pytest.raises(Unacceptable, match="viser nuller"):
        check_release(made(), zeros_small=True)
    check_release(made(terms=Terms("Region Øst", zeros_small=True)), zeros_small=True)


def test_names_that_point_to_persons():
    with pytest.raises(BadTable, match="ligner et personnummer"):
        release(*counts([[20], [30]], [[50], [60]], levels=(("010170-1234", "B"), ("kort",))), SMOKING, TERMS)
    with pytest.raises(BadTable, match="skal alle have et navn"):
        made(terms=Terms(" "))


def test_all_totals_may_be_too_much_to_ask():
    with pytest.raises(Infeasible, match="under tærsklen|regnes ud"):
        release(
            *counts([[1, 1], [30, 30]], [[50, 50], [60, 60]], levels=(PLACES[:2], LEVELS[:2])), SMOKING, Terms("Region Øst", margins="all")
        )


def test_the_platform_judges_in_a_child():
    first = made()
    content = json.dumps(first).encode()
    assert admit(content, [content]) == first
    with pytest.raises(Unacceptable, match="siger 10"):
        admit(content, threshold=10)
    with pytest.raises(Unacceptable, match="kan ikke læses som JSON"):
        admit(b"{", [content])
