"""The command `tovholder`: help without words, and sentences instead of traces."""

import pytest
from django.core import management

from tovholder.base.errors import Refused
from tovholder.cli import entry

pytestmark = pytest.mark.once


def leave(monkeypatch, words, outcome):
    """Runs the door with Django's command line replaced by one that ends as told."""

    def command_line(argv):
        assert argv[0] == "tovholder"
        raise outcome

    monkeypatch.setattr(management, "execute_from_command_line", command_line)
    entry.main(words)


def test_a_refusal_is_a_sentence_and_exit_code_2(monkeypatch, capsys):
    with pytest.raises(SystemExit) as left:
        leave(monkeypatch, ["open"], Refused("Høringen er lukket."))
    assert left.value.code == 2
    assert capsys.readouterr() == ("", "Høringen er lukket.\n")


def test_the_trace_is_there_for_who_asks(monkeypatch):
    with pytest.raises(Refused):
        leave(monkeypatch, ["open", "--traceback"], Refused("Høringen er lukket."))


def test_an_interrupt_leaves_quietly(monkeypatch, capsys):
    with pytest.raises(SystemExit) as left:
        leave(monkeypatch, ["serve"], KeyboardInterrupt())
    assert (left.value.code, capsys.readouterr().err) == (130, "")


def test_an_error_of_ours_is_not_hidden(monkeypatch):
    with pytest.raises(ZeroDivisionError):
        leave(monkeypatch, ["open"], ZeroDivisionError())


def test_without_words_it_shows_help(capsys):
    entry.main([])
    assert "tovholder help <subcommand>" in capsys.readouterr().out
