"""What the gallery page shows: every component in every state, with invented people and figures."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator

from tovholder.web.design.strictness import finished
from tovholder.web.design.words import SECTORS

LONG = (
    "Vi har i Tværsektoriel Styregruppe for Rehabiliteringsforløbskoordination drøftet udkastet og finder, at "
    "udskrivningskoordinatorfunktionen bør beskrives nærmere. Beskeden skal komme, når lægen beslutter udskrivningen, og ikke "
    "når papirerne er færdige. Det giver kommunen tid til at bestille hjælpemidler, kalde hjælp ind og tale med de pårørende, "
    "før borgeren står i døren."
)


class Sample(forms.Form):
    """One field of each kind."""

    code = forms.CharField(label="Din kode – de fem ord, du fik, da du skrev", help_text="Fx birk-fyrtårn-otte-eng-sol.", required=False)
    deadline = forms.DateField(
        label="Frist for svar",
        input_formats=["%d-%m-%Y"],
        error_messages={"invalid": "Den dato kan vi ikke læse. Skriv den som 11-12-2026."},
    )
    text = forms.CharField(
        label="Din oplevelse eller dit forslag",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Skriv ikke navne, telefonnumre eller CPR-numre.",
        error_messages={"required": "Skriv mindst et par ord."},
    )
    sector = forms.ChoiceField(
        label="Jeg skriver som",
        required=False,
        widget=forms.RadioSelect,
        choices=[*((code, word) for code, (_shape, word) in SECTORS.items()), ("", "Siger jeg ikke")],
    )
    reason = forms.ChoiceField(label="Grund til at fjerne", choices=[("name", "Navn på en anden person"), ("cpr", "CPR-nummer")])
    parts = forms.MultipleChoiceField(
        label="Vis i margenen",
        widget=forms.CheckboxSelectMultiple,
        choices=[("thread", "Tråden"), ("gaps", "Huller")],
        error_messages={"required": "Vælg mindst én."},
    )
    letter = forms.FileField(label="Brev som Word-fil", required=False)
    agreed = forms.BooleanField(label="Vi har ingen bemærkninger", required=False)


@dataclass(frozen=True)
class DrawnTable:
    """The figures of the sample picture."""

    caption: str = "Genindlagt inden 30 dage"
    headers: tuple[str, ...] = ("Måned", "Pct.")
    rows: tuple[tuple[str, ...], ...] = (("okt. 2026", "12,9"), ("sept. 2026", "12,3"), ("aug. 2026", "11,7"))


@dataclass(frozen=True)
class Drawn:
    """A sample picture, small enough to read here."""

    title: str = "Siden januar 2025 har alle måneder ligget under det gamle niveau"
    description: str = "Akutte genindlæggelser inden 30 dage, pct. pr. måned."
    svg: str = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 200" width="640" height="200" role="img" '
        'aria-label="Linje, der falder fra 14,2 til 12,3"><rect width="640" height="90" y="40" fill="#F0ECE4"/>'
        '<path d="M0 80 90 70 180 90 270 60 330 85 400 140 480 150 560 130 640 150" fill="none" stroke="#0A4A66" stroke-width="2"/>'
        '<path d="M330 10V190" stroke="#A8123E" stroke-width="2"/><text x="340" y="26" font-size="15" fill="#A8123E">Udskrivning '
        "med følge begynder</text></svg>"
    )
    table: DrawnTable = DrawnTable()


def samples() -> dict[str, Any]:
    """This will give everything the gallery template shows."""
    wrong = Sample({"deadline": "31-31-2026", "reason": "name"}, prefix="wrong")
    names = (
        "Assens approved",
        "Billund approved",
        "Esbjerg reservation",
        "Fanø approved",
        "Fredericia on_way",
        "Faaborg-Midtfyn approved",
        "Kerteminde silent",
        "Nordfyns opened",
        "Varde declined",
        "Aabenraa none",
    )
    thread = [
        ("14. marts 2024", "Nogen sagde det", "result"),
        ("april 2024", "47 skrev om det", "open"),
        ("12. juni 2024", "Det blev et løfte", "open"),
        ("4. november 2024", "Punkt 3.6 udgik", "withdrawn"),
        ("oktober 2026", "Her stopper tråden – endnu", "gap"),
    ]
    return {
        "crumbs": [("Planer", "#"), ("Byggeklodser", "")],
        "day": date(2026, 12, 11),
        "count": 5200,
        "share": 12.34,
        "long": LONG,
        "year": [
            ("Lyt", "Dialogkonference i Fredericia", "#", True),
            ("Lov", "Udkast til sundhedsplan skrevet", "#", False),
            ("Hør", "Sundhedsplan: 17 dage til at svare", "#", True),
            ("Beslut", "15 af 23 har godkendt vision", "#", True),
            ("Gør", "38 indsatser i gang", "#", False),
            ("Mål", "Årsstatus kommer i januar", "#", False),
            ("Fortæl", "212 har fået svar på deres input", "#", False),
        ],
        "facts": [("Ansvar", "Regionen og de 22 kommuner"), ("Hører til", "Punkt 4.2")],
        "wrong_form": wrong,
        "fresh_form": Sample(prefix="fresh"),
        "counters": [(41, "modtaget", ""), (41, "registreret", ""), (38, "kodet", "#"), (29, "besvaret", "#"), (29, "i notatet", "")],
        "voices": {"citizen": 21, "municipality": 14, "region": 7, "practice": 5},
        "tiles": [
            {"name": "Region Syddanmark", "state": "approved", "date_text": "26. oktober, punkt 9", "url": "#", "wide": True},
            *({"name": name, "state": state, "date_text": "16. nov.", "url": "#"} for name, state in (line.split() for line in names)),
        ],
        "versions": [
            ("Udkast", "12. juni 2024", "#", False),
            ("Sendt i høring", "17. juni 2024", "#", False),
            ("Vedtaget", "28. oktober 2024", "#", True),
        ],
        "views": [("I teksten", "#", True), ("Side om side", "#", False)],
        "runs": [
            ("same", "Beskeden sendes "),
            ("delete", "hurtigst muligt"),
            ("same", " "),
            ("insert", "senest 24 timer før"),
            ("same", "."),
        ],
        "thread": [
            {"when": when, "title": title, "state": state, "text": "Skrevet på telefon.", "url": "#", "link_label": f"Se mere: {title}"}
            for when, title, state in thread
        ],
        "drawing": Drawn(svg=finished(Drawn.svg)),
        "dates": [("31. december 2026", "#", False), ("1. januar 2027", "#", True)],
        "page": Paginator(range(95), 20).page(2),
        "marked": [("Det er ikke ", ""), ("Karen fra 5B", "muligt navn"), ("s skyld, hun løber stærkt.", "")],
        "told": [
            {
                "text": "Udsagn 118, pårørende, 14. marts 2024",
                "children": [
                    {
                        "text": "hører til temaet",
                        "url": "#",
                        "link_label": "Besked, før man går ud ad døren",
                        "after": "(47 udsagn)",
                        "children": [
                            {
                                "text": "førte til",
                                "url": "#",
                                "link_label": "punkt 4.2",
                                "children": [{"text": "fik 6 bemærkninger, 4 medtaget"}],
                            }
                        ],
                    }
                ],
            }
        ],
    }
