"""Files of figures held against what is known: the right rows come through, and each wrong one is refused in a sentence."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.delivered_tables import (
    BROKEN,
    DRAWN,
    INDICATORS,
    KNOWN,
    MEMBERS,
    held,
    parsed,
    sentences,
)
from tovholder.evidence.delivered.known import Known, Member, in_words
from tovholder.evidence.delivered.places import Places
from tovholder.evidence.delivered.previewing import preview
from tovholder.evidence.delivered.releasing import Unlike, period_written
from tovholder.evidence.delivered.resolving import figures_digest

HEAD = "Kommune;Periode;Tæller;Nævner"


def one(found):
    """The only row that came through."""
    assert found.frame.height == 1, sentences(found)
    return found.frame.row(0, named=True)


@pytest.mark.parametrize("written", ["0575", "575", "Vejen", "Vejen Kommune", "vejen kommune", " Vejen  Kommune "])
def test_a_municipality_is_known_by_code_and_name(written):
    assert one(held(f"{HEAD}\n{written};2024;120;850"))["party_id"] == "k575"


@pytest.mark.parametrize(
    ("written", "party"),
    [("Hele landet", "dk"), ("Danmark", "dk"), ("Region Syddanmark", "r83"), ("Syddanmark", "r83"), ("1083", "r83"), ("Aeroe", "k492")],
)
def test_other_areas_are_known_too(written, party):
    assert one(held(f"{HEAD}\n{written};2024;120;850"))["party_id"] == party


# (table, the sentence of its one refused row)
REFUSED = [
    ("Vejn;2024;120;850", "Række 2, »Kommune«: Vi kender ikke »Vejn«. Mente du »Vejen Kommune«?"),
    ("0999;2024;120;850", "Række 2, »Kommune«: Vi kender ikke »0999«. Skriv kommunenummeret, fx 0575, eller hele navnet."),
    (
        "Region Hovedstaden;2027;120;850",
        "Række 2, »Kommune«: Region Hovedstaden fandtes ikke i hele perioden 2027. Sidste dag var 31. december 2026."
        " Region Østdanmark har taget over.",
    ),
    (
        "Sundhedsråd Hovedstaden;2024;120;850",
        "Række 2, »Kommune«: Sundhedsråd Hovedstaden fandtes ikke i hele perioden 2024. Sundhedsråd Hovedstaden begynder 1. januar 2027.",
    ),
    (
        "Vejen;2003;120;850",
        "Række 2, »Kommune«: Vejen Kommune fandtes ikke i hele perioden 2003. Vejen Kommune begynder 1. januar 2007.",
    ),
    ("Vejen;2024;860;850", "Række 2, »Tæller«: »860« er flere end de 850, de er en del af."),
    ("Vejen;2024;120;", "Række 2, »Nævner«: nævneren mangler. Skriv den, så andelen kan regnes ud."),
    ("Vejen;2024;3;850", "Række 2, »Tæller«: tallet er mindre end 5. Lav en udgivelse i jeres sikre miljø, og læg den ind i stedet."),
    (
        "Vejen;2024;847;850",
        "Række 2, »Tæller«: færre end 5 af de 850 er ikke talt med. Lav en udgivelse i jeres sikre miljø, og læg den ind i stedet.",
    ),
    (
        "Vejen;2024;20;90",
        "Række 2, »Tæller«: tallet handler om 90, og det er færre end 100. Lav en udgivelse i jeres sikre miljø, og læg den ind i stedet.",
    ),
]


@pytest.mark.parametrize(("line", "sentence"), REFUSED)
def test_a_wrong_row_is_refused_in_a_sentence(line, sentence):
    found = held(f"{HEAD}\n{line}")
    assert sentences(found) == [sentence]
    assert (found.frame.height, found.refused_count) == (0, 1)


@pytest.mark.parametrize(
    ("indicator", "period", "sentence"),
    [
        ("genin", "2024", "Række 2, »Indikator«: Vi kender ikke indikatoren »genin«. Mente du »genind«?"),
        ("vaek", "2024", "Række 2, »Indikator«: Væk er trukket tilbage. Vælg en anden."),
        ("andres", "2024", "Række 2, »Indikator«: Andres ejes af Region Nordjylland. Kun ejeren kan lægge tal ind."),
        ("kol", "2024", "Række 2, »Periode«: Indlæggelser, KOL har ingen definition i kraft. Skriv definitionen først."),
        (
            "brudt", "2009",
            "Række 2, »Periode«: Ingen definition af Brudt gjaldt i 2009. Den første gælder fra 1. januar 2010.",
        ),
        (
            "brudt", "2024",
            "Række 2, »Periode«: Perioden går hen over 1. juli 2024, hvor definitionen blev ændret. Del tallet op før og efter den dag.",
        ),
    ],
)  # fmt: skip
def test_an_indicator_must_be_there_and_defined_in_the_period(indicator, period, sentence):
    assert sentences(held(f"{HEAD};Indikator\nVejen;{period};120;850;{indicator}")) == [sentence]


def test_a_series_over_a_break_gives_each_row_its_definition():
    rows = "\n".join(f"Vejen;2024-{month:02d};120;850" for month in range(1, 13))
    found = held(f"{HEAD}\n{rows}", indicator="brudt")
    assert found.frame["definition_id"].to_list() == ["d3"] * 6 + ["d4"] * 6


def test_values_are_counted_and_rounded_ones_agree():
    table = "Kommune;Periode;Tæller;Nævner;Andel\nVejen;2023;120;850;14,1\nVejen;2024;121;850;14,2\nVejen;2025;130;850;"
    found = held(table)
    assert [round(value, 4) for value in found.frame["value"]] == [14.1, 14.2, round(130 / 8.5, 4)]


def test_a_value_that_contradicts_its_counts_is_refused_with_what_they_give():
    found = held("Kommune;Periode;Tæller;Nævner;Andel\nVejen;2023;120;850;14,1\nVejen;2024;120;850;16,1")
    assert sentences(found) == ["Række 3, »Andel«: »16,1« passer ikke med 120 af 850, som giver 14,1. Ret det ene."]
    share = held("Kommune;Periode;Tæller;Nævner;Værdi\nVejen;2024;120;850;0,141")
    assert sentences(share) == ["Række 2, »Værdi«: »0,141« passer ikke med 120 af 850, som giver 14,1. Skriv tallet ganget med 100."]


def test_nobody_in_the_denominator_is_a_blank_with_its_reason():
    found = held(f"{HEAD}\nVejen;2024;0;0")
    assert one(found) | {"why": "missing", "value": None, "numerator": None} == one(found)


def test_no_events_are_nought():
    assert one(held(f"{HEAD}\nVejen;2024;0;850"))["value"] == 0


@pytest.mark.parametrize("mark", ["<5", ".", "..", "*", "x"])
def test_a_hidden_count_is_hidden_and_never_nought(mark):
    row = one(held(f"{HEAD};Andel\nVejen;2024;{mark};850;14,1"))
    assert (row["why"], row["numerator"], row["value"], row["denominator"]) == ("suppressed", None, None, 850)


def test_a_day_that_has_not_come_is_refused():
    found = held(f"{HEAD};Udtræk\nVejen;2024;120;850;1-12-2026")
    assert sentences(found) == ["Række 2, »Udtræk«: 1. december 2026 er ikke kommet endnu. Skriv dagen, hvor tallene blev trukket."]
    nothing = held(f"{HEAD}\nVejen;2024;120;850", drawn_on=None)
    assert sentences(nothing) == ["Række 2, »Udtræk«: skriv, hvilken dag tallene er trukket – i rækken eller for hele filen."]


def test_two_vintages_that_the_file_parts_become_two():
    found = held(f"{HEAD};Udtræk\nVejen;2024;120;850;12-11-2025\nVejen;2024;121;850;12-11-2026")
    assert [(part.drawn_on, part.rows) for part in found.parts] == [(date(2025, 11, 12), 1), (date(2026, 11, 12), 1)]


def test_the_same_area_by_two_names_with_two_figures_is_refused_both_times():
    found = held(f"{HEAD}\nVejen;2024;120;850\n0575;2024;130;850\nÆrø;2024;120;850")
    assert found.frame["party_id"].to_list() == ["k492"]
    assert len(found.refused) == 2
    assert found.notices[0].startswith("Filen ligner to udtræk lagt sammen")


def test_the_same_figure_twice_is_kept_once():
    found = held(f"{HEAD}\nVejen;2024;120;850\n0575;2024;120;850")
    assert found.frame.height == 1
    assert sentences(found) == ["Række 3, »Kommune«: står allerede i række 2. Den ene er taget med."]


REGIONAL = "Region;Periode;Opdeling;Gruppe;Tæller;Nævner"


@pytest.mark.parametrize(
    ("breakdown", "group", "expected"),
    [("Uddannelse", "Grundskole", 1), ("education", "basic", 1), ("Education", "Primary school", 1), ("køn", "MÆND", 4)],
)
def test_groups_are_known_in_both_languages_and_by_code(breakdown, group, expected):
    assert one(held(f"{REGIONAL}\nRegion Syddanmark;2024;{breakdown};{group};120;850"))["group_id"] == expected


@pytest.mark.parametrize(
    ("breakdown", "group", "sentence"),
    [
        ("Uddannelse", "Ph.d.", "Vi kender ikke gruppen »Ph.d.« i »Uddannelse«. Grupperne er »Grundskole«, »Lang«."),
        ("Stjernetegn", "Vædder", "Vi kender ikke opdelingen »Stjernetegn«. Vi kender »Uddannelse«, »Køn«, »Familiesocialgruppe«."),
        (
            "Familiesocialgruppe", "Øverst",
            "Opdelingen »Familiesocialgruppe« har ingen grupper endnu, for kilden nævner dem ikke. Skriv til den driftsansvarlige.",
        ),
    ],
)  # fmt: skip
def test_an_unknown_group_is_refused_with_those_there_are(breakdown, group, sentence):
    found = held(f"{REGIONAL}\nRegion Syddanmark;2024;{breakdown};{group};120;850")
    assert sentences(found) == [f"Række 2, »Gruppe«: {sentence}"]


def test_a_column_of_its_own_splits_too_but_never_two_at_once():
    head = "Region;Periode;Køn;Alder;Tæller;Nævner"
    assert one(held(f"{head}\nRegion Syddanmark;2024;Kvinder;I alt;120;850"))["group_id"] == 3
    twice = held(f"{head}\nRegion Syddanmark;2024;Kvinder;0-17 år;120;850")
    assert "delt op på køn og alder på én gang" in sentences(twice)[0]


def test_groups_below_a_region_must_come_as_a_release():
    found = held(f"{REGIONAL}\nVejen;2024;Uddannelse;Grundskole;120;850")
    assert "Vejen Kommune er mindre end en region, og rækken er delt op i grupper." in sentences(found)[0]


def test_one_small_figure_takes_its_whole_set_and_leaves_the_others():
    rows = "Vejen;2024;120;850\nÆrø;2024;3;850\nVejen;2024-01;12;850\nRegion Syddanmark;2024;400;9000"
    found = held(f"{HEAD}\n{rows}")
    assert sorted(found.frame["party_id"].to_list()) == ["k575", "r83"]
    told = sentences(found)
    assert "rækken hører sammen med række 3" in told[0]
    assert "Række 3, »Tæller«: tallet er mindre end 5." in told[1]
    assert not any("»3«" in sentence for sentence in told)
    assert [row["found"] for row in found.refused] == ["", ""]


def test_new_figures_for_a_period_with_a_release_must_come_as_one():
    known = Known(KNOWN.areas, KNOWN.indicators, KNOWN.breakdowns, MEMBERS, withheld=[("i1", date(2024, 1, 1), date(2025, 1, 1))])
    found = held(f"{HEAD}\nVejen;2024;120;850\nVejen;2023;120;850", known=known)
    assert found.frame["period_from"].to_list() == [date(2023, 1, 1)]
    assert "for 2024 har vi en udgivelse med skjulte tal" in sentences(found)[0]


def test_a_release_is_not_held_to_the_rule_for_tables():
    assert held(f"{HEAD}\nVejen;2024;3;850", is_release=True).frame.height == 1


def test_what_stands_is_never_written_over():
    standing = pl.DataFrame(
        {
            "indicator_id": ["i1"],
            "party_id": ["k575"],
            "period_from": [date(2024, 1, 1)],
            "period_until": [date(2025, 1, 1)],
            "group_code": [""],
        }
    )
    found = held(f"{HEAD}\nVejen;2024;120;850\nVejen;2025;120;850", standing=standing, drawn={"i1": DRAWN})
    assert found.frame["period_from"].to_list() == [date(2025, 1, 1)]
    assert "Vejen Kommune, 2024 findes allerede i udtrækket fra 12. november 2026." in sentences(found)[0]


def test_missing_groups_and_sums_that_differ_are_told():
    missing = held(f"{REGIONAL}\nRegion Syddanmark;2024;Uddannelse;Grundskole;120;850")
    assert "1 sted mangler der grupper, fx Region Syddanmark 2024: 1 af 2. Ulighed kan ikke regnes ud der." in missing.notices
    rows = "Region Syddanmark;2024;;;400;2000\n" + "\n".join(
        f"Region Syddanmark;2024;Uddannelse;{name};150;850" for name in ("Grundskole", "Lang")
    )
    differing = held(f"{REGIONAL}\n{rows}")
    assert "giver grupperne tilsammen noget andet end alle, fx Region Syddanmark 2024: 300 mod 400 i tælleren." in differing.notices[0]


def test_years_need_no_counts():
    assert one(held("Region;Periode;Værdi\nRegion Syddanmark;2024;81,4", indicator="leveaar"))["value"] == 81.4


def test_the_digest_is_the_same_in_any_order_and_another_when_a_figure_is():
    first, second = "Vejen;2024;120;850", "Ærø;2024;130;850"
    digests = [
        held(f"{HEAD}\n{rows}").parts[0].digest for rows in (f"{first}\n{second}", f"{second}\n{first}", f"{first}\nÆrø;2024;131;850")
    ]
    assert digests[0] == digests[1] != digests[2]


def test_a_preview_says_what_would_be_stored():
    shown = preview(held(f"{HEAD}\nVejen;2024;120;850\nÆrø;2024;.;850"))
    assert (shown["rows"], shown["hidden"], shown["missing"]) == (2, 1, 0)
    assert shown["areas"] == [{"area_kind": "municipality", "areas": 2, "rows": 2}]
    assert shown["indicators"][0] | {"code": "genind", "areas": 2, "span": "2024", "definitions": ["1"]} == shown["indicators"][0]
    assert [row["area"] for row in shown["first"]] == ["Vejen Kommune", "Ærø Kommune"]


@pytest.mark.parametrize(
    ("first", "until", "words"),
    [
        (date(2024, 1, 1), date(2025, 1, 1), "2024"),
        (date(2024, 3, 1), date(2024, 4, 1), "marts 2024"),
        (date(2024, 4, 1), date(2024, 7, 1), "2. kvartal 2024"),
        (date(2023, 7, 1), date(2024, 7, 1), "1. juli 2023 – 30. juni 2024"),
    ],
)
def test_a_period_in_words(first, until, words):
    assert in_words(first, until) == words


@pytest.mark.parametrize(
    ("written", "first", "until"),
    [
        ("2025", date(2025, 1, 1), date(2026, 1, 1)),
        ("2025-12", date(2025, 12, 1), date(2026, 1, 1)),
        ("2025K4", date(2025, 10, 1), date(2026, 1, 1)),
        ("2025-01-01/2025-12-31", date(2025, 1, 1), date(2026, 1, 1)),
    ],
)
def test_the_period_of_a_release(written, first, until):
    assert period_written(written) == (first, until)


@pytest.mark.parametrize("written", ["", "i fjor", "2025-13", "2025-02-30/2025-03-01", "2025-03-02/2025-03-01"])
def test_a_period_nobody_can_read_is_refused(written):
    with pytest.raises(Unlike, match="kan vi ikke læse"):
        period_written(written)


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_whatever_stands_as_an_area_gets_an_area_or_a_sentence(written):
    found = Places(KNOWN.areas).find(written, date(2024, 1, 1), date(2025, 1, 1))
    assert not isinstance(found, str) or found.endswith((".", "?"))


def test_members_count_only_in_their_period():
    left = Known(KNOWN.areas, INDICATORS, KNOWN.breakdowns, [Member("k575", "r83"), Member("k492", "r83", None, date(2020, 1, 1))])
    rows = "Vejen;2024;.;850\nÆrø;2024;130;850\nRegion Syddanmark;2024;250;1700"
    assert held(f"{HEAD}\n{rows}", known=left).frame["party_id"].to_list() == ["r83"]
    assert BROKEN.code == "brudt"


def test_an_empty_delivery_is_empty_and_not_wrong():
    found = held(f"{HEAD}\nVejen;2003;120;850")
    assert (found.frame.height, found.parts, preview(found)["rows"]) == (0, [], 0)
    assert figures_digest(found.frame)


def test_the_reader_and_this_agree_on_the_columns():
    content, _taken = parsed(f"{HEAD}\nVejen;2024;120;850")
    assert content[:4] == b"PAR1"
