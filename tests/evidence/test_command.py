"""`python -m tovholder.evidence`: what is written, that it follows its schema, and one sentence when something is wrong."""

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.evidence.test_result import conversation
from tovholder.evidence import commands
from tovholder.evidence.commands import main, progress

pytestmark = pytest.mark.once
SCHEMAS = Path(commands.__file__).parents[1] / "schema"


def follows(name, told):
    schema = json.loads((SCHEMAS / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(told)
    return told


@pytest.fixture
def files(tmp_path):
    rows, sectors = conversation()
    votes = ["participant,statement,vote", *(f"{who},{what},{answer}" for who, what, answer in rows)]
    (tmp_path / "svar.csv").write_text("\n".join(votes) + "\n")
    (tmp_path / "omvendt.csv").write_text("\n".join([votes[0], *votes[:0:-1]]) + "\n")
    (tmp_path / "sektorer.csv").write_text("deltager;sektor\n" + "".join(f"{who};{what}\n" for who, what in sectors.items()))
    (tmp_path / "udsagn.csv").write_text("udsagn;tekst;modereret\n1;Ring dagen efter;1\n0;Reklame;-1\n")
    (tmp_path / "grupper.json").write_text(json.dumps({who: n % 2 for n, who in enumerate(sectors)} | {"ukendt": 1}))
    return tmp_path


def run(*arguments):
    return main([str(argument) for argument in arguments])


def test_from_votes_to_json_and_map(files, capsys):
    out = files / "ud.json"
    asked = ("--sectors", files / "sektorer.csv", "--statements", files / "udsagn.csv", "--seed", 7, "--svg", files / "kort.svg")
    assert run("opinion", files / "svar.csv", *asked, "--json", out) == 0
    told = follows("opinion-1", json.loads(out.read_text("utf-8")))
    assert told["parameters"]["seed"] == 7
    assert told["parameters"]["left_out"] == ["0"]
    assert set(told["agreement"]) == {"1", "2", "3"}
    assert next(row for row in told["statements"] if row["statement"] == "1")["text"] == "Ring dagen efter"
    assert set(told["groups"].values()) == {"A", "B"}
    assert len(told["memberships"]) == 90
    assert "To grupper" in (files / "kort.svg").read_text("utf-8")
    assert sorted(path.name for path in files.iterdir() if path.name.startswith(".")) == []
    assert "Traceback" not in capsys.readouterr().err


def test_public_is_the_same_without_people_and_the_order_of_rows_does_not_count(files):
    private, public = files / "ud.json", files / "ud-til-alle.json"
    assert run("opinion", files / "svar.csv", "--json", private) == 0
    assert run("opinion", files / "omvendt.csv", "--public", "--json", public, "--svg", files / "kort.svg") == 0
    told, to_all = (follows("opinion-1", json.loads(path.read_text("utf-8"))) for path in (private, public))
    assert to_all == {key: value for key, value in told.items() if key not in ("groups", "memberships")}
    assert to_all["basis"] == "groups"


def test_polis_mode_gives_its_published_quantities(files, capsys):
    out = files / "ud.json"
    asked = ("--mode", "polis", "--groups", files / "grupper.json", "--json", out, "--svg", files / "kort.svg")
    assert run("opinion", files / "svar.csv", *asked) == 0
    told = follows("polis-1", json.loads(out.read_text("utf-8")))
    assert told["groups"] == {f"p{n}": str(n % 2) for n in range(90)}
    assert "1 deltager i »grupper.json« har ikke svaret" in capsys.readouterr().err
    rows, _ = conversation()
    for group in ("0", "1"):
        mine = [(what, answer) for who, what, answer in rows if int(who[1:]) % 2 == int(group)]
        assert told["group_votes"][group]["n-members"] == 45
        for statement, counts in told["group_votes"][group]["votes"].items():
            given = [answer for what, answer in mine if what == statement]
            assert counts == {"A": given.count(1), "D": given.count(-1), "S": len(given)}
    shares = {key: [told["group_votes"][group]["votes"][key] for group in "01"] for key in told["group_aware_consensus"]}
    for key, value in told["group_aware_consensus"].items():
        expected = 1.0
        for counts in shares[key]:
            expected *= (counts["A"] + 1) / (counts["S"] + 2)
        assert value == pytest.approx(expected, abs=1e-15)
    assert set(told["repness"]) == {"0", "1"}
    assert set(told["priorities"]) == set(told["components"]["statements"])
    assert run("opinion", files / "svar.csv", "--mode", "polis", "--json", out) == 0
    assert set(follows("polis-1", json.loads(out.read_text("utf-8")))["groups"]) <= {f"p{n}" for n in range(90)}


def test_campaigns_show_the_template_and_each_copys_own_words(tmp_path):
    letter = "Vi protesterer mod lukningen af skadestuen i Frederikshavn, fordi der er for langt til Hjørring for de ældre og syge borgere"
    rows = [f'k{n},"{letter}. Min mor er {70 + n} år og har ingen bil."' for n in range(6)] + [
        'a,"Jeg har ventet i fire timer på en læge."'
    ]
    (tmp_path / "tekster.csv").write_text("id,text\n" + "\n".join(rows) + "\n", "utf-8")
    assert run("campaigns", tmp_path / "tekster.csv", "--json", tmp_path / "ud.json") == 0
    told = follows("campaigns-1", json.loads((tmp_path / "ud.json").read_text("utf-8")))
    assert (told["texts"], told["individual"], len(told["campaigns"])) == (7, 1, 1)
    found = told["campaigns"][0]
    assert [copy["id"] for copy in found["copies"]] == [f"k{n}" for n in range(6)]
    assert "skadestuen" in " ".join(found["template"])
    assert all(str(70 + n) in " ".join(own["text"] for own in copy["own_words"]) for n, copy in enumerate(found["copies"]) if n)


@pytest.mark.slow
def test_coding_is_measured_and_coders_compared(tmp_path):
    words = {"ventetid": "ventede længe i telefonkø timer", "mad": "kold mad suppe sulten frokost", "ros": "søde dygtige venlige tak"}
    texts, labels = ["id,text"], ["id,label,coder"]
    for n in range(60):
        name = list(words)[n % 3]
        texts.append(f"t{n},{' '.join(words[name].split()[n % 2 :])} nummer {n}")
        labels += [f"t{n},{name},x"] + ([f"t{n},{name if n % 5 else 'mad'},y"] if n < 30 else [])
    (tmp_path / "tekster.csv").write_text("\n".join([*texts, "ny,mere telefonkø i timer"]) + "\n", "utf-8")
    (tmp_path / "mærkater.csv").write_text("\n".join(labels) + "\n", "utf-8")
    asked = ("code", tmp_path / "tekster.csv", tmp_path / "mærkater.csv", "--json", tmp_path / "ud.json")
    assert run(*asked) == 0
    told = follows("coding-1", json.loads((tmp_path / "ud.json").read_text("utf-8")))
    assert (told["texts"], told["coded"], told["codes"], told["parameters"]["coders"]) == (61, 60, 3, 2)
    assert told["f1"]["samples"]["value"] > 0.7
    assert 0.5 < told["agreement"]["alpha"] < 1
    assert [one["id"] for one in told["suggestions"]] == ["ny"]
    (tmp_path / "mærkater.csv").write_text("id,label\nt0,mad\n\nt99,mad\n", "utf-8")
    assert run(*asked) == 2


def wrong(files):
    """Arguments and the one sentence they give."""
    svar, out = files / "svar.csv", files / "ud.json"
    (files / "fremmede.csv").write_text("participant,sector\nx,kommune\n")
    (files / "to.csv").write_text("participant,statement,vote\n1,1,2\n")
    (files / "alle-ude.csv").write_text("statement,moderated\n" + "".join(f"{n},-1\n" for n in range(16)))
    return [
        ((), "Der mangler opinion, campaigns, code, indicator, suppress, release, audit eller verify."),
        (("gæt",), "Vi kender ikke »gæt«. Vælg opinion, campaigns, code, indicator, suppress, release, audit eller verify."),
        (("opinion", svar), "Der mangler --json."),
        (("opinion", "--json", out), "Der mangler STEMMER.csv."),
        (("opinion", svar, "--json"), "Der mangler noget efter --json."),
        (("opinion", svar, "--json", out, "--mode", "x"), "Vi kender ikke »x«. Vælg tovholder eller polis."),
        (("opinion", svar, "--json", out, "--hurtigt"), "Vi kender ikke --hurtigt."),
        (("opinion", svar, "--json", out, "--seed", "-1"), "--seed skal være et helt tal fra 0"),
        (("opinion", svar, "--json", out, "--smallest", "1"), "--smallest skal være et helt tal fra 3 til 1000, ikke »1«."),
        (("opinion", svar, "--json", out, "--mode", "polis", "--public"), "Brug --public uden --mode polis."),
        (("opinion", svar, "--json", out, "--groups", files / "grupper.json"), "Skriv også --mode polis"),
        (("opinion", svar, "--json", svar), "»svar.csv« er en af de filer, der skal læses."),
        (("opinion", svar, "--json", out, "--svg", out), "skal være to forskellige filer"),
        (("opinion", svar, "--json", files), "er en mappe. Skriv navnet på den fil"),
        (("opinion", svar, "--json", files / "væk" / "ud.json"), "Mappen til »ud.json« findes ikke."),
        (("opinion", files / "ingen.csv", "--json", out), "Filen »ingen.csv« findes ikke."),
        (("opinion", files / "to.csv", "--json", out), "Række 2, kolonne »vote«: »2« er ikke et svar."),
        (("opinion", svar, "--sectors", files / "fremmede.csv", "--json", out), "Ingen af deltagerne i »fremmede.csv« har svaret."),
        (("opinion", svar, "--statements", files / "alle-ude.csv", "--json", out), "Alle udsagn, der er svar på, er taget ud."),
        (("campaigns", svar, "--json", out), "kolonnen »id« (eller »nr«) mangler"),
        (("code", svar, svar, "--json", out), "kolonnen »id« (eller »nr«) mangler"),
    ]  # fmt: skip


def test_what_is_wrong_gets_one_sentence_and_leaves_no_file(files, capsys):
    for arguments, sentence in wrong(files):
        assert run(*arguments) == 2, arguments
        said = capsys.readouterr().err
        assert sentence in said, (arguments, said)
        assert len(said.strip().splitlines()) == 1, said
        assert not (files / "ud.json").exists()


def test_it_runs_by_itself_without_django():
    code = (
        "import sys; from tovholder.evidence import reading, commands\n"
        "try: commands.main(sys.argv[1:])\nexcept SystemExit: print('django' in sys.modules)"
    )
    run_ = subprocess.run([sys.executable, "-c", code, "opinion", "--help"], capture_output=True, text=True, check=True).stdout
    assert "opinion STEMMER.csv --json UD.json" in run_
    assert "[--language da|en]" in run_
    assert run_.endswith("False\n")


def test_what_takes_time_is_told(monkeypatch, capsys):
    monkeypatch.setattr(progress, "SOON", 0.01)
    done = progress.threading.Event()
    with progress.waiting("Regner på svarene"):
        done.wait(0.1)
    with progress.waiting("Kort"):
        pass
    assert capsys.readouterr().err == "Regner på svarene … 0 sekunder\n"


@pytest.mark.oracle
@pytest.mark.slow
def test_every_conversation_at_hand_follows_the_schema(shared, tmp_path):
    found = sorted((shared / "data" / "opinion" / "conversations").glob("*/participants-votes.csv"))
    assert len(found) >= 14
    for path in found:
        for mode, schema in (("tovholder", "opinion-1"), ("polis", "polis-1")):
            asked = ("--mode", mode, "--statements", path.with_name("comments.csv"), "--svg", tmp_path / "kort.svg")
            assert run("opinion", path, *asked, "--json", tmp_path / "ud.json") == 0, path
            follows(schema, json.loads((tmp_path / "ud.json").read_text("utf-8")))
