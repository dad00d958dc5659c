"""What a surname looks like: the commonest Danish ones, and patronymics."""

import re

_SURNAMES_WORDS = """
abrahamsen ahmed ahmad ali andersen andreasen andreassen asmussen axelsen bach bak bang bech beck bendtsen berg berthelsen bertelsen
bisgaard bjerre bjerregaard bonde boesen brandt bruun bro brodersen bundgaard buch bøgh carlsen carstensen christensen christiansen
christoffersen clausen clemmensen dahl dam damgaard danielsen davidsen degn ebbesen enevoldsen eriksen eskildsen fischer frandsen
fredberg frederiksen friis gade geertsen gregersen gravesen haugaard hald hansen harder hassan hedegaard hein hemmingsen hendriksen
henningsen henriksen hermansen hjorth holst holm holmgaard hussain hussein høj høyer ibrahim ibsen iversen jacobsen jakobsen jensen
jeppesen jepsen jespersen jessen johannesen johannsen johansen johnsen josefsen juhl justesen jørgensen karlsen khan kjeldsen kjær
kjærgaard klausen knudsen koch kofoed kragh krarup kristensen kristiansen krog krogh kruse laursen lauridsen lauritsen larsen lassen
lausten lind lorentzen lorenzen lund lundgaard lundsgaard madsen magnussen marcussen markussen mathiasen mathiesen mikkelsen
michelsen mohamed mohammed mortensen munk mouritsen møller mørch mørk nguyen nielsen nikolajsen nissen nørgaard nygaard olesen olsen
osman overgaard paulsen pedersen petersen pham philipsen poulsen rasmussen ravn riis rosendahl salomonsen samuelsen schmidt schou
schrøder schultz simonsen singh skov skovgaard skriver steffensen storgaard svendsen svenningsen søgaard sørensen thomasen thomsen
thorsen thygesen toft torp tran vestergaard villadsen vinther vilhelmsen voigt wagner warming winther worm yilmaz yildiz østergaard
aagaard abdi öztürk demir kaya çelik kowalski nowak popescu smith hoxha krasniqi
"""
SURNAMES = frozenset(_SURNAMES_WORDS.split())
_PATRONYMIC = re.compile(r"[^\W\d_]{3,}(?:sen|ssøn|sson|dóttir|dottir|datter|gaard|skov|ski|ska|wicz|oğlu|oglu|enko|escu|ovic|ović|vić)$")
# «Undersøgelsen», «indsatsen», «adressen»: the definite form of everyday nouns.
_COMMON_NOUN = re.compile(r"(?:elsen|tsen|nsen|ysen|isen|dsen|rsen|lsen|ssen|æsen|usen|asen)$")


def is_surname(word: str) -> bool:
    """This will tell whether a capitalised word is a surname by itself, without a given name to lean on."""
    low = word.casefold()
    low = low[:-1] if low.endswith("sens") else low
    if low in SURNAMES or low.rsplit("-", 1)[-1] in SURNAMES:
        return True
    if not _PATRONYMIC.search(low):
        return False
    return _COMMON_NOUN.search(low) is None
