"""The one who sits beside the hall and keeps the maps: it reads what came, draws the fast part, and now and then the whole."""

import time
from datetime import timedelta

from tovholder.dialogue import queries as dialogue

from ..queries.ballots import Ballots
from ..queries.opinion import stored_map
from .opinion import redraw_map, renew_live_map

# An answer may be written a moment after the time it carries.
LATE = timedelta(minutes=1)
WHOLE_AT_LEAST_APART = timedelta(seconds=12)
# A whole map may take its time, but never more than this share of it.
SHARE_OF_TIME = 5
# The answers are cut from their phones thirty days after closing; until the day before, they may still be counted.
UNTIL_CUT = timedelta(days=29)


class _Watched:
    """One conference as the keeper holds it."""

    def __init__(self, conference):
        self.ballots = Ballots(conference)
        self.labels, self.next_whole = None, None
        self.is_over, self.is_changed = False, True


class Keeper:
    """Holds the answers of the conferences that are open. Nothing is lost with it: all it knows can be read again."""

    def __init__(self):
        self._watched = {}

    def look(self, *, by, at):
        """This will draw what has changed at the conferences that are open, and return how many maps were drawn."""
        open_now = {row.pk: row for row in dialogue.weighed(at)}
        self._watched = {pk: self._watched.get(pk) or _Watched(row) for pk, row in open_now.items()}
        return sum(self._keep(row, self._watched[pk], by, at) for pk, row in open_now.items())

    def _keep(self, conference, held, by, at):
        held.ballots.catch_up()
        is_new, is_moved = held.ballots.news()
        is_over = conference.input_closes_at is not None and conference.input_closes_at <= at
        ends, held.is_over = is_over and not held.is_over, is_over
        if held.ballots.are_cut or not held.ballots.all.count:
            return 0
        held.is_changed = held.is_changed or is_new or ends
        if ends or (held.is_changed and (held.next_whole is None or at >= held.next_whole)):
            return self._draw_whole(conference, held, by, at)
        if is_moved:
            renew_live_map(conference, held.ballots, labels=held.labels, by=by, at=at)
        return int(is_moved)

    def _draw_whole(self, conference, held, by, at):
        began = time.process_time()
        held.labels = redraw_map(conference, ballots=held.ballots, by=by, at=at)
        spent = timedelta(seconds=(time.process_time() - began) * SHARE_OF_TIME)
        held.is_changed, held.next_whole = False, at + max(WHOLE_AT_LEAST_APART, spent)
        if not held.ballots.is_sound:
            held.ballots, held.is_changed = Ballots(conference), True
        return 1


def keep_maps(*, by, at):
    """This will draw the whole map of every conference whose answers changed since it was drawn, and return how many."""
    count = 0
    for conference in dialogue.weighed(at, closed_for=UNTIL_CUT):
        last, known = dialogue.last_weighed(conference), stored_map(conference)
        if last is None or (known is not None and known.drawn_at and last < known.drawn_at - LATE):
            continue
        redraw_map(conference, by=by, at=at)
        count += 1
    return count
