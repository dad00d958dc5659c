"""The order in which the demonstration's world is made, and what is told about it before the server starts."""

from random import Random

from tovholder.base.write import write
from tovholder.dialogue import queries as dialogue
from tovholder.parties import queries as parties

from . import codings, deeds, figures, followup, hearings, meetings, people, promises, talks, votes
from .world import PASSWORD, World, load


def is_built(at):
    """This will answer whether the demonstration's world is there."""
    return _marker(at) is not None


def _marker(at):
    try:
        return parties.party_by_code("practice_organisation", "plo-syd", parties.local_day(at))
    except LookupError:
        return None


def build(*, at, tell=lambda sentence: None):
    """This will make the whole world in one transaction, once; None when it is there already."""
    if is_built(at):
        return None
    world = World(at=at, tell=tell, rng=Random(20261124))  # noqa: S311
    with write():
        tell("… samler parter og opdigtede personer")
        people.gather(world)
        tell("… skriver 300 udsagn og samler dem i 25 temaer")
        talks.hold_conferences(world)
        meetings.run_theme_group(world)
        tell("… svarer 9.000 gange på hinandens udsagn")
        votes.vote(world)
        tell("… fortæller om indsatser og skriver planer")
        deeds.tell_initiatives(world)
        promises.make_plans(world)
        tell("… sender i høring og svarer på 200 bemærkninger")
        hearings.hold_consultations(world)
        codings.code_answers(world)
        promises.ask_for_decisions(world)
        tell("… læser opdigtede tal for 98 kommuner")
        figures.measure(world)
        tell("… regner, hvordan det går med målene")
        followup.follow(world)
        people.give_tasks(world)
    return world


def sample_code():
    """This will return the claim code that leads to a whole thread, made again from the root secret."""
    return talks.code_for(talks.SAMPLE_DEVICE, talks.SAMPLE_KEY)


def summary(at):
    """This will return the lines that are told before the server starts: log-ins, the code and the live conference."""
    lines = ["", f"Log ind med adgangskoden {PASSWORD}:"]
    shown = {row[2] for row in load("parties")["log_ins"]}
    width = max(map(len, shown))
    lines += [f"  {mail:<{width}}  {person}: {held}" for mail, person, held in parties.demo_log_ins() if mail in shown]
    lines += ["", f"Kode, der fører til en hel tråd:  {sample_code()}"]
    live = dialogue.live_now(at).first()
    if live is not None:
        lines.append(f"Konferencen i salen er på /v/{live.short_code}")
    else:
        lines.append("Dialogkonferencen er slut. Slet databasen, hvis du vil begynde forfra i dag.")
    return lines
