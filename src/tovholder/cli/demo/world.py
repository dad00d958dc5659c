"""What the builders share: who is in the demonstration's world, and what day it is there."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from tovholder.base.by import By
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
    said_today: list = field(default_factory=list)
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
