"""Seeded Danish texts with planted personal data, and clean ones full of traps.

Many of the surnames, streets and given names are deliberately not in the lists of the gate.
"""

import datetime
import random
from collections import Counter
from dataclasses import dataclass, field

from tovholder.texts.personal_data import find_personal_data

_GIVEN = """
Kirsten Mogens Inger Poul Fatima Ahmed Liselotte Søren Birthe Jørgen Mette Rasmus Ida Emil Halima Zeynep Torben Agnete Ludvig
Sofie Gurli Hanne Preben Villy Astrid Kasper Nikolaj Yusuf Ingelise Bodil Vibeke Mads Lone Per Bo Maj Rose Stig Viola August
"""
GIVEN = _GIVEN.split()
_UNUSUAL = """
Xhemile Zenobia Eluf Tjelvar Runa Ofelia Kvist Tasmin Bjørk Oddny Ludmila Parnuna Aviaja Malik Inuk Qivioq Thyge Abelone Severin
Kanutte Sigbrit Hjalte Wilhelmina Ingvard Tulla Dorthea-Marie Ulfar Snefrid
"""
UNUSUAL = _UNUSUAL.split()
_SURNAMES = """
Hansen Jensen Nielsen Ravnkjølsted Abildtrup Zwergius Bak-Vind Tinghuus Mejlgaard Krasniqi Øbro Hvidtfeldt Kjems Skjødsholm
Lyngbeck Fribo Wiuff Tambour Ankerstjerne Bjerregrav Haastrup Søndervang Odgaard Thorup Kristoffersen Vejlgaard Brøchner Tarp
Nguyen Yildirim Elkær Quist Rothausen Wichmann Steenberg Bülow Lauenborg Hyldgård Rømhild Præst Fogh Buhl
"""
SURNAMES = _SURNAMES.split()
_STREETS = """
Strandgade Møllevænget Egeparken Kirkebakken Tingtoften Rådhuspladsen Nørre_Allé Gl._Kongevej Birkehaven Sandmarksvej
Klokkerfaldet Fasanstien Hybenvænget Torneroseparken Ellekrogen Degnetoften H.C._Andersens_Boulevard Peter_Bangs_Vej Smedestræde
Havnegade Lindealléen Gammeltorv Kløverbakken Vibevej Oldenborggade Tranehøjen Rugmarken Østerled Ulvedalen Skovbrynet Ved_Åen
Bakkegårdsvej Munkeengen Stationsvej Søndre_Ringvej Fyrrelunden Bag_Haverne Hvedevangen Gøgeurten Rørsangervej
"""
STREETS = _STREETS.split()
_TOWNS = """
Odense_C Vejle Roskilde Aarhus_N Næstved Ribe Skive Vojens Faaborg Kalundborg Hjørring Brørup Nakskov Sønderborg Stege
"""
TOWNS = _TOWNS.split()
HEALTH = """Jeg blev udskrevet fra medicinsk afdeling en fredag eftermiddag uden at nogen havde talt med hjemmeplejen.
|Genoptræningen kom først i gang efter seks uger.|Medicinlisten passede ikke, og apoteket kunne ikke få fat i lægen.
|Personalet var søde, men ingen vidste hvem der havde ansvaret.|Vi måtte selv ringe rundt til både kommune og sygehus.
|Min far faldt tre gange i løbet af sommeren.|Ventetiden var på 14 uger, selv om der stod 30 dage i brevet.
|Det gik godt, fordi der var én person, der holdt trådene.|Der mangler sammenhæng mellem psykiatri og somatik.
|Jeg fik hjælp af en forløbskoordinator, og det gjorde hele forskellen.""".replace("\n", "").split("|")
HEARING = """Vi takker for muligheden for at afgive høringssvar til udkastet til sundhedsaftale 2019-2023.
|Region Syddanmark og de 22 kommuner bør aftale fælles mål.|Odense Universitetshospital udskriver 1.200 borgere om måneden.
|Jf. sundhedsloven § 206 og kapitel 4 skal aftalen godkendes af Sundhedsstyrelsen.
|Udgiften er anslået til 12.500.000 kr. i 2017 og 3,4 mio. kr. i 2018.
|Se Sagsnr. 16/34038 og j.nr. 1-30-76-9-09 af 24-06-2016.
|Danske Patienter og Sund By Netværket har bidraget til 'Broen til bedre sundhed'.
|Klyngen omkring Sygehus Lillebælt har 5 kommuner og 250.000 indbyggere.
|Der er genvej 2 gange om ugen, og punkt 4.2 bør slettes.
|Lov nr. 546 af 24. juni 2005 og BEK 904 af 22-08-2019 gælder stadig.|CVR 29190925 og EAN 5798000012345 står i brevet.
|Fristen er den 19. maj 2017 kl. 12.00, og mødet holdes 15.00-16.30.|I perioden 2015-2018 faldt antallet fra 2.345 til 1.987.
|Hans Majestæt nævnes ikke.|Maj og august er travle måneder.|Mark og skov giver plads til bevægelse.
|Storm og regn gav færre besøg i uge 12.|Plejecentret Solbakken har 48 pladser, og afsnit 12 er lukket.
|Regionshuset i Vejle holder åbent 8.30-15.00.|Akuttelefonen 1813 svarer hele døgnet.|Liv og sundhed hænger sammen.
|Per borger bruges 1.145 kr. om året.|Region Sjælland, Slagelse Kommune og Sankt Hans Hospital deltager.
|Tage stilling skal vi alle.|Bilag 3, tabel 12 og side 45 viser udviklingen.
|Dronning Ingrids Hospital og Steno Diabetes Center er nævnt.|Vi bor ved en vej med 2 spor.|Alle 5 regioner er med.
|Type 2 diabetes rammer hver 20. dansker, og Covid 19 gjorde det værre.|ISSN 2246-1234, version 2.0.14.
|Dokument 2017120456 er vedlagt.|Sol og frisk luft hjalp.|Rigshospitalet, Kræftens Bekæmpelse og Ældre Sagen var med.
|Mødet i Parken den 12. maj samlede 200 personer.|Fra 010160 til 311299 er ikke datoer her.|Det fremgår af sag 2011-123456.
|Projektet Broen løber i 2020, 2021 og 2022.|Bo sammen eller hver for sig er et valg.|Afdeling 12 B på 3. sal er flyttet.
|Rose og lavendel i sansehaven.|Kommunekontaktrådet mødes 20-22 gange.|Torvet 2 gange om året.
|Venlig hilsen er en god afslutning.""".replace("\n", "").split("|")
GREETINGS = [
    "Venlig hilsen",
    "Med venlig hilsen",
    "Mvh",
    "Mvh.",
    "Kærlig hilsen",
    "Hilsen",
    "De bedste hilsner",
    "Med venlige hilsner",
    "Vh",
    "Hilsen fra",
    "KH",
]
ORGANISATIONS = """Danske Patienter|Region Syddanmark|Sund By Netværket|Vejen Kommune|Ældre Sagen|Bestyrelsen|En bekymret borger
|Patientforeningen|Sygehus Lillebælt|Kræftens Bekæmpelse|Sekretariatet|en pårørende|Klyngesekretariatet""".replace("\n", "").split("|")


NAMES = {"name", "signed_name"}


@dataclass
class Text:
    """A text and what was planted in it: kind, start, end."""

    text: str = ""
    planted: list[tuple[str, int, int]] = field(default_factory=list)

    def add(self, words: str, kind: str = "") -> None:
        """This will append words and remember them if they are of a kind."""
        if kind:
            self.planted.append((kind, len(self.text), len(self.text) + len(words)))
        self.text += words


def cpr_digits(rng: random.Random) -> str:
    """This will give ten digits with a date of birth, without regard to modulus 11."""
    born = datetime.date(1900, 1, 1) + datetime.timedelta(days=rng.randrange(45_000))
    seventh = rng.choice("0123") if born.year < 2000 else rng.choice("49")
    return f"{born:%d%m%y}{seventh}{rng.randrange(1000):03d}"


def cpr_written(rng: random.Random, digits: str) -> str:
    """This will give a CPR number as people write it."""
    d, m, y, s = digits[:2], digits[2:4], digits[4:6], digits[6:]
    forms = [
        f"{d}{m}{y}-{s}",
        f"{d}{m}{y}{s}",
        f"{d}{m}{y} {s}",
        f"{d} {m} {y} {s}",
        f"{d}.{m}.{y}-{s}",
        f"{d}{m}{y}–{s}",
        f"{d}{m}{y} - {s}",
        f"{d}-{m}-{y}-{s}",
    ]
    return rng.choice(forms)


def phone_written(rng: random.Random) -> str:
    """This will give a telephone number as people write it."""
    n = rng.choice("23456789") + "".join(rng.choices("0123456789", k=7))
    short = f"{n[:2]} {n[2:4]} {n[4:6]} {n[6:]}"
    return rng.choice(
        [
            n,
            short,
            short,
            f"{n[:4]} {n[4:]}",
            f"{n[:2]} {n[2:5]} {n[5:]}",
            f"+45 {short}",
            f"+45{n}",
            f"0045 {n}",
            f"(+45) {n}",
            short.replace(" ", "."),
        ]
    )


def email_written(rng: random.Random) -> str:
    """This will give an e-mail address, sometimes disguised."""
    plain = "æøåÆØÅ"
    name = "".join(c for c in rng.choice(GIVEN + UNUSUAL).lower() if c not in plain)
    host = rng.choice(["gmail.com", "mail.dk", "firma-test.dk", "stofanet.dk", "hotmail.com", "sub.forening.org"])
    local = rng.choice([name, f"{name}.{rng.randrange(99)}", f"{name}_holm", f"{name}-k"])
    dotted = host.replace(".", " dot ")
    return rng.choice(
        [f"{local}@{host}"] * 4 + [f"{local} (at) {host}", f"{local} snabel-a {host}", f"{local} [at] {host}", f"{local} snabel-a {dotted}"]
    )


def address_written(rng: random.Random) -> str:
    """This will give an address, with or without floor, postcode and town."""
    street = rng.choice(STREETS).replace("_", " ")
    number = f"{rng.randrange(1, 240)}{rng.choice(['', '', '', 'A', 'B', ' C'])}"
    floor = rng.choice(["", "", "", ", 2. th.", ", st. tv", " 1. mf.", ", 3. sal"])
    town = rng.choice(["", "", f", {rng.randrange(1000, 9990)} {rng.choice(TOWNS).replace('_', ' ')}"])
    return f"{street} {number}{floor}{town}"


def full_name(rng: random.Random) -> str:
    """This will give an invented name, often with parts that no list holds."""
    given = rng.choice(GIVEN + UNUSUAL)
    return rng.choice(
        [f"{given} {rng.choice(SURNAMES)}"] * 4
        + [given, f"{given} {rng.choice(SURNAMES)} {rng.choice(SURNAMES)}", f"{given} {rng.choice('KMSB')}."]
    )


def private_text(rng: random.Random) -> Text:
    """This will give one text with planted personal data."""
    made = Text()
    made.add(rng.choice(["Kære kommune\n\n", "", "", "Til Region Syddanmark\n", "Hej.\n"]))
    parts = [rng.choice(HEALTH + HEARING) + " " for _ in range(rng.randrange(1, 5))]
    plants = rng.sample(["cpr", "phone", "email", "address", "name"], k=rng.randrange(1, 4))
    for part in parts:
        made.add(part)
        if not plants or rng.random() < 0.3:
            continue
        kind = plants.pop()
        if kind == "cpr":
            made.add(rng.choice(["Mit cpr-nummer er ", "CPR: ", "(", "Det drejer sig om ", "Født "]))
            made.add(cpr_written(rng, cpr_digits(rng)), "cpr")
        elif kind == "phone":
            made.add(rng.choice(["Ring til mig på ", "Tlf. ", "mobil: ", "Jeg kan træffes på ", "Nummeret er ", "Tlf.nr. ", ""]))
            made.add(phone_written(rng), "phone")
        elif kind == "email":
            made.add(rng.choice(["Skriv til ", "Mail: ", "E-mail ", "Svar gerne på "]))
            made.add(email_written(rng), "email")
        elif kind == "address":
            made.add(rng.choice(["Jeg bor på ", "Adresse: ", "Hun bor ", "Det skete på ", "Vi er flyttet til "]))
            made.add(address_written(rng), "address")
        else:
            made.add(rng.choice(["Min nabo ", "Min mor, ", "Sygeplejersken ", "Jeg hedder ", "Overlæge ", "Hjemmehjælperen "]))
            made.add(rng.choice(GIVEN[:33] + UNUSUAL), "name")
        made.add(rng.choice([". ", ".\n", ", og det er vigtigt. ", " (privat). "]))
    if rng.random() < 0.6:
        made.add("\n" + rng.choice(["", "\n"]) + rng.choice(GREETINGS) + rng.choice(["\n", "\n\n", " ", ",\n", "\r\n"]))
        made.add(full_name(rng), "signed_name")
        if rng.random() < 0.4:
            made.add("\n")
            made.add(address_written(rng), "address")
        if rng.random() < 0.3:
            made.add(rng.choice(["\nTlf. ", "\nMobil ", "\n"]))
            made.add(phone_written(rng), "phone")
    return made


def clean_text(rng: random.Random) -> Text:
    """This will give one text that points to nobody, full of dates, amounts, cases and institutions."""
    made = Text()
    for _ in range(rng.randrange(2, 7)):
        made.add(rng.choice(HEALTH + HEARING * 2) + rng.choice([" ", " ", "\n"]))
    if rng.random() < 0.4:
        made.add("\n" + rng.choice(GREETINGS[:-2]) + "\n" + rng.choice(ORGANISATIONS))
    return made


def texts(seed: int, count: int) -> list[Text]:
    """This will give private and clean texts, half of each."""
    rng = random.Random(seed)
    return [private_text(rng) if number % 2 == 0 else clean_text(rng) for number in range(count)]


def measure(made: list[Text]) -> tuple[Counter[str], Counter[str], Counter[str], list[str]]:
    """This will count planted, found (at least nine tenths covered by the same kind) and false alarms per kind."""
    planted: Counter[str] = Counter()
    found: Counter[str] = Counter()
    false: Counter[str] = Counter()
    notes: list[str] = []
    for text in made:
        finds = find_personal_data(text.text)
        for kind, start, end in text.planted:
            same = [f for f in finds if f.kind == kind or {f.kind, kind} <= NAMES]
            covered = sum(max(0, min(end, f.end) - max(start, f.start)) for f in same)
            planted[kind] += 1
            if covered >= 0.9 * (end - start):
                found[kind] += 1
            else:
                notes.append(f"missed {kind}: {text.text[max(0, start - 30) : end + 15]!r}")
        for f in finds:
            if not any(start < f.end and f.start < end for _, start, end in text.planted):
                false[f.kind] += 1
                notes.append(f"false {f.kind}: {f.text!r} in {text.text[max(0, f.start - 30) : f.end + 15]!r}")
    return planted, found, false, notes
