"""`indicator`: from a stranger's table to JSON that follows its schema and a picture, or one sentence that tells what to do."""

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from tovholder.evidence import commands
from tovholder.evidence.commands import indicator, main
from tovholder.evidence.indicators import MEASURES
from tovholder.evidence.reading import Measurements
from tovholder.evidence.reading.measurements import read_measurements

pytestmark = pytest.mark.once
SCHEMA = json.loads((Path(commands.__file__).parents[1] / "schema" / "indicator-1.json").read_text("utf-8"))
MONTHS = [f"{2023 + place // 12}-{place % 12 + 1:02d}" for place in range(30)]
LINE = [
    112,
    104,
    111,
    118,
    95,
    102,
    113,
    104,
    122,
    113,
    105,
    111,
    93,
    114,
    102,
    113,
    91,
    114,
    103,
    112,
    106,
    99,
    108,
    110,
    70,
    72,
    69,
    75,
    71,
    68,
]
TABLES = {
    "areas": "Kommune;Tæller;Nævner;Forventet\n" + "".join(f"Kommune {n};{40 + 7 * (n % 5)};{1000 + 13 * n};50,5\n" for n in range(14)),
    "time": "Måned;Tæller;Nævner\n" + "".join(f"{month};{x};1.000\n" for month, x in zip(MONTHS, LINE)),
    "values": "Periode;Værdi\n" + "".join(f"{month};{x / 10}\n".replace(".", ",") for month, x in zip(MONTHS, LINE)),
    "groups": "Uddannelse;Rækkefølge;Tæller;Nævner\nLang;4;60;1000\nGrundskole;1;300;1500\nFaglært;2;450;3000\nMellem;3;120;1400\n",
    "ages": "Kommune;Alder;Døde;Personer;Standardbefolkning\n"
    + "".join(
        f"{area};{age};{x};{n};{s}\n" for area in ("Ærø", "Vejle") for age, x, n, s in (("0-64", 30, 9000, 80), ("65+", 90, 2000, 20))
    ),
}
TABLE_OF = {
    **dict.fromkeys(("proportion", "rate", "funnel", "shrink", "potential"), "areas"),
    **dict.fromkeys(("p", "p'", "u", "u'", "its", "xmr", "run"), "time"),
    **dict.fromkeys(("c", "g", "t", "mean"), "values"),
    **dict.fromkeys(("dsr", "isr", "le"), "ages"),
}
ASKED = {
    "its": ("--event", "2025-01"),
    **dict.fromkeys(("d", "r", "mdbu", "mdbw", "par", "paf"), ("--improvement", "decrease")),
    **dict.fromkeys(("mdru", "mdrw"), ("--reference", "Lang")),
}


@pytest.fixture
def read_here(monkeypatch):
    """Reads in this process: a child for each of a hundred small tables would take the time of a coffee."""

    def read(path):
        found = read_measurements(path)
        return Measurements(
            found["columns"],
            tuple(found["row"]),
            {role: tuple(column) for role, column in found["texts"].items()},
            {role: tuple(column) for role, column in found["numbers"].items()},
            {role: tuple(column) for role, column in found["suppressed"].items()},
            tuple(found["notices"]),
        )

    monkeypatch.setattr(indicator, "read_measurements", read)


def run(folder, text, *arguments, encoding="utf-8"):
    path = folder / "målinger.csv"
    path.write_bytes(text.encode(encoding))
    return main(["indicator", str(path), "--json", str(folder / "ud.json"), *map(str, arguments)])


def told(folder):
    found = json.loads((folder / "ud.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_follows_the_schema(tmp_path, measure, capsys, read_here):
    assert run(tmp_path, TABLES[TABLE_OF.get(measure, "groups")], "--measure", measure, *ASKED.get(measure, ())) == 0, (
        capsys.readouterr().err
    )
    found = told(tmp_path)
    assert found["measure"] == measure
    assert found["method"]
    assert found["rows"]
    assert len(found["inputs"]["measurements"]) == 64


PICTURES = ["p", "xmr", "its", "run", "u", "funnel", "sii", "rii", "gini", "lorenz", "rci", "aci"]


@pytest.mark.parametrize("measure", PICTURES)
def test_pictures_stand_alone(tmp_path, measure, read_here):
    svg = tmp_path / "billede.svg"
    table = TABLES[TABLE_OF.get(measure, "groups")]
    assert run(tmp_path, table, "--measure", measure, "--name", "Genindlæggelser & <andet>", "--svg", svg, *ASKED.get(measure, ())) == 0
    picture = ElementTree.fromstring(svg.read_text("utf-8"))
    assert picture.tag.endswith("svg")
    text = " ".join(picture.itertext())
    assert len(text) > 60
    assert "version 1" in text


def test_several_lines_are_small_multiples(tmp_path, read_here):
    rows = "".join(f"{area};{month};{x}\n" for area in ("Ærø", "Vejle") for month, x in zip(MONTHS, LINE))
    assert run(tmp_path, "Kommune;Måned;Værdi\n" + rows, "--measure", "xmr", "--svg", tmp_path / "b.svg") == 0
    assert "Ærø" in (tmp_path / "b.svg").read_text("utf-8")
    assert [one["area"] for one in told(tmp_path)["found"]["series"]] == ["Vejle", "Ærø"]


def test_the_same_figures_however_the_table_is_written(tmp_path, read_here):
    danish = "Kommune;Tæller;Nævner\nÆrø;<5;80\nOdense;1.234;10.000\nVejle;0;0\n"
    ways = [
        (danish, "utf-8"),
        (danish, "utf-8-sig"),
        (danish, "cp1252"),
        (danish.replace("\n", "\r\n"), "utf-16"),
        (danish.replace(";", "\t"), "utf-8"),
        ("denominator,area,numerator\n10000,Odense,1234\n0,Vejle,0\n80,Ærø,*\n", "utf-8"),
        ('Nævner;Kommune;Tæller\n\n"10 000";Odense;"1234,0"\n80;Ærø;..\n0;Vejle;0\n', "utf-8"),
    ]
    found = []
    for text, encoding in ways:
        assert run(tmp_path, text, "--measure", "proportion", encoding=encoding) == 0
        found.append((tmp_path / "ud.json").read_bytes())
    assert set(found) == {found[0]}
    rows = {row["area"]: row for row in told(tmp_path)["rows"]}
    assert rows["Odense"]["value"] == pytest.approx(12.34)
    assert (rows["Ærø"]["value"], rows["Ærø"]["why"]) == (None, "suppressed")
    assert rows["Vejle"]["why"] == "no_population"


def test_how_a_number_was_read_is_told(tmp_path, capsys):
    assert run(tmp_path, "Kommune;Tæller;Nævner\nOdense;1.234;2.000\n", "--measure", "proportion") == 0
    assert "Række 2, »Tæller«: »1.234« er læst som 1234." in capsys.readouterr().err


HEAD = "Kommune;Tæller;Nævner\n"
WRONG = [
    ("Kommune\tAndel\nOdense\t12;5\n", ("mean",), "Række 2, »Andel«: »12;5« kan vi ikke læse som et tal. Skriv 12,5."),
    (HEAD + "Odense;-3;80\n", ("proportion",), "Række 2, »Tæller«: -3 er ikke et antal. Antal kan ikke være under 0."),
    (HEAD + "Odense;90;80\n", ("proportion",), "Række 2, »Tæller«: tælleren 90 er større end nævneren 80."),
    (HEAD + "Odense;9;80\n\nOdense;8;80\n", ("rate",), "Række 4: »Odense« står også i række 2. Slet den ene."),
    (HEAD + "Odense;9;80\n;8;80\n", ("rate",), "Række 3, »Kommune«: feltet er tomt."),
    (
        "Kommune;Udtræk;Tæller;Nævner\na;2025;1;9\nb;2026;1;9\n",
        ("rate",),
        "Række 3, »Udtræk«: tallene er fra flere udtræk: »2025«, »2026«.",
    ),
    (
        "Gruppe;Befolkningsandel;Værdi;Nedre;Øvre\na;30;5;4;6\nb;50;4;3;5\nc;10;3;2;4\n",
        ("sii",),
        "Række 2, »Befolkningsandel«: gruppernes andele",
    ),
    (TABLES["time"].replace("2023-02", "2023-14"), ("p",), "Række 3, »Måned«: »2023-14« er ikke en periode."),
    (TABLES["time"].replace("Måned", "Hvornår"), ("p",), "Række 1: et diagram over tid (p) skal have kolonnen »periode« (eller »period«)."),
    (TABLES["areas"], ("proportion", "--season", "12"), "»season« bruges ikke til proportion."),
    (TABLES["areas"], ("proportion", "--conf", "ja"), "--conf skal være et tal, ikke »ja«."),
    (TABLES["areas"], ("proportion", "--conf", "120"), "Sikkerheden skal ligge fra 0,5 til under 1"),
    (TABLES["areas"], ("funnel", "--method", "x"), "»x« kan ikke vælges som metode. Vælg none eller additive eller multiplicative."),
    (TABLES["areas"], ("andel",), "Vi kender ikke målet »andel«."),
    (TABLES["time"], ("its", "--event", "2026-06"), "--event: 2026-06 er ikke i tabellen. Den går fra 2023-01 til 2025-06."),
    (TABLES["time"], ("its", "--event", "2025-01", "--season", "x"), "--season skal være antal målinger på et år"),
    (TABLES["areas"], ("proportion", "--svg", "{}/b.svg"), "proportion har intet billede."),
    (TABLES["areas"], ("funnel", "--svg", "{}/ud.json"), "--json og --svg skal være to forskellige filer."),
    (TABLES["ages"], ("dsr", "--standard", "who"), "»who« kan ikke vælges som standardbefolkning. Vælg esp2013."),
]


@pytest.mark.parametrize(("text", "arguments", "said"), WRONG, ids=[one[2][:40] for one in WRONG])
def test_one_sentence_when_something_is_wrong(tmp_path, capsys, text, arguments, said, read_here):
    assert run(tmp_path, text, "--measure", *(one.format(tmp_path) for one in arguments)) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "Traceback" not in err
    assert not (tmp_path / "ud.json").exists()


def test_never_over_the_file_that_was_read(tmp_path, capsys):
    path = tmp_path / "m.csv"
    path.write_text(TABLES["areas"])
    assert main(["indicator", str(path), "--measure", "rate", "--json", str(path)]) == 2
    assert "er en af de filer, der skal læses" in capsys.readouterr().err
    assert path.read_text() == TABLES["areas"]
    assert main(["indicator", str(path), "--json", str(tmp_path / "ud.json")]) == 2
    assert "Der mangler --measure" in capsys.readouterr().err
