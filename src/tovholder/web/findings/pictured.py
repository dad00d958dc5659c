"""Pictures of what people think: drawn from figures that hold no small cell, with their tables."""

from django.utils.translation import gettext as _

from tovholder.base.written import language, number
from tovholder.pictures import agreement_bars, opinion_map

from .across import SHORT


def who(found):
    """This will return how many of each sector have answered, and how many others, who are too few to show by sector."""
    people = found.live["sectors"]
    return {row["sector"]: row["people"] for row in people["sectors"] if row["people"]}, people["together"]


def map_of(found, *, size="wide"):
    """This will draw where people stand, None before there is anything to draw."""
    if not found.live["map"]:
        return None
    return opinion_map({**found.figures, **found.live}, language=language(), size=size, persons=_("telefoner"), id_prefix=f"kort-{size}")


def bars(figures, text, *, size="wide"):
    """This will draw how one statement was answered, sector by sector; the page says its words."""
    return agreement_bars(
        [figures], texts={figures["statement"]: text}, language=language(), size=size, title=_("Sektor for sektor"), worded=False,
        id_prefix=f"svar-{size}",
    )  # fmt: skip


def counts_of(found):
    """This will return how many of each sector have answered, with the width of its bar; the rest together under an empty code."""
    people = found.live["sectors"]
    counts = [(row["sector"], row["people"]) for row in people["sectors"] if row["people"]]
    counts = sorted(counts, key=lambda pair: (-pair[1], pair[0])) + ([("", people["together"])] if people["together"] else [])
    largest = max((count for _code, count in counts), default=1)
    return [(code, SHORT.get(code, _("Andre")), number(count), f"{100 * count / largest:.1f}") for code, count in counts]
