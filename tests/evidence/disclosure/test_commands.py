"""`suppress`, `audit` and `release` on the command line: files in, files that follow their schema out, and one sentence when not."""

import json
from pathlib import Path

import jsonschema
import pytest

from tovholder.evidence import commands
from tovholder.evidence.commands import main
from tovholder.evidence.disclosure.admission import admit
from tovholder.evidence.disclosure.laid_out import laid_out
from tovholder.evidence.reading import Unreadable

pytestmark = pytest.mark.once
SCHEMAS = Path(commands.__file__).parents[1] / "schema"
TIDY = "kommune;uddannelse;antal\nA;kort;40\nA;lang;12\nA;ukendt;2\nB;kort;25\nB;lang;33\nB;ukendt;7\nC;kort;3\nC;lang;22\nC;ukendt;9\n"
CROSSED = "kommune,kort,lang,ukendt,I alt\nA,40,12,2,54\nB,25,33,7,65\nC,3,22,9,34\nI alt,68,67,18,153\n"


def run(*arguments):
    return main([str(argument) for argument in arguments])


def follows(name, path):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    told = json.loads(path.read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(told)
    return told


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "tal.csv").write_text(TIDY)
    (tmp_path / "kryds.csv").write_text(CROSSED)
    rows = ["kommune,uddannelse,ryger"]
    for place in range(4):
        for level, people in (("kort", 60), ("lang", 9 + place)):
            rows += [f"K{place},{level},{int(n % 9 == 0)}" for n in range(people)]
    (tmp_path / "personer.csv").write_text("\n".join(rows) + "\n")
    (tmp_path / "omvendt.csv").write_text("\n".join([rows[0], *rows[:0:-1]]) + "\n")
    return tmp_path


def test_suppress_tidy_and_crossed(folder, capsys):
    told = []
    for name in ("tal.csv", "kryds.csv"):
        assert run("suppress", folder / name, "--json", folder / "ud.json") == 0
        told.append(follows("suppressed-1", folder / "ud.json"))
    assert [[row["n"] for row in one["cells"]] for one in told][0] == [row["n"] for row in told[1]["cells"]]
    hidden = {tuple(row["at"]) for row in told[0]["cells"] if row["n"] is None}
    assert {("A", "ukendt"), ("C", "kort")} < hidden
    assert {tuple(row["at"]): row["why"] for row in told[0]["private"]["hidden"]}.keys() == hidden
    assert told[0]["safe"]
    assert told[0]["private"]["fewest_proved"]
    assert "Traceback" not in capsys.readouterr().err


def test_what_was_suppressed_passes_the_audit_and_the_naive_does_not(folder, capsys):
    assert run("suppress", folder / "tal.csv", "--json", folder / "ud.json") == 0
    cells = follows("suppressed-1", folder / "ud.json")["cells"]
    lines = ["kommune;uddannelse;antal", *(";".join([*row["at"], ".." if row["n"] is None else str(row["n"])]) for row in cells)]
    (folder / "vist.csv").write_text("\n".join(lines) + "\n")
    assert run("audit", folder / "vist.csv", "--json", folder / "prøvet.json") == 0
    told = follows("audit-1", folder / "prøvet.json")
    assert told["safe"]
    assert len(told["hidden"]) == sum(row["n"] is None for row in cells)
    assert capsys.readouterr().out.endswith("Ingen skjulte tal kan regnes for nøje ud.\n")
    (folder / "naiv.csv").write_text(CROSSED.replace(",2,", ",<5,").replace("C,3,", "C,*,").replace("40", "40"))
    assert run("audit", folder / "naiv.csv", "--json", folder / "prøvet.json") == 1
    told = follows("audit-1", folder / "prøvet.json")
    assert {(row["at"], row["low"], row["high"]) for row in told["hidden"] if row["too_much"]} == {("A, ukendt", 2, 2), ("C, kort", 3, 3)}
    out = capsys.readouterr().out
    assert "»A, ukendt« kan være netop 2. Det er for nøje." in out
    assert out.endswith("2 tal siger for meget.\n")


def test_audit_sees_small_numbers_that_nobody_hid(folder, capsys):
    assert run("audit", folder / "tal.csv") == 1
    assert "»A, ukendt« viser 2, som er under 5." in capsys.readouterr().out
    assert run("audit", folder / "tal.csv", "--threshold", 2) == 0
    assert capsys.readouterr().out == "Intet er skjult, og intet vist tal er for småt.\n"


@pytest.mark.parametrize(
    ("mark", "most"), [("", -1), (".", -1), ("..", -1), ("*", -1), ("x", -1), ("<5", 4), ("≤4", 4), ("under 3", 2), ("skjult", -1)]
)
def test_marks_for_hidden(tmp_path, mark, most):
    (tmp_path / "t.csv").write_text(f"a;n\nx;{mark}\ny;7\n")
    told = laid_out(tmp_path / "t.csv", published=True)
    assert (told["counts"], told["most"]) == ([-1, 7, -2], [most, -1, -1])


def test_what_was_published_before_counts(folder, capsys):
    (folder / "før.csv").write_text("kommune;antal\nA;54\nB;65\nC;34\nI alt;153\n")
    (folder / "nu.csv").write_text(
        "kommune;uddannelse;antal\n" + "\n".join(row for row in TIDY.splitlines()[1:]).replace("ukendt;2", "ukendt;..") + "\n"
    )
    assert run("audit", folder / "nu.csv", "--known", folder / "før.csv") == 1
    assert "»A, ukendt« kan være netop 2" in capsys.readouterr().out
    assert run("suppress", folder / "tal.csv", "--known", folder / "før.csv", "--json", folder / "ud.json") == 0
    shown = {tuple(row["at"]): row["n"] for row in follows("suppressed-1", folder / "ud.json")["cells"]}
    assert [shown[place, "I alt"] for place in "ABC"] == [54, 65, 34]


def asked(folder, *more, name="personer.csv", by="kommune,uddannelse"):
    given = ("--by", by, "--indicator", "rygning", "--period", "2025", "--numerator", "ryger", "--owner", "Region Øst")
    return ("release", folder / name, *given, "--json", folder / "ud.json", *more)


def test_from_persons_to_a_release_that_is_taken_in(folder, capsys):
    assert run(*asked(folder, "--persons")) == 0
    told = follows("release-1", folder / "ud.json")
    first = (folder / "ud.json").read_bytes()
    assert admit(first) == told
    assert told["rows"][0]["at"] == ["K0", "kort"]
    assert told["digest"] in capsys.readouterr().err
    assert run(*asked(folder, "--persons", name="omvendt.csv")) == 0
    assert (folder / "ud.json").read_bytes() == first
    (folder / "før.json").write_bytes(first)
    assert run(*asked(folder, "--persons", "--known", folder / "før.json", by="uddannelse")) == 0
    again = follows("release-1", folder / "ud.json")
    assert again["disclosure"]["together_with"] == [told["digest"][:12]]
    assert admit((folder / "ud.json").read_bytes(), [first]) == again


def test_from_counts(folder):
    (folder / "n.csv").write_text("kommune;ryger;alle\nA;12;100\nB;30;200\n")
    given = asked(folder, "--denominator", "alle", "--unit", "pr. 1.000", "--per", "1.000", name="n.csv", by="kommune")
    assert run(*given) == 0
    told = follows("release-1", folder / "ud.json")
    assert [row["value"] for row in told["rows"]] == [120, 150, 140]
    (folder / "nøgle").write_text("en nøgle som kun vi kender")
    assert run(*given, "--key", folder / "nøgle") == 0
    assert len(follows("release-1", folder / "ud.json")["inputs"]["keyed"]) == 64


def wrong_tables():
    """A file's text and the sentence it gives."""
    return [
        ("a;n\nx;-3\n", "Række 2, kolonne »n«: »-3« er under 0."),
        ("a;n\nx;2,5\n", "»2,5« er ikke et helt tal."),
        ("a;n\nx;1.234\n", "»1.234«: skriv antallet uden punktum eller mellemrum, for eksempel 1234."),
        ("a;n\nx;mange\n", "»mange« er ikke et antal."),
        ("a;n\nx;\n", "her mangler et antal."),
        ("a;n\nx;<5\n", "Er tallene allerede skjult, så brug audit."),
        ("a;n\nx;-\n", "kan betyde både 0 og skjult"),
        ("a;n\nx;3\nx;4\n", "Række 3, kolonne »n«: »x« står også i række 2."),
        ("a;n\nx;9\ny;8\nI alt;18\n", "Række 4, kolonne »n«: »I alt« er 18, men tallene giver 17 tilsammen."),
        ("a;n\nI alt;18\n", "Der er ingen tal i »t.csv« ud over totaler."),
        ("a;n\n", "Der er ingen tal i »t.csv«"),
        ("n\n3\n", "»t.csv« har kun en kolonne."),
        ("a;a;n\nx;y;3\n", "»a« står to gange."),
        ("a;b;b\nx;3;4\n", "»b« står to gange."),
        ("a;n\n010170-1234;9\n", "ligner et personnummer"),
        (";".join("abcdefg") + ";n\n" + ";".join("1234567") + ";3\n", "Brug højst 6 ad gangen."),
        ("a;b;n\n" + "".join(f"{n};{n};9\n" for n in range(200)), "over 20.000 celler"),
        ("", "er tom"),
    ]


@pytest.mark.parametrize(("text", "sentence"), wrong_tables(), ids=range(len(wrong_tables())))
def test_a_table_that_is_wrong_gets_a_sentence(tmp_path, text, sentence):
    (tmp_path / "t.csv").write_text(text)
    with pytest.raises(Unreadable) as wrong:
        laid_out(tmp_path / "t.csv", published=False)
    assert sentence in str(wrong.value)


def wrong_arguments(folder):
    table, out = folder / "tal.csv", folder / "ud.json"
    (folder / "minus.csv").write_text("a;n\nx;-3\n")
    (folder / "umulig.csv").write_text("a;b;n\nx;p;1\nx;q;1\ny;p;30\ny;q;30\n")
    (folder / "ikke.json").write_text('{"schema": "x"}')
    (folder / "cpr.csv").write_text("kommune,ryger\n0101701234,1\n")
    (folder / "enkelte.csv").write_text("id,ryger\n" + "".join(f"p{n},1\n" for n in range(60)))
    (folder / "to.csv").write_text("kommune,ryger,alle\nA,1,2\nA,1,3\n")
    (folder / "fem.csv").write_text("kommune,ryger\nA,5\n")
    return [
        (("suppress", table), "Der mangler --json."),
        (
            ("suppress", table, "--json", out, "--threshold", "1"),
            "--threshold skal være et helt tal fra 2 til 1000, ikke »1«. Med 1 er intet",
        ),
        (("suppress", table, "--json", out, "--criterion", "x"), "Vælg range eller exact."),
        (("suppress", table, "--json", table), "er en af de filer, der skal læses"),
        (("suppress", folder / "umulig.csv", "--margins", "all", "--json", out), "»x, I alt« er under tærsklen på 5"),
        (("suppress", folder / "minus.csv", "--json", out), "Række 2, kolonne »n«: »-3« er under 0."),
        (("audit", folder / "ingen.csv"), "Filen »ingen.csv« findes ikke."),
        (asked(folder), "Skriv --denominator med kolonnen for nævneren, eller --persons"),
        (asked(folder, "--persons", by="kommune,alder"), "Række 1: kolonnen »alder« findes ikke i »personer.csv«."),
        (asked(folder, "--persons", by="kommune,kommune"), "--by skal være kolonner med komma imellem"),
        (asked(folder, "--persons", "--per", "0"), "--per skal være et tal over 0"),
        (asked(folder, "--persons", "--known", folder / "ikke.json"), "»ikke.json«: »by« mangler i filen."),
        (asked(folder, "--persons", "--known", folder / "væk.json"), "Filen »væk.json« findes ikke."),
        (asked(folder, "--persons", name="cpr.csv", by="kommune"), "ligner et personnummer"),
        (asked(folder, "--persons", name="enkelte.csv", by="id"), "peger på personer"),
        (asked(folder, "--persons", name="fem.csv", by="kommune"), "her skal stå 0 eller 1 for hver person"),
        (asked(folder, "--denominator", "alle", name="to.csv", by="kommune"), "Række 3: kombinationen står to gange."),
    ]


def test_what_is_asked_wrongly_gets_one_sentence(folder, capsys):
    for arguments, sentence in wrong_arguments(folder):
        assert run(*arguments) == 2, arguments
        said = capsys.readouterr().err
        assert sentence in said, (arguments, said)
        assert "0101701234" not in said
        assert len(said.strip().splitlines()) == 1, said
        assert not (folder / "ud.json").exists()


def test_missing_combinations_are_told(folder, capsys):
    (folder / "t.csv").write_text("a;b;n\nx;p;30\ny;q;40\n")
    assert run("suppress", folder / "t.csv", "--json", folder / "ud.json") == 0
    assert "2 kombinationer mangler og tæller som 0." in capsys.readouterr().err
