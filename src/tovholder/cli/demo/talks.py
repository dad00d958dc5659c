"""Conferences: three that were, one that is on today, and what people said there."""

from datetime import timedelta

from tovholder.base.by import By
from tovholder.dialogue import actions
from tovholder.dialogue.actions.statements import code_of
from tovholder.intake import actions as intake
from tovholder.texts.danish import in_denmark

from .world import load, on, on_day

KINDS = {"g": "good_experience", "b": "bad_experience", "p": "proposal"}
SECTORS = {"c": "citizen", "m": "municipality", "r": "region", "p": "practice", "o": "other"}
SAMPLE_DEVICE, SAMPLE_KEY = "demo-2024-1", "demo"
_BASIS = "Databeskyttelsesforordningens artikel 6, stk. 1, litra e, og artikel 9, stk. 2, litra g. Opgaven følger af sundhedsloven."


def code_for(device, key):
    """This will return the claim code that a device got for what it said under a key."""
    return code_of(device, key)


def hold_conferences(world):
    """This will hold the conferences of 2010, 2017, 2024 and today."""
    earlier = load("earlier")
    _hold_2010(world, earlier["conference_2010"])
    _hold_2017(world, earlier["conference_2017"])
    series = actions.found_series(
        name="Årlig dialogkonference i Syddanmark (eksempel)", organiser=world.region,
        purpose="Patienter, pårørende og fagfolk siger, hvad der virker og ikke virker, før der bliver skrevet planer.",
        decision="Regionsrådet og KKR besluttede 8. januar 2024 at holde en fælles konference hvert år (eksempel).",
        by=world.planner, at=on(2024, 1, 9),
    )  # fmt: skip
    _hold_2024(world, series, earlier["conference_2024"])
    _hold_today(world, series, load("live"))
    _announce_next(world, series, load("live")["next"])


def _notice(world, organiser, name, by, at, **fields):
    words = {
        "purpose": "At samle oplevelser og forslag i temaer, bruge dem i planer og aftaler og fortælle tilbage, hvad der kom ud af dem.",
        "legal_basis": _BASIS, "delete_on": max(world.day_in(400), on(2028, 12, 31).date()),
        "contact_role": "Databeskyttelsesrådgiver", "contact_mail": "dpo@example.dk", "contact_phone": "76 00 00 02",
    }  # fmt: skip
    return intake.write_notice(name=name, controller=organiser, **(words | fields), by=by, at=at)


def _plan(world, data, organiser, code, starts_at, ends_at, opens_at, closes_at, notice, by, at, series=None):
    words = {key: data[key] for key in ("motto", "introduction", "afterwards", "invited", "facts", "source") if data.get(key)}
    conference = actions.plan_conference(
        title=data["title"].format(year=world.day.year), organiser=organiser, venue=data["venue"], starts_at=starts_at, ends_at=ends_at,
        short_code=code, series=series, input_opens_at=opens_at, input_closes_at=closes_at, notice=notice, **words, by=by, at=at,
    )  # fmt: skip
    actions.publish_conference(conference, by=by, at=at)
    world.conferences[code] = conference
    world.count("konferencer")
    return conference


def _programme(conference, items, moment_of, by, at):
    for when, kind, title, speakers, film, words in items:
        fields = {"title": title, "kind": kind, "speakers": speakers, "film_address": film, "film_text": words}
        actions.add_programme_item(conference, starts_at=moment_of(when), **fields, by=by, at=at)


def _ask(conference, texts, by, at):
    return [actions.ask_question(conference=conference, text=text, by=by, at=at) for text in texts]


def _clock(day):
    return lambda when: on_day(day, *map(int, when.split(":")))


def _say(question, kind, sector, place, text, *, by, at):
    words = {"kind": KINDS[kind], "text": text, "sector": SECTORS[sector], "place": place, "key": SAMPLE_KEY}
    # One in the queue was sent by someone who insisted that the number is none.
    return actions.say(question, **words, insists=True, by=by, at=at)


def _typed_by_secretariat(world, data, questions, day, planner, moderator):
    """Notes from tables, typed in on the day and shown the same evening."""
    said = []
    for number, (question, kind, sector, place, theme, text) in enumerate(data["statements"]):
        at = on_day(day, 13 + number // 20, number % 20 * 3)
        row = _say(questions[question], kind, sector, place, text, by=planner, at=at)
        actions.publish(row, by=moderator, at=at + timedelta(minutes=90))
        said.append((row, theme))
    world.count("udsagn", len(said))
    return said


def _name_themes(world, rows, said, *, conference, owner, by, at):
    for key, name, description, *_weight in rows:
        own = [row for row, theme in said if theme == key]
        world.themes[key] = actions.name_theme(
            name=name, description=description, owner=owner, conference=conference, statements=own, by=by, at=at
        )
        world.count("temaer")


def _hold_2010(world, data):
    by, at = world.planner, on(2010, 4, 6)
    notice = _notice(world, world.region, "Arkiv: konference om sundhedsplanen", by, at)
    begins, ends = on(2010, 5, 3, 9, 30), on(2010, 5, 3, 15, 30)
    conference = _plan(world, data, world.region, "plan10", begins, ends, begins, ends, notice, by, at)
    _programme(conference, data["programme"], _clock("2010-05-03"), by, at)
    questions = _ask(conference, data["questions"], by, at)
    said = _typed_by_secretariat(world, data, questions, "2010-05-03", by, world.actors["moderator"])
    _name_themes(world, data["themes"], said, conference=conference, owner=world.region, by=by, at=on(2010, 5, 20))


def _hold_2017(world, data):
    region, by, at = world.party("1085"), world.actors["Pia Rosendahl"], on(2017, 3, 1)
    series = actions.found_series(
        name="Region Sjællands årlige dialogkonference", organiser=region,
        purpose="Patienter, borgere og samarbejdspartnere drøfter, hvordan sundhedsvæsenet i regionen kan udvikles.",
        decision="Regionsrådet har besluttet, at der hvert år bliver holdt en dialogkonference.", source=data["source"], by=by, at=at,
    )  # fmt: skip
    notice = _notice(world, region, "Arkiv: Sundhedskonferencen 2017", by, at)
    begins, ends = on(2017, 5, 15, 13, 0), on(2017, 5, 15, 17, 0)
    conference = _plan(world, data, region, "rs17", begins, ends, begins, ends, notice, by, at, series)
    _programme(conference, data["programme"], _clock("2017-05-15"), by, at)
    questions = _ask(conference, data["questions"], by, at)
    said = _typed_by_secretariat(world, data, questions, "2017-05-15", by, by)
    _name_themes(world, data["themes"], said, conference=conference, owner=region, by=by, at=on(2017, 5, 30))


def _hold_2024(world, series, data):
    by, at = world.planner, on(2024, 1, 15)
    notice = _notice(world, world.region, "Dialogkonference 2024", by, at)
    begins, ends = on(2024, 3, 14, 9, 30), on(2024, 3, 14, 15, 30)
    conference = _plan(world, data, world.region, "dk24", begins, ends, begins, ends, notice, by, at, series)
    (question,) = _ask(conference, [data["question"]], by, at)
    said = []
    for number, (kind, sector, place, theme, text) in enumerate(data["statements"], 1):
        moment = begins + timedelta(minutes=30 + number * 4)
        row = _say(question, kind, sector, place, text, by=By(device=f"demo-2024-{number}"), at=moment)
        actions.publish(row, by=world.actors["moderator"], at=moment + timedelta(minutes=3))
        said.append((row, theme))
        if number == 1:
            world.code = row.claim_code
    world.count("udsagn", len(said))
    _name_themes(world, data["themes"], said, conference=conference, owner=world.region, by=by, at=on(2024, 4, 8))


def hours_today(world):
    """This will return the hours of the day: half past nine to half past three, and around now when that is another time."""
    at = world.at
    begins = min(world.moment(0, 9, 30), _half_hour(at - timedelta(minutes=90)))
    ends = max(world.moment(0, 15, 30), _half_hour(at + timedelta(hours=3, minutes=30)))
    return begins, ends


def _half_hour(moment):
    local = in_denmark(moment)
    return local.replace(minute=local.minute // 30 * 30, second=0, microsecond=0)


def _hold_today(world, series, data):
    by, at = world.planner, world.moment(-60)
    begins, ends = hours_today(world)
    opens = begins - timedelta(minutes=90)
    notice = _notice(
        world, world.region, f"Dialogkonference {world.day.year}", by, at, delete_on=world.day_in(365),
        joint_controllers=world.municipalities, joint_arrangement="Regionen svarer på henvendelser om data på vegne af alle 23 (eksempel).",
    )  # fmt: skip
    code = f"dk{world.day.year % 100}"
    conference = _plan(world, data, world.region, code, begins, ends, opens, ends, notice, by, at, series)
    _programme(conference, data["programme"], lambda minutes: begins + timedelta(minutes=minutes), by, at)
    questions = _ask(conference, [row["text"] for row in data["questions"]], by, at)
    texts = [(question, *row) for question, part in zip(questions, data["questions"], strict=True) for row in part["statements"]]
    world.rng.shuffle(texts)
    _say_today(world, data, texts, questions, opens)


def _announce_next(world, series, data):
    """A conference that is public and has not begun."""
    by, begins = world.planner, world.moment(133, 9, 30)
    notice = _notice(world, world.region, "Svarkonference", by, world.moment(-7), delete_on=world.day_in(500))
    ends, code = begins + timedelta(hours=5), f"svar{begins.year % 100}"
    conference = _plan(world, data, world.region, code, begins, ends, begins, ends, notice, by, world.moment(-7), series)
    _ask(conference, [data["question"]], by, world.moment(-7))


def _say_today(world, data, texts, questions, opens):
    minutes = (world.at - opens).total_seconds() / 60 - 12
    said, moderator = world.said_today, world.actors["moderator"]

    def say(number, question, kind, sector, place, text, at):
        phone = f"demo-{world.day.isoformat()}-{number}"
        return _say(question, kind, sector, place, text, by=By(device=phone), at=at)

    for number, (question, kind, sector, place, theme, text) in enumerate(texts):
        at = opens + timedelta(minutes=minutes * number / len(texts))
        row = say(number, question, kind, sector, place, text, at)
        actions.publish(row, by=moderator, at=at + timedelta(minutes=4))
        said.append((row, theme))
    late = world.at - timedelta(minutes=11)
    for number, (kind, sector, place, theme, text, shown, reason) in enumerate(data["redacted"], 1000):
        row = say(number, questions[1], kind, sector, place, text, late)
        actions.publish(row, text=shown, reason=reason, by=moderator, at=late + timedelta(minutes=2))
        said.append((row, theme))
    # An association sent its members the same words. They came after the others had been answered.
    for number, (sector, place, text) in enumerate(data["campaign"], 4000):
        row = say(number, questions[1], "p", sector, place, text, late)
        actions.publish(row, by=moderator, at=late + timedelta(minutes=5))
    for number, (kind, sector, place, text, reason) in enumerate(data["declined"], 2000):
        row = say(number, questions[0], kind, sector, place, text, late)
        actions.decline(row, reason=reason, by=moderator, at=late + timedelta(minutes=3))
    for number, (kind, sector, place, text) in enumerate(data["waiting"], 3000):
        say(number, questions[0], kind, sector, place, text, world.at - timedelta(minutes=9) + timedelta(seconds=40 * (number - 3000)))
    world.count("udsagn", len(said) + len(data["campaign"]) + len(data["declined"]) + len(data["waiting"]))
    world.count("venter hos ordstyreren", len(data["waiting"]))
    _name_themes(world, data["themes"], said, conference=questions[0].conference, owner=world.region, by=world.planner, at=world.at)
