"""The demonstration's one world: who is in it, what day it is, and the order in which it is made."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tovholder.base.by import By
from tovholder.base.write import write
from tovholder.parties import queries as parties
from tovholder.texts.danish import in_denmark

DENMARK = ZoneInfo("Europe/Copenhagen")
DATA = Path(__file__).parent / "data"
# Bodies that end with 2026 are still there on this day, whenever the demonstration is shown.
BEFORE_THE_REFORM = date(2026, 6, 1)
BEFORE_2022 = date(2015, 6, 1)


def load(name):
    """This will return one of the demonstration's data files."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


PASSWORD = load("parties")["password"]


@dataclass
class World:
    at: datetime
    tell: Callable
    rng: Random
    operator: By | None = None
    parties: dict = field(default_factory=dict)
    people: dict = field(default_factory=dict)
    actors: dict = field(default_factory=dict)
    conferences: dict = field(default_factory=dict)
    themes: dict = field(default_factory=dict)
    initiatives: dict = field(default_factory=dict)
    plans: dict = field(default_factory=dict)
    provisions: dict = field(default_factory=dict)
    counts: dict = field(default_factory=dict)
    held: dict = field(default_factory=dict)
    code: str = ""

    @property
    def day(self):
        return in_denmark(self.at).date()

    @property
    def planner(self):
        return self.actors["planner"]

    @property
    def region(self):
        return self.parties["region"]

    @property
    def municipalities(self):
        return self.parties["municipalities"]

    def day_in(self, days):
        """This will return the calendar day so many days from today."""
        return self.day + timedelta(days=days)

    def moment(self, days, hour=9, minute=0):
        """This will return a moment in Denmark, counted in days from today."""
        return datetime.combine(self.day_in(days), time(hour, minute), DENMARK)

    def party(self, key):
        """This will return a party by code or name, None for one that stands in no register."""
        return self.parties.get(key)

    def actor(self, key):
        """This will return someone with a mandate for the party."""
        return self.actors[self.parties[key].pk]

    def count(self, word, number=1):
        """This will add to what is told at the end."""
        self.counts[word] = self.counts.get(word, 0) + number


def on(year, month, day, hour=9, minute=0):
    """This will return a moment in Denmark on a day of history."""
    return datetime(year, month, day, hour, minute, tzinfo=DENMARK)


def on_day(text, hour=9, minute=0):
    """This will return a moment in Denmark on a day written as 2024-06-17."""
    return datetime.combine(date.fromisoformat(text), time(hour, minute), DENMARK)


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
    from . import deeds, hearings, meetings, people, promises, talks

    if is_built(at):
        return None
    world = World(at=at, tell=tell, rng=Random(20261124))  # noqa: S311
    with write():
        tell("… samler parter og opdigtede personer")
        people.gather(world)
        tell("… skriver 300 udsagn og samler dem i 25 temaer")
        talks.hold_conferences(world)
        meetings.run_theme_group(world)
        tell("… stemmer 2.000 gange")
        talks.vote(world)
        tell("… fortæller om indsatser og skriver planer")
        deeds.tell_initiatives(world)
        promises.make_plans(world)
        tell("… sender i høring og svarer på 200 bemærkninger")
        hearings.hold_consultations(world)
        promises.ask_for_decisions(world)
        people.give_tasks(world)
    return world


def sample_code():
    """This will return the claim code that leads to a whole thread, made again from the root secret."""
    from .talks import SAMPLE_DEVICE, SAMPLE_KEY, code_for

    return code_for(SAMPLE_DEVICE, SAMPLE_KEY)


def summary(at):
    """This will return the lines that are told before the server starts: log-ins, the code and the live conference."""
    from tovholder.dialogue import queries as dialogue

    lines = ["", f"Log ind med adgangskoden {PASSWORD}:"]
    shown = {mail: f"{name}, {title}" for _key, name, mail, title, _party, _role in load("parties")["log_ins"]}
    width = max(map(len, shown))
    lines += [f"  {mail:<{width}}  {person}: {held}" for mail, person, held in parties.demo_log_ins() if mail in shown]
    lines += ["", f"Kode, der fører til en hel tråd:  {sample_code()}"]
    live = dialogue.live_now(at)
    if live is not None:
        lines.append(f"Konferencen i salen er på /v/{getattr(live, 'conference', live).short_code}")
    else:
        lines.append("Dialogkonferencen er slut. Slet mappen var, hvis du vil begynde forfra i dag.")
    return lines
