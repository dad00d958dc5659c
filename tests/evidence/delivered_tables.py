"""A small Denmark to hold files of figures against, and files as people write them. All figures are invented."""

import io
from datetime import date

import polars as pl

from tovholder.evidence.delivered.known import Area, Breakdown, Definition, Indicator, Known, Member, Told
from tovholder.evidence.delivered.resolving import resolve
from tovholder.evidence.delivered.rows import rows_of
from tovholder.evidence.delivered.sums import nothing_public

TODAY = date(2026, 11, 24)
DRAWN = date(2026, 11, 12)
REFORM = date(2027, 1, 1)
EDUCATION = Breakdown(
    "education",
    ("Uddannelse", "Education"),
    [(1, "basic", ("Grundskole", "Primary school")), (2, "long", ("Lang", "Long"))],
)
SEX = Breakdown("sex", ("Køn", "Sex"), [(3, "women", ("Kvinder", "Women")), (4, "men", ("Mænd", "Men"))])
FAMILY = Breakdown("family_social_group", ("Familiesocialgruppe", "Family social group"), [])
BREAKDOWNS = [EDUCATION, SEX, FAMILY]
AREAS = [
    Area("dk", "country", "Hele landet", "DK"),
    Area("r83", "region", "Region Syddanmark", "1083", "Syddanmark", date(2007, 1, 1)),
    Area("r84", "region", "Region Hovedstaden", "1084", "Hovedstaden", date(2007, 1, 1), REFORM, ("Region Østdanmark",)),
    Area("r86", "region", "Region Østdanmark", "", "Østdanmark", REFORM),
    Area("k575", "municipality", "Vejen Kommune", "0575", "Vejen", date(2007, 1, 1)),
    Area("k492", "municipality", "Ærø Kommune", "0492", "Ærø", date(2007, 1, 1)),
    Area("k101", "municipality", "Københavns Kommune", "0101", "København", date(2007, 1, 1)),
    Area("s1", "health_council", "Sundhedsråd Hovedstaden", "hovedstaden", "", REFORM),
]
MEMBERS = [Member("k575", "r83"), Member("k492", "r83"), Member("r83", "dk"), Member("r84", "dk", None, REFORM)]
SHARE = Indicator("i1", "genind", "Genindlæggelser", 5, False, definitions=[Definition("d1", "1", "proportion", 100.0, 1)])
RATE = Indicator("i2", "ophold", "Ophold", 5, False, definitions=[Definition("d2", "1", "rate", 1000.0, 1)])
BROKEN = Indicator(
    "i3", "brudt", "Brudt", 5, False,
    definitions=[
        Definition("d3", "1", "proportion", valid_from=date(2010, 1, 1), valid_until=date(2024, 7, 1)),
        Definition("d4", "2", "proportion", breaks_series=True, valid_from=date(2024, 7, 1)),
    ],
)  # fmt: skip
GONE = Indicator("i4", "vaek", "Væk", is_withdrawn=True, definitions=[Definition("d5", "1", "proportion")])
OTHERS = Indicator("i5", "andres", "Andres", owner="Region Nordjylland", definitions=[Definition("d6", "1", "proportion")])
UNDEFINED = Indicator("i6", "kol", "Indlæggelser, KOL")
STAYS = Indicator("i7", "leveaar", "Leveår", definitions=[Definition("d7", "1", "years", 1.0, 1)])
INDICATORS = [SHARE, RATE, BROKEN, GONE, OTHERS, UNDEFINED, STAYS]
KNOWN = Known(AREAS, INDICATORS, BREAKDOWNS, MEMBERS)


def parsed(table):
    """The rows of a table as the reader of files gives them, as Parquet."""
    from tovholder.formats.measurements.taking import take_measurements

    taken = take_measurements(table.encode())
    kept = io.BytesIO()
    taken.frame.write_parquet(kept)
    return kept.getvalue(), taken


def held(table, *, indicator="genind", known=KNOWN, **told):
    """What becomes of a table written as people write it: lines of cells parted by semicolons, indented or not."""
    text = "\n".join(line.strip() for line in table.strip().splitlines())
    content, taken = parsed(text)
    headings = {"area" if role == "place" else role: heading for heading, role in taken.columns}
    asked = {"drawn_on": DRAWN, "today": TODAY, "headings": headings} | told
    standing = asked.pop("standing", None)
    drawn = asked.pop("drawn", None)
    public = asked.pop("public", nothing_public)
    return resolve(rows_of(content, indicator), known, Told(**asked), standing=standing, drawn=drawn, public=public)


def public_of(*tables, known=KNOWN):
    """What everybody can read after these tables came through, the newest last, as the platform gives it."""

    def public(_indicators, _hiding):
        frames = [nothing_public((), ())]
        for table in reversed(tables):
            frame = held(table, known=known).frame
            texts = [pl.col(name).cast(pl.String) for name in ("indicator_id", "party_id", "group_code", "breakdown_code", "why")]
            frames.append(
                frame.select(*texts, "period_from", "period_until", "numerator", pl.lit(value=False).alias("is_release"))
            )  # fmt: skip
        return pl.concat(frames).unique(
            ["indicator_id", "party_id", "group_code", "period_from", "period_until"], keep="first", maintain_order=True
        )  # fmt: skip

    return public


def sentences(found):
    """The sentences of what was refused."""
    return [row["sentence"] for row in found.refused]
