"""Denmark's regions, clusters and health councils, as public facts."""

import pytest

from tovholder.pictures import Area

REGIONS_2026 = {
    "Region Nordjylland": "0773 0787 0810 0813 0820 0825 0840 0846 0849 0851 0860",
    "Region Midtjylland": ("0615 0657 0661 0665 0671 0706 0707 0710 0727 0730 0740 0741 0746 0751 0756 0760 0766 0779 0791"),
    "Region Syddanmark": ("0410 0420 0430 0440 0450 0461 0479 0480 0482 0492 0510 0530 0540 0550 0561 0563 0573 0575 0580 0607 0621 0630"),
    "Region Hovedstaden": (
        "0101 0147 0151 0153 0155 0157 0159 0161 0163 0165 0167 0169 0173 0175 0183 0185 0187 0190 "
        "0201 0210 0217 0219 0223 0230 0240 0250 0260 0270 0400"
    ),
    "Region Sjælland": "0253 0259 0265 0269 0306 0316 0320 0326 0329 0330 0336 0340 0350 0360 0370 0376 0390",
}
CLUSTERS = {
    "Klynge Nord": "0860 0810 0813 0825",
    "Klynge Midt": "0851 0849",
    "Klynge Syd": "0820 0840 0846",
    "Klynge Vest": "0773 0787",
    "Horsensklyngen": "0615 0766 0727 0746",
    "Midtklyngen": "0791 0740 0779",
    "Randersklyngen": "0730 0710 0707 0706",
    "Gødstrupklyngen": "0657 0661 0756 0665 0760 0671",
    "Aarhusklyngen": "0751 0741",
    "Sundhedsklynge Byen": "0101 0147",
    "Sundhedsklynge Syd": "0165 0153 0155 0161 0167 0169 0183 0101 0185 0187",
    "Sundhedsklynge Midt": "0151 0240 0190 0157 0159 0163 0173 0230 0175",
    "Sundhedsklynge Nord": "0201 0210 0250 0270 0260 0217 0219 0223",
    "Sundhedsklynge Bornholm": "0400",
    "Sundhedsklynge Køge/SUH": "0320 0253 0259 0265 0269 0336",
    "Sundhedsklynge Holbæk": "0316 0326 0350 0306",
    "Sundhedsklynge Slagelse/Næstved": "0370 0329 0330 0340",
    "Sundhedsklynge Nykøbing F.": "0376 0360 0390",
    "Sundhedsklynge Fyn": "0420 0430 0440 0482 0480 0450 0461 0479 0492",
    "Sundhedsklynge Lillebælt": "0607 0621 0410 0630",
    "Sundhedsklynge Sydvestjylland": "0530 0561 0563 0573 0575",
    "Sundhedsklynge Sønderjylland": "0580 0510 0540 0550",
}
COUNCILS = {
    "Sundhedsråd Hovedstaden": "0101 0147 0400",
    "Sundhedsråd Københavns Omegn Nord": "0163 0151 0157 0159 0173 0175 0240 0190 0230",
    "Sundhedsråd Nordsjælland": "0201 0210 0250 0270 0260 0217 0219 0223",
    "Sundhedsråd Amager og Vestegnen": "0167 0155 0185 0165 0153 0161 0169 0183 0187",
    "Sundhedsråd Østsjælland og Øerne": "0259 0269 0253 0265 0336 0320 0390 0376 0360",
    "Sundhedsråd Midt- og Vestsjælland": "0330 0316 0370 0329 0340 0306 0326 0350",
    "Sundhedsråd Limfjorden": "0851 0849 0846 0773 0840 0787 0820",
    "Sundhedsråd Vendsyssel": "0860 0810 0813 0825",
    "Sundhedsråd Aarhus": "0751 0741",
    "Sundhedsråd Horsens": "0615 0766 0727 0746",
    "Sundhedsråd Kronjylland": "0730 0710 0707 0706",
    "Sundhedsråd Midt": "0791 0779 0740",
    "Sundhedsråd Vestjylland": "0657 0661 0756 0665 0760 0671",
    "Sundhedsråd Fyn": "0461 0420 0430 0440 0482 0410 0480 0450 0479 0492",
    "Sundhedsråd Lillebælt": "0621 0607 0630 0530",
    "Sundhedsråd Sydvestjylland": "0561 0563 0573 0575",
    "Sundhedsråd Sønderjylland": "0580 0510 0540 0550",
}


def areas_of(named: dict[str, str]) -> tuple[Area, ...]:
    return tuple(Area(f"a{n}", name, tuple(codes.split())) for n, (name, codes) in enumerate(named.items()))


@pytest.fixture
def regions_2026() -> tuple[Area, ...]:
    return areas_of(REGIONS_2026)


@pytest.fixture
def regions_2027() -> tuple[Area, ...]:
    *stay, capital, zealand = areas_of(REGIONS_2026)
    east = Area("east", "Region Østdanmark", capital.municipality_codes + zealand.municipality_codes)
    return (*stay, east)


@pytest.fixture
def clusters() -> tuple[Area, ...]:
    return areas_of(CLUSTERS)


@pytest.fixture
def councils() -> tuple[Area, ...]:
    return areas_of(COUNCILS)
