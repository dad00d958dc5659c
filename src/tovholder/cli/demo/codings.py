"""Coded answers: a book that two have worked in, and one that is new, so that its themes are still to be named."""

from datetime import timedelta

from tovholder.consultations.queries import open_now
from tovholder.findings import actions, queries

GUIDE = (
    "Læs hele svaret, før I koder. Et svar kan have flere koder. Kod det, personen beder om, ikke det, der gik galt. "
    "Er I i tvivl mellem to, så giv begge, og skriv det op til mødet om fredagen."
)
CODED = 80
# Every so many is coded by two, and now and then the second sees it otherwise.
BOTH, OTHERWISE = 4, 4


def code_answers(world):
    """This will code the beginning of what was said today, some of it twice, and make a book for the consultation that is on."""
    first, second = world.planner, world.actors["Jonas Fynbo"]
    conference = world.said_today[0][0].conference
    began = world.at - timedelta(minutes=10)
    book = actions.make_codebook(conference=conference, guide=GUIDE, by=first, at=began)
    code_of = {code.theme_id: code.pk for code in queries.codes_of(book)}
    themed = [(row, theme) for row, theme in world.said_today if theme in world.themes][::2][:CODED]
    themes = list(code_of)
    for number, (row, theme) in enumerate(themed):
        at, own = began + timedelta(seconds=5 * number), world.themes[theme].pk
        actions.code_answer(book, row.pk, codes=[code_of[own]], by=first, at=at)
        if number % BOTH == 0:
            seen = own if number // BOTH % OTHERWISE else themes[(themes.index(own) + 1) % len(themes)]
            actions.code_answer(book, row.pk, codes=[code_of[seen]], by=second, at=at + timedelta(seconds=3))
    actions.make_codebook(consultation=open_now(world.at)[0], by=first, at=began)
    world.count("svar kodet", len(themed))
