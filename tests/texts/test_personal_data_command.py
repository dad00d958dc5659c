"""The command line of the personal-data gate: what it writes, and what it says to a file it cannot use."""

import json
from pathlib import Path

import pytest

from tovholder.texts.__main__ import main


def run(tmp_path: Path, content: bytes) -> tuple[int, Path]:
    source, out = tmp_path / "texts.csv", tmp_path / "out.json"
    source.write_bytes(content)
    return main(["personal-data", str(source), "--json", str(out)]), out


@pytest.mark.parametrize(
    "content",
    [
        "id,text\na,Ring til Kirsten på 20 12 30 40\nb,Intet her\n".encode(),
        "\ufefftext,note,id\r\nRing til Kirsten på 20 12 30 40,x,a\r\nIntet her,,b\r\n".encode(),
        "id,text\na,Ring til Kirsten på 20 12 30 40\nb,Intet her\n".encode("latin-1"),
        "id;text\na;Ring til Kirsten på 20 12 30 40\nb;Intet her\n".encode("cp1252"),
    ],
)
def test_finds_are_written_for_every_text_in_order(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = run(tmp_path, content)
    assert code == 0
    result = json.loads(out.read_text("utf-8"))
    assert result["texts"] == [
        {
            "id": "a",
            "finds": [
                {"kind": "name", "start": 9, "end": 16, "text": "Kirsten"},
                {"kind": "phone", "start": 20, "end": 31, "text": "20 12 30 40"},
            ],
        },
        {"id": "b", "finds": []},
    ]
    assert result["counts"] == {"cpr": 0, "email": 0, "phone": 1, "signed_name": 0, "name": 1, "address": 0}
    assert result["method"]
    assert result["version"]
    assert ("Latin-1" in capsys.readouterr().err) == (b"\xe5" in content)


def test_places_count_line_breaks_inside_a_quoted_text(tmp_path: Path) -> None:
    code, out = run(tmp_path, b'id,text\na,"Hej\r\n\r\n010160-1234"\n')
    assert code == 0
    assert json.loads(out.read_text("utf-8"))["texts"][0]["finds"] == [{"kind": "cpr", "start": 7, "end": 18, "text": "010160-1234"}]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "er tom"),
        (b"  \n", "er tom"),
        (b"id,tekst\na,b\n", "kolonnen »text« mangler"),
        (b"nr,text\na,b\n", "kolonnen »id« mangler"),
        (b"id,text\na,x\nb,y\na,z\n", "Række 4, kolonne »id«: »a« står også i række 2"),
        (b"id,text\n,x\n", "Række 2, kolonne »id«"),
        (b"id,text\na\n", "Række 2, kolonne »text«"),
        (b"id,text\na,b,c\n", "Række 2, kolonne »3«"),
        ("id,text\na,så\nb,".encode() + b"\xff\n", "Række 3, kolonne »text«"),
        ("id,text\na,hej\n".encode("utf-16"), "kan ikke læses"),
        (b'id,text\na,"aldrig lukket\n', "anførselstegn"),
    ],
)
def test_a_file_that_cannot_be_used_gets_one_sentence(
    tmp_path: Path, content: bytes, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out = run(tmp_path, content)
    said = capsys.readouterr().err
    assert code == 2
    assert sentence in said
    assert said.count("\n") == 1
    assert not out.exists()


def test_folders_and_missing_files_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["personal-data", str(tmp_path), "--json", str(tmp_path / "o.json")]) == 2
    assert "er en mappe" in capsys.readouterr().err
    assert main(["personal-data", str(tmp_path / "x.csv"), "--json", str(tmp_path / "o.json")]) == 2
    assert "findes ikke" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        main(["personal-data"])
    assert stopped.value.code == 2
    assert "Skriv: python -m tovholder.texts" in capsys.readouterr().err
