"""Files that strangers made: read right whatever their columns, letters and language, or refused with row and column."""

import os
import zipfile

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tovholder.evidence.opinion.votes import votes_from_codes, votes_from_rows
from tovholder.evidence.reading import Unreadable, limited, read_statements, read_votes
from tovholder.evidence.reading.by_duckdb import open_for
from tovholder.evidence.reading.small import read_groups, read_labels, read_sectors, read_texts
from tovholder.evidence.reading.small import read_statements as read_statements_table
from tovholder.evidence.reading.votes import read_votes_table

pytestmark = pytest.mark.once
ROWS = [("1", "10", 1), ("1", "2", -1), ("2", "10", 0), ("ærø", "2", 1)]
PLAIN = "participant,statement,vote\n1,10,1\n1,2,-1\n2,10,0\nærø,2,1\n"
EXPECTED = votes_from_rows(ROWS).digest


def read(path, large=1 << 40):
    """In this process and without the child, so that many files can be tried; (canonical votes, notices)."""
    coded, notices = read_votes_table(path, large=large)
    return votes_from_codes(coded.people, coded.things, coded.person, coded.thing, coded.answer, coded.at), notices


SAME = {
    "plain": PLAIN.encode(),
    "byte-order mark": PLAIN.encode("utf-8-sig"),
    "windows line ends": PLAIN.replace("\n", "\r\n").encode(),
    "latin-1": PLAIN.encode("latin-1"),
    "utf-16": PLAIN.encode("utf-16"),
    "semicolons": PLAIN.replace(",", ";").encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "other order, more columns": "vote,navn,statement,participant\n1,x,10,1\n-1,y,2,1\n0,z,10,2\n1,,2,ærø\n".encode(),
    "danish names": "Deltager;Udsagn;Svar\n1;10;enig\n1;2;Uenig\n2;10;ved ikke\nærø;2;enig\n".encode(),
    "polis names": "timestamp,datetime,comment-id,voter-id,vote\n5,Wed,10,1,1\n5,Wed,2,1,-1\n6,Wed,10,2,0\n1,Wed,2,ærø,1\n".encode(),
    "decimals and signs": 'participant,statement,vote\n1,10,+1\n1,2,\u22121.0\n2,10,"0,0"\nærø,2, 1 \n'.encode(),
    "quotes": '"participant","statement","vote"\n"1","10","1"\n1,2,"-1"\n2,"10",0\n"ærø","2","1"\n'.encode(),
    "empty rows and cells": "participant,statement,vote\n\n1,10,1\n,,\n1,2,-1\n2,10,0\n2,2,\nærø,2,1\n\n".encode(),
    "letters in two parts": PLAIN.replace("æ", "æ").replace("ø", "ø").encode(),
    "wide": "participant,group-id,n-votes,10,2\n1,0,2,1,-1\n2,,1,0,\nærø,1,1,,1\n".encode(),
    "wide, danish, decimals": "2;gruppe;deltager;10;\n-1,0;;1;1,0;\n;;2;0,0;\n1,0;;ærø;;\n".encode(),
    "a later vote counts": "participant,statement,vote,at\n1,10,-1,-5\n1,10,1,3\n1,2,-1,1\n2,10,0,-9\nærø,2,1,0\n".encode(),
    "the same vote twice": (PLAIN + "1,10,1\n").encode(),
}


@pytest.mark.parametrize("content", SAME.values(), ids=SAME)
def test_the_same_votes_are_read_however_they_are_written(content, tmp_path):
    path = tmp_path / "svar.csv"
    path.write_bytes(content)
    assert read(path)[0].digest == EXPECTED


HEAD = "participant,statement,vote\n"
REFUSED = {
    "a vote of 2": (HEAD + "1,1,1\n1,2,2\n", "Række 3, kolonne »vote«: »2« er ikke et svar"),
    "a decimal vote": (HEAD + "1,1,0.5\n", "Række 2, kolonne »vote«: »0.5«"),
    "a word": (HEAD + "1,1,måske\n", "Række 2, kolonne »vote«: »måske«"),
    "a formula as statement": (HEAD + '1,"=HYPERLINK(""http://x"")",1\n', "Række 2, kolonne »statement«: »=HYPERLINK"),
    "a formula as participant": (HEAD + "1,1,1\n@SUM(1),1,1\n", "Række 3, kolonne »participant«: »@SUM(1)« begynder som en formel"),
    "a formula heading": ("participant,=1+1\n1,1\n", "Række 1, kolonne »=1+1«"),
    "no participant": (HEAD + "1,1,1\n,1,1\n", "Række 3, kolonne »participant«: feltet er tomt"),
    "a line break in a name": (HEAD + '"a\nb",1,1\n', "Række 2, kolonne »participant«"),
    "a name too long": (HEAD + "1," + "x" * 300 + ",1\n", "Række 2, kolonne »statement«"),
    "too few cells": (HEAD + "1,1,1\n\n1,2\n", "Række 4, kolonne »vote«: rækken har 2 felter, men skal have 3"),
    "too many cells": (HEAD + "1,1,1,7\n", "Række 2, kolonne 4: rækken har 4 felter, men der er kun 3"),
    "an open quotation": (HEAD + '1,1,1\n1,"2,1\n', "Række 3 kan ikke læses"),
    "two answers and no time": (HEAD + "1,1,1\n2,1,0\n1,1,-1\n", "Række 4: deltager »1« har svaret noget andet på udsagn »1« i række 2"),
    "a column is missing": (
        "participant,vote\n1,1\n",
        "Række 1: kolonnen »statement« (eller »udsagn«) mangler i »svar.csv«. Den har »participant«, »vote«",
    ),
    "two of a kind": ("person,deltager,statement,vote\n1,1,1,1\n", "Række 1: »person«, »deltager« kan begge være »participant«"),
    "no headings": ("\n1,1,1\n", "Række 1: »svar.csv« har ingen overskrifter"),
    "a map": ("<svg xmlns='x'>\n</svg>\n", "»svar.csv« er ikke en tabel."),
    "an earlier result": ('\ufeff\n {"groups": {}}\n', "»svar.csv« er ikke en tabel."),
    "numbers for headings": ("1,1,1\n2,1,1\n", "Række 1: kolonnen »participant« (eller »deltager«) mangler"),
    "only headings": (HEAD, "Der er ingen svar"),
    "all missing": (HEAD + "1,1,\n2,1,\n", "Der er ingen svar"),
    "all missing, wide": ("participant,1,2\n1,,\n2,,\n", "Der er ingen svar"),
    "a bad time": (HEAD.replace("vote", "vote,at") + "1,1,1,i går\n", "Række 2, kolonne »at«: »i går« er ikke et tidspunkt"),
    "times of two kinds": (
        HEAD.replace("vote", "vote,at") + "1,1,1,5\n1,2,1,2026-01-01\n",
        "Række 3, kolonne »at«: tidspunktet er skrevet",
    ),
    "a time is missing": (HEAD.replace("vote", "vote,at") + "1,1,1,5\n1,2,1,\n", "Række 3, kolonne »at«: tidspunktet mangler"),
    "a person twice, wide": ("participant,1\na,1\nb,1\na,0\n", "Række 4, kolonne »participant«: »a« står også i række 2"),
    "a statement twice, wide": ("participant,1,1\na,1,1\n", "Række 1, kolonne »1«: udsagnet står to gange"),
    "a statement without a name": ("participant,1,\na,1,1\n", "Række 1, kolonne 3: overskriften er tom"),
    "a bad vote, wide": ("participant,1,2\na,1,1\nb,1,3\n", "Række 3, kolonne »2«: »3« er ikke et svar"),
    "no statements, wide": ("participant,xid\na,1\n", "har ingen kolonner med udsagn"),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("large", [0, 1 << 40], ids=["duckdb first", "row by row"])
def test_what_cannot_be_read_is_refused_with_row_and_column(content, sentence, large, tmp_path):
    path = tmp_path / "svar.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(Unreadable) as refused:
        read(path, large)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


BROKEN = {
    "nothing": (b"", "er tom"),
    "a packed file": (b"PK\x03\x04xxxx", "er et regneark eller en pakket fil"),
    "a pdf": (b"%PDF-1.7\n", "er en PDF"),
    "holes": (b"participant,statement,vote\n1,1,1\n1,\x00,1\n", "Række 3: »svar.csv« er ikke en tekstfil"),
    "no encoding": (b"participant,statement,vote\n\xe6\x81,1,1\n", "har tegn, der ikke kan læses"),
    "half utf-16": (b"\xff\xfep\x00a", "har tegn, der ikke kan læses"),
}


@pytest.mark.parametrize(("content", "sentence"), BROKEN.values(), ids=BROKEN)
def test_what_is_no_table_is_refused(content, sentence, tmp_path):
    path = tmp_path / "svar.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert sentence in str(refused.value)


TIMES = [
    ("1969-12-31T23:00:00", "1970-01-01T00:30:00+01:00", "1970-01-01T01:00:00Z"),
    ("-62135596800000", "-1", "0"),
    ("-0.5", "0", "1403054214.25"),
    ("31-12-1969", "01.01.1970 kl. 11.12", "1-1-1970 11:12:05"),
    ("1403054214195", "1403054214196", "1403054214197"),
]


@pytest.mark.parametrize("moments", TIMES)
def test_the_latest_vote_counts_also_before_1970(moments, tmp_path):
    first, second, third = moments
    path = tmp_path / "svar.csv"
    path.write_text(f"participant;statement;vote;at\na;s;1;{third}\na;s;0;{second}\nb;s;-1;{first}\n")
    votes, notices = read(path)
    assert votes.answer.tolist() == [1, -1]
    assert votes.person_rank.tolist() == [1, 0]
    assert notices == ("1 svar er givet om igen. Det seneste svar fra hver deltager på hvert udsagn gælder.",)


CELL = some.sampled_from(["1", "2", "10", "-3", "007", "a", "Å", " a ", 'x"y', "p,q", "", "=1", "1e3", "1.0"])
ANSWER = some.sampled_from(["1", "0", "-1", "+1", "1.0", "enig", "", "2", " -1"])
MOMENT = some.sampled_from(["1", "5", "-7", "1700000000000", "2.5", "", "2026-01-01"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=some.lists(some.tuples(CELL, CELL, ANSWER, MOMENT), max_size=12), timed=some.booleans(), quoted=some.booleans())
def test_duckdb_and_row_by_row_say_the_same(rows, timed, quoted, tmp_path):
    lines = [("participant", "statement", "vote", "at")[: 4 if timed else 3], *(row[: 4 if timed else 3] for row in rows)]
    path = tmp_path / "svar.csv"
    path.write_text("".join(",".join(_cell(cell, quoted) for cell in line) + "\n" for line in lines), "utf-8")
    found = []
    for large in (0, 1 << 40):
        try:
            votes, notices = read(path, large)
            found.append((votes.digest, votes.person_rank.tolist(), votes.statement_rank.tolist(), notices))
        except Unreadable as refused:
            found.append(str(refused))
    assert found[0] == found[1]


def _cell(text, quoted):
    return '"' + text.replace('"', '""') + '"' if quoted or '"' in text or "," in text else text


@pytest.mark.slow
def test_a_last_line_too_long_for_duckdb_is_not_left_out_without_a_word(tmp_path):
    path = tmp_path / "svar.csv"
    path.write_text(PLAIN + "p9," + "x" * 34_000_000 + ",1\n", "utf-8")
    with pytest.raises(Unreadable, match="over 10 millioner tegn"):
        read(path, 0)


def test_duckdb_may_open_the_one_file_and_nothing_else(tmp_path):
    import duckdb

    mine, other = tmp_path / "svar.csv", tmp_path / "andet.csv"
    mine.write_text(PLAIN)
    other.write_text(PLAIN)
    with open_for(mine) as connection:
        assert len(connection.execute(f"SELECT * FROM read_csv('{mine}')").fetchall()) == 4
        for question in (
            f"SELECT * FROM read_csv('{other}')",
            f"SELECT * FROM read_csv('{tmp_path}/*.csv')",
            f"SELECT * FROM glob('{tmp_path}/*')",
            "SELECT * FROM read_text('/etc/hostname')",
            "SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')",
            f"COPY (SELECT 1) TO '{tmp_path}/ud.csv'",
            f"ATTACH '{tmp_path}/base.db'",
            "INSTALL httpfs",
            "LOAD httpfs",
            "SET enable_external_access = true",
            f"SET allowed_paths = ['{other}']",
            "SET lock_configuration = false",
        ):
            with pytest.raises(duckdb.Error):
                connection.execute(question).fetchall()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["andet.csv", "svar.csv"]


def test_the_child_gives_the_same_votes_and_nothing_but_files_are_opened(tmp_path):
    path = tmp_path / "svar [1].csv"
    path.write_text(PLAIN, "utf-8")
    found = read_votes(path)
    assert (found.votes.digest, found.notices) == (EXPECTED, ())
    packed = tmp_path / "pakket.csv"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("svar.csv", PLAIN)
    os.mkfifo(tmp_path / "rør.csv")
    for name, sentence in {
        "mangler.csv": "Filen »mangler.csv« findes ikke.",
        ".": "er en mappe. Vælg en fil.",
        "rør.csv": "er ikke en almindelig fil",
        "pakket.csv": "er et regneark eller en pakket fil",
        "nul\0.csv": "kan ikke åbnes",
    }.items():
        with pytest.raises(Unreadable) as refused:
            read_votes(tmp_path / name)
        assert sentence in str(refused.value)


def test_sectors_groups_statements_texts_and_labels_are_read(tmp_path):
    (tmp_path / "sektorer.csv").write_text("deltager;sektor\n1;kommune\n2;\n3;almen praksis\n1;kommune\n")
    assert read_sectors(tmp_path / "sektorer.csv")["of"] == {"1": "kommune", "3": "almen praksis"}
    (tmp_path / "grupper.json").write_text('{"1": 0, "2": 1, "3": null, "4": "B"}')
    assert read_groups(tmp_path / "grupper.json")["of"] == {"1": "0", "2": "1", "4": "B"}
    (tmp_path / "grupper.csv").write_text("participant,group-id\n1,0\n2,\n")
    assert read_groups(tmp_path / "grupper.csv")["of"] == {"1": "0"}
    (tmp_path / "udsagn.csv").write_text('comment-id,moderated,comment-body\n1,-1,"=1+1, sagde han"\n2,0,b\n3,1,c\n')
    rows = read_statements(tmp_path / "udsagn.csv")[0]
    assert {name: (row.text, row.moderated, row.meta) for name, row in rows.items()} == {
        "1": ("=1+1, sagde han", True, False),
        "2": ("b", False, False),
        "3": ("c", False, False),
    }
    (tmp_path / "tekster.csv").write_text('id,text,spørgsmål\na,"to\nlinjer",hvad\n\nb,,hvorfor\n')
    texts = read_texts(tmp_path / "tekster.csv")
    assert texts == {"ids": ["a", "b"], "texts": ["to\nlinjer", ""], "questions": ["hvad", "hvorfor"], "notices": []}
    (tmp_path / "mærkater.csv").write_text("id,label,coder\na,ventetid,x\n\na,,y\n")
    assert read_labels(tmp_path / "mærkater.csv")["rows"] == [("a", "ventetid", "x", 2), ("a", "", "y", 4)]
    for name in ("mærke", "mærkat"):
        (tmp_path / "danske.csv").write_text(f"nr;{name};koder\na;ventetid;x\n", "utf-8")
        assert read_labels(tmp_path / "danske.csv")["rows"] == [("a", "ventetid", "x", 2)]


BESIDE = {
    "two sectors": (
        read_sectors,
        "participant,sector\n1,a\n1,b\n",
        "Række 3, kolonne »sector«: deltager »1« har en anden sektor i række 2",
    ),
    "a formula sector": (read_sectors, "participant,sector\n1,=1\n", "Række 2, kolonne »sector«"),
    "no sectors": (read_sectors, "participant,sector\n1,\n", "ingen deltagere med sektor"),
    "free text as sector": (
        read_sectors,
        "participant,sector\n" + "".join(f"{n},tekst {n}\n" for n in range(200)),
        "har 200 forskellige værdier",
    ),
    "groups as a list": (read_groups, "[1, 2]", "skal sige, hvilken gruppe hver deltager er i"),
    "broken json": (read_groups, '{"1": 0,\n "2" 1}', "Række 2, tegn 6"),
    "deep json": (read_groups, "[" * 100_000, "er ikke en liste over deltagere"),
    "a strange group": (read_groups, '{"1": 0.5}', "Deltager »1«"),
    "a group of two minds": (read_groups, '{"1": 0, "1": 1}', "»1« står to gange"),
    "a moderation of 7": (read_statements_table, "statement,moderated\n1,7\n", "Række 2, kolonne »moderated«: »7« skal være -1, 0 eller 1"),
    "an id twice": (read_texts, "id,text\na,x\nb,y\na,z\n", "Række 4, kolonne »id«: »a« står også i række 2"),
    "no texts": (read_texts, "id,text\n", "ingen tekster"),
    "a formula label": (read_labels, "id,label\na,+1\n", "Række 2, kolonne »label«"),
}


@pytest.mark.parametrize(("reader", "content", "sentence"), BESIDE.values(), ids=BESIDE)
def test_the_tables_beside_are_refused_with_row_and_column(reader, content, sentence, tmp_path):
    (tmp_path / "fil.csv").write_text(content)
    with pytest.raises(Unreadable) as refused:
        reader(tmp_path / "fil.csv")
    assert sentence in str(refused.value)


@pytest.mark.oracle
def test_the_long_and_the_wide_export_are_the_same_votes(shared):
    folders = sorted((shared / "data" / "opinion" / "conversations").glob("*/votes.csv"))
    assert folders
    for path in folders[::4]:
        assert read(path)[0].digest == read(path.with_name("participants-votes.csv"))[0].digest, path.parent.name


@pytest.mark.slow
def test_ten_million_votes_are_read_within_the_limits(tmp_path):
    rng = np.random.default_rng(1)
    people, statements, count = 1_000_000, 1_000, 10_000_000
    person, statement = rng.integers(0, people, count), rng.integers(0, statements, count)
    answer = rng.integers(-1, 2, count)
    path = tmp_path / "svar.csv"
    with path.open("w") as file:
        file.write("at,participant,statement,vote\n")
        for first in range(0, count, 500_000):
            part = slice(first, first + 500_000)
            table = np.stack([np.arange(first, first + 500_000), person[part], statement[part], answer[part]], axis=1)
            file.write("\n".join(",".join(map(str, row)) for row in table.tolist()) + "\n")
    found = read_votes(path).votes
    last = {}
    for place in range(count - 1, count - 200_000, -1):
        last.setdefault((person[place], statement[place]), answer[place])
    assert found.count == len(np.unique(person * statements + statement))
    rows = {name: row for row, name in enumerate(found.participants)}
    assert found.statements == tuple(str(number) for number in range(statements))
    for (who, what), answered in list(last.items())[:1000]:
        row = rows[str(who)]
        entries = found.statement[found.start[row] : found.start[row + 1]].tolist()
        assert found.answer[found.start[row] + entries.index(what)] == answered


GREEDY = {
    "time": "while True: pass",
    "memory": "held = [bytearray(64 << 20) for _ in range(100)]",
    "died": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
}
TOO_MUCH = [
    ("time", "»svar.csv« tog for lang tid at læse. Del den op, og prøv igen."),
    ("memory", "»svar.csv« fylder for meget, når den læses. Del den op, og prøv igen."),
    ("died", "»svar.csv« kunne ikke læses uden fare. Gem den igen som CSV i det program, den kommer fra, og prøv."),
]


@pytest.mark.parametrize(("what", "sentence"), TOO_MUCH)
def test_a_reader_that_uses_more_than_it_may_is_stopped_and_the_owner_is_told_what_to_do(tmp_path, monkeypatch, what, sentence):
    (tmp_path / "greedy.py").write_text(GREEDY[what], encoding="utf-8")
    (tmp_path / "svar.csv").write_text(PLAIN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(limited, "_BASE_SECONDS", 1 if what == "time" else 60)
    monkeypatch.setattr(limited, "_BASE_MEMORY", 512 << 20)
    with pytest.raises(Unreadable) as refused:
        limited.asked_of(("greedy",), tmp_path / "svar.csv", 1 << 20)
    assert str(refused.value) == sentence


def test_a_file_that_takes_too_long_to_read_is_refused_with_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "svar.csv").write_text(PLAIN, encoding="utf-8")
    assert read_votes(tmp_path / "svar.csv").votes.digest == EXPECTED
    monkeypatch.setattr(limited, "_BASE_SECONDS", 0)
    with pytest.raises(Unreadable, match="tog for lang tid"):
        read_votes(tmp_path / "svar.csv")
