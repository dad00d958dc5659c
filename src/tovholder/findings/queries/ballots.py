"""The answers of one conference in memory, so that each new one costs little and nothing is read twice."""

from tovholder.dialogue import queries as dialogue

FEWEST_SHOWN = 5


class Ballots:
    """What a conference's phones have answered so far. `catch_up` reads on; everything else is calculation.

    While answers are taken, what is shown moves in steps of several phones, so that nobody's press of a button can be read."""

    def __init__(self, conference):
        from tovholder.evidence.opinion.state.live import Steps
        from tovholder.evidence.opinion.state.tally import Tally

        self.conference = conference
        self.after = None
        self.open, self.sectors, self.are_cut, self.is_sound = {}, {}, False, True
        self._is_new = self._is_moved = False
        self.all, self.shown, self._steps = Tally(), Tally(), Steps(FEWEST_SHOWN)

    def catch_up(self):
        """This will read what came since last; `news` tells what it was."""
        heard = dialogue.votes_since(self.conference, self.after)
        open_, sectors = dialogue.open_for_votes(self.conference), dialogue.declared_sectors(self.conference)
        is_moved = open_.keys() != self.open.keys()
        is_other = is_moved or sectors != self.sectors
        self.after, self.open, self.sectors = heard.after, open_, sectors
        for device, statement, answer in heard.votes:
            self.are_cut = self.are_cut or device.startswith("cut:")
            self.all.add(device, statement, answer)
            for row in self._steps.add(device, statement, answer, sectors.get(device, "")):
                is_moved = self.shown.add(*row) or is_moved
        self._is_new = self._is_new or is_other or bool(heard.votes)
        self._is_moved = self._is_moved or is_moved

    def news(self):
        """This will tell, once, whether anything came since it was last asked, and whether anything that is shown has moved."""
        told, self._is_new, self._is_moved = (self._is_new, self._is_moved), False, False
        return told

    def counted(self):
        """This will return every answer to what is open, in evidence's canonical form."""
        return only(self.all, self.open)

    def public(self, *, is_over):
        """This will return the answers that may be told about now, and who said which sector; all of them when the round is over."""
        if is_over:
            return self.counted(), self.sectors
        return only(self.shown, self.open), self._steps.sector_of

    def stored_count(self):
        """This will return how many answers the database held when this was read, counted by the database itself."""
        return dialogue.count_votes(self.conference, until=self.after[0])


def only(tally, open_):
    """This will return a tally's votes on statements that are open; the same answers are the same bytes."""
    from tovholder.evidence.opinion.result import without_statements

    votes = tally.votes()
    closed = [name for name in votes.statements if name not in open_]
    return without_statements(votes, closed) if closed else votes


def read_anew(conference):
    """This will return every answer that counts now, to whatever statement, read in one go without the sums a keeper holds."""
    from tovholder.evidence.opinion.votes import votes_from_rows

    return votes_from_rows(dialogue.votes_since(conference).votes)


def live_figures(votes, sectors, labels=None):
    """This will return the fast part of `result.opinion(...).public()`, under the same keys: sectors, lists, and where people stand.

    `labels` is {device: number of its group} from the latest full calculation; who came later stands between the groups."""
    import numpy as np

    from tovholder.evidence.opinion.axes.components import components_of
    from tovholder.evidence.opinion.axes.dots import dots
    from tovholder.evidence.opinion.result import LETTERS, rounded
    from tovholder.evidence.opinion.sectors.comparison import across_sectors, sector_codes

    figures = across_sectors(votes, sectors, threshold=FEWEST_SHOWN).figures()
    lists = {kind: figures["lists"][kind] for kind in ("agreement", "disagreement", "dividing")}
    told = {
        "participants": len(votes.participants), "votes": votes.count, "statements": figures["statements"], **lists,
        "sectors": figures["people"], "map": None,
    }  # fmt: skip
    if votes.count:
        group = np.array([(labels or {}).get(name, -1) for name in votes.participants], dtype=np.int64)
        codes, names = sector_codes(votes, sectors)
        axes = components_of(votes)
        drawn = dots(axes.projection, group, codes, names, smallest=FEWEST_SHOWN).figures()
        for part in (*drawn["dots"], *drawn["groups"]):
            part["group"] = LETTERS[part["group"]] if part["group"] >= 0 else None
        told["map"] = drawn | {"smallest": FEWEST_SHOWN, "axes": [float(one) for one in axes.variances]}
    return rounded(told)


def same_sums(tally):
    """This will answer whether sums kept vote by vote are the sums of all the votes, calculated anew."""
    return tally.digest() == type(tally).of(tally.votes()).digest()
