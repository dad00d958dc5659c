"""Questions to the thread: what led to what, both ways, and where it breaks."""

from .desk import Desk, desk
from .doings import Doings, doings
from .endings import WhatEnds, ending
from .gaps import Gap, Reach, gaps, reach
from .margins import Cause, Margin, causes, margin
from .measured import findings_about, tied_to_finding
from .mine import Mine, mine, steps_of
from .overview import Dated, Overview, overview, year
from .owners import owners_of
from .places import authorities, kind_of, may_tie_themes, provisions_to_tie, public_statement, shown_theme, words_of_provision
from .search import A_PAGE, KINDS, Found, Result, says_something, search, searchable
from .stories import Story, stories
from .trace import Item, Step, Thread, thread_of_initiative, thread_of_provision, thread_of_statement, thread_of_theme, threads_now

__all__ = [
    "A_PAGE",
    "Cause",
    "Dated",
    "Desk",
    "Doings",
    "Found",
    "Gap",
    "Item",
    "KINDS",
    "Margin",
    "Mine",
    "Overview",
    "Reach",
    "Result",
    "Step",
    "Story",
    "Thread",
    "WhatEnds",
    "authorities",
    "causes",
    "desk",
    "doings",
    "ending",
    "findings_about",
    "gaps",
    "kind_of",
    "margin",
    "may_tie_themes",
    "mine",
    "overview",
    "owners_of",
    "provisions_to_tie",
    "public_statement",
    "reach",
    "says_something",
    "search",
    "searchable",
    "shown_theme",
    "steps_of",
    "stories",
    "thread_of_initiative",
    "thread_of_provision",
    "thread_of_statement",
    "thread_of_theme",
    "threads_now",
    "tied_to_finding",
    "words_of_provision",
    "year",
]
