"""Questions to the thread: what led to what, both ways, and where it breaks."""

from .desk import Desk, desk
from .doings import Doings, doings
from .endings import WhatEnds, ending
from .followed import Happening, are_figures_due, begins_of_goals, goals_moved_by, happened_in, happenings, plans_without_status
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
from .walk import movers_of

__all__ = [
    "A_PAGE",
    "Cause",
    "Dated",
    "Desk",
    "Doings",
    "Found",
    "Gap",
    "Happening",
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
    "are_figures_due",
    "authorities",
    "begins_of_goals",
    "causes",
    "desk",
    "doings",
    "ending",
    "findings_about",
    "gaps",
    "goals_moved_by",
    "happened_in",
    "happenings",
    "kind_of",
    "margin",
    "may_tie_themes",
    "mine",
    "movers_of",
    "overview",
    "owners_of",
    "plans_without_status",
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
