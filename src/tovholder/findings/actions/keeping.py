"""The one who sits beside the hall and keeps the maps: it reads what came, draws the fast part, and now and then the whole."""

import time
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Drawing:
    """A whole map that has been drawn and kept: who is in which group, whether what was held added up, and what it took in seconds."""

    labels: dict
    is_sound: bool
    seconds: float


class InPlace:
    """A whole drawing that is done when it has been started."""

    # What is kept is all of the map, the fast part too.
    renews_live = True

    def __init__(self, conference, ballots, *, by, at):
        began = time.process_time()
        labels = redraw_map(conference, ballots=ballots, with_live=self.renews_live, by=by, at=at)
        self._drawing = Drawing(labels, ballots.is_sound, time.process_time() - began)

    def result(self):
        """This will return the drawing, None while it is under way."""
        return self._drawing


class _Watched:
    """One conference as the keeper holds it."""

    def __init__(self, conference):
        self.ballots = Ballots(conference)
        self.labels, self.next_whole, self.under_way = None, None, None
        self.is_over, self.is_changed = False, True


class Keeper:
    """Holds the answers of the conferences that are open. Nothing is lost with it: all it knows can be read again.

    `draw` starts a whole drawing, in place or aside; what it starts has a `result` that is None while it is under way."""

    def __init__(self, draw=InPlace):
        self._draw, self._watched = draw, {}

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
        if ends:
            held.next_whole = None
        is_drawn = self._take(conference, held, at)
        if held.is_changed and held.under_way is None and (held.next_whole is None or at >= held.next_whole):
            held.is_changed, held.next_whole = False, at + WHOLE_AT_LEAST_APART
            held.under_way = self._draw(conference, held.ballots, by=by, at=at)
            if self._draw.renews_live:
                return int(self._take(conference, held, at))
        if is_moved or is_drawn or ends:
            renew_live_map(conference, held.ballots, labels=held.labels, by=by, at=at)
        return int(is_moved or is_drawn or ends)

    def _take(self, conference, held, at):
        """Takes what a drawing under way has come to, when it has; whoever is in a group now is shown so by the fast part."""
        if held.under_way is None:
            return False
        try:
            drawing = held.under_way.result()
        except RuntimeError:
            held.under_way, held.is_changed = None, True
            raise
        if drawing is None:
            return False
        held.under_way, held.labels = None, drawing.labels
        if held.next_whole is not None:
            held.next_whole = max(held.next_whole, at + timedelta(seconds=drawing.seconds * SHARE_OF_TIME))
        if not drawing.is_sound:
            held.ballots, held.is_changed = Ballots(conference), True
            held.ballots.catch_up()
        return True


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
