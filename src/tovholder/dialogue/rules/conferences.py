"""Who may plan, publish and withdraw a conference, and what it must say first."""

import re

from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.base.written import long_date
from tovholder.parties.rules import MODERATOR, PLANNER, check_holds, check_valid

_SHORT_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LIMITS = {
    "name": 160, "title": 160, "motto": 160, "venue": 120, "short_code": 20, "text": 300, "speakers": 300, "question": 300,
    "introduction": 20_000, "afterwards": 20_000, "invited": 5_000, "facts": 20_000, "source": 5_000, "film_text": 20_000,
    "purpose": 20_000, "decision": 20_000, "background": 20_000, "target_group": 20_000, "overarching_theme": 160,
    "description": 5_000, "reason": 5_000, "role_title": 120, "themes": 200, "place": 120, "minutes": 60_000,
}  # fmt: skip


def check_lengths(limits=None, **texts):
    """This will refuse a text that is longer than its place, and say by how much."""
    for field, text in texts.items():
        limit = (limits or LIMITS)[field]
        over = len((text or "").strip()) - limit
        if over > 0:
            raise Refused(_("Teksten er %(over)s tegn over %(limit)s. Kort lidt ned.") % {"over": over, "limit": limit}, field=field)


def check_filled(sentence, **texts):
    """This will refuse an empty text with the sentence that asks for it."""
    for field, text in texts.items():
        if not (text or "").strip():
            raise Refused(sentence, field=field)


def check_may_plan(organiser, *, day, by):
    """This will refuse anyone who is neither planner nor moderator for an organiser that exists on the day."""
    check_holds(by, PLANNER, MODERATOR, party=organiser.pk)
    check_valid(organiser, day)


def check_may_plan_any(*, by):
    """This will refuse anyone who plans conferences for nobody."""
    check_holds(by, PLANNER, MODERATOR)


def check_may_change(conference, *, by):
    """This will refuse changes by strangers, and of a conference that is withdrawn."""
    check_holds(by, PLANNER, MODERATOR, party=conference.organiser_id)
    if conference.state == "withdrawn":
        raise Refused(_("Konferencen er trukket tilbage og kan ikke ændres."))


def check_times(*, starts_at, ends_at, input_opens_at=None, input_closes_at=None):
    """This will refuse an end before its beginning, for the day itself and for the input."""
    if ends_at <= starts_at:
        raise Refused(_("Konferencen slutter, før den begynder. Ret et af tidspunkterne."), field="ends_at")
    if input_closes_at and not input_opens_at:
        raise Refused(_("Skriv også, hvornår I åbner for input."), field="input_opens_at")
    if input_opens_at and input_closes_at and input_closes_at <= input_opens_at:
        raise Refused(_("I lukker for input, før I åbner. Ret et af tidspunkterne."), field="input_closes_at")


def check_short_code(code, *, is_taken):
    """This will refuse a code that cannot be read aloud and typed, or that another conference has."""
    check_lengths(short_code=code)
    if not _SHORT_CODE.fullmatch(code):
        raise Refused(_("Koden må kun have små bogstaver a-z, tal og bindestreg. Skriv fx syd26."), field="short_code")
    if is_taken:
        raise Refused(_("Koden »%(code)s« hører til en anden konference. Vælg en anden.") % {"code": code}, field="short_code")


def check_keeps_code(conference, code):
    """This will refuse a new code once the old one may hang on walls and posters."""
    if conference.state != "draft" and code != conference.short_code:
        raise Refused(_("Koden kan være trykt på plakater. Den kan ikke ændres, når konferencen er offentlig."), field="short_code")


def check_has_notice(*, input_opens_at, notice):
    """This will refuse to take input before people can read what becomes of it."""
    if input_opens_at and not notice:
        raise Refused(_("Skriv først, hvad I bruger folks ord til, og hvornår I sletter dem."), field="purpose")


def check_deletion_day(delete_on, *, after):
    """This will refuse a deletion date that has come before the input closes."""
    if delete_on <= after:
        sentence = _("%(day)s er for tidligt. Vælg en dag efter %(after)s.") % {"day": long_date(delete_on), "after": long_date(after)}
        raise Refused(sentence, field="delete_on")


def check_may_publish(conference, *, by):
    """This will refuse to publish twice, or to take input without a privacy notice."""
    check_may_change(conference, by=by)
    if conference.state == "published":
        raise Refused(_("Konferencen er allerede offentlig."))
    check_has_notice(input_opens_at=conference.input_opens_at, notice=conference.notice_id)


def check_may_withdraw_conference(conference, *, by):
    """This will refuse to withdraw what was never public."""
    check_may_change(conference, by=by)
    if conference.state != "published":
        raise Refused(_("Konferencen er ikke offentlig, så den kan ikke trækkes tilbage."))


def check_programme_item(conference, *, title, kind, kinds, film_address, film_text, speakers, starts_at, by):
    """This will refuse a programme item without a title, outside the day, or a film nobody can read."""
    check_may_change(conference, by=by)
    check_filled(_("Skriv, hvad punktet hedder."), title=title)
    check_lengths(LIMITS | {"title": 200}, title=title, speakers=speakers, film_text=film_text)
    if kind not in kinds:
        raise Refused(_("Vælg en slags på listen."), field="kind")
    if not conference.starts_at <= starts_at < conference.ends_at:
        raise Refused(_("Punktet ligger uden for konferencen. Vælg et klokkeslæt inden for dagen."), field="starts_at")
    if film_address and not film_address.startswith(("https://", "http://")):
        raise Refused(_("Skriv filmens adresse, fx https://example.dk/film."), field="film_address")
    if film_address and not film_text.strip():
        sentence = _("Skriv også, hvad man ser og hører i filmen. Så er alle med.")
        raise Refused(sentence, field="film_text")


def check_question(text, *, conference, group, closes_at, by, at):
    """This will refuse a question without words, without a place, or one that closes before it is asked."""
    if (conference is None) == (group is None):
        raise Refused(_("Et spørgsmål hører til én konference eller én temagruppe."))
    check_filled(_("Skriv spørgsmålet."), text=text)
    check_lengths(text=text)
    if closes_at and closes_at <= at:
        raise Refused(_("Det tidspunkt er gået. Vælg et senere."), field="closes_at")
