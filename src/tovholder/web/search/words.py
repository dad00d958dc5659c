"""What a hit is called, and where it is read."""

from django.utils.translation import gettext as _

from tovholder.web.threads.addresses import address_of

# What has no page of its own is read where it stands.
_READ_AS = {"verdict": "remark", "passage": "source"}
_READ_AT_HOME = {"topic"}


def kind_words():
    """This will return {kind: (one, several)} in the order the filters stand."""
    return {
        "statement": (_("Udsagn"), _("Udsagn")),
        "theme": (_("Tema"), _("Temaer")),
        "plan": (_("Plan"), _("Planer")),
        "provision": (_("Løfte"), _("Løfter")),
        "goal": (_("Mål"), _("Mål")),
        "indicator": (_("Indikator"), _("Indikatorer")),
        "status_report": (_("Status"), _("Status")),
        "approval": (_("Beslutning"), _("Beslutninger")),
        "initiative": (_("Indsats"), _("Indsatser")),
        "programme": (_("Program"), _("Programmer")),
        "consultation": (_("Høring"), _("Høringer")),
        "response": (_("Høringssvar"), _("Høringssvar")),
        "remark": (_("Bemærkning"), _("Bemærkninger")),
        "verdict": (_("Svar på bemærkning"), _("Svar på bemærkninger")),
        "conference": (_("Konference"), _("Konferencer")),
        "conference_series": (_("Konferencerække"), _("Konferencerækker")),
        "theme_group": (_("Temagruppe"), _("Temagrupper")),
        "meeting": (_("Møde"), _("Møder")),
        "topic": (_("Emne"), _("Emner")),
        "party": (_("Part"), _("Parter")),
        "source": (_("Kilde"), _("Kilder")),
        "passage": (_("Afsnit i en kilde"), _("Afsnit i kilder")),
    }


def page_of(found):
    """This will return where a hit is read."""
    if found.kind in _READ_AT_HOME:
        return address_of(found.home_kind, found.home)
    return address_of(_READ_AS.get(found.kind, found.kind), found.thing)
