"""E-mail addresses, also those written so that machines should not read them."""

import re
from collections.abc import Iterator

from tovholder.texts.personal_data.find import Span

_PLAIN = re.compile(r"(?<![\w.+\-])[\w.+\-]{1,200}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,6}")
_AT = re.compile(
    r"[ ]{0,2}(?:[(\[{<][ ]?(?:at|a|@|snabel-?[ ]?a)[ ]?[)\]}>]|&#64;)[ ]{0,2}"
    r"|(?<=\w)[ ]{1,2}(?:snabel-?[ ]?a|alfa-?krølle)[ ]{1,2}|[ ]{1,2}@[ ]{0,2}|@[ ]{1,2}",
    re.IGNORECASE,
)
# «at» is the commonest of Danish words: it needs a known mail provider or a spelled-out dot after it.
_BARE_AT = re.compile(
    r"(?<=\w)[ ]at[ ](?=(?:g?mail|hotmail|outlook|live|yahoo|icloud|jubii|msn|me|proton(?:mail)?|stofanet|youmail|webspeed|"
    r"privat|ofir|post|tdcadsl|city)(?:[ ]?(?:\.|[(\[]?(?:dot|punktum|prik)[)\]]?)[ ]?)(?:dk|com|net|org|eu|nu|me|no|se|de)\b"
    r"|[\w\-]{2,40}[ ]?[(\[]?(?:dot|punktum)[)\]]?[ ]?(?:dk|com|net|org|eu|nu|no|se|de|info)\b)",
    re.IGNORECASE,
)
_DOT = r"(?:\.|[ ]?[(\[{][ ]?(?:dot|punktum|prik|\.)[ ]?[)\]}][ ]?|[ ](?:dot|punktum|prik)[ ]|[ ]\.[ ]?)"
_LOCAL = re.compile(rf"(?<![\w.+\-])[\w+\-]{{1,64}}(?:{_DOT}[\w+\-]{{1,64}}){{0,4}}$", re.IGNORECASE)
_DOMAIN = re.compile(rf"[\w\-]{{1,63}}(?:{_DOT}[\w\-]{{1,63}}){{0,4}}{_DOT}(?:[a-z]{{2,10}})(?!\w)", re.IGNORECASE)


def email_spans(text: str) -> Iterator[Span]:
    """This will give every e-mail address in a folded text."""
    for found in _PLAIN.finditer(text):
        local, _, domain = found[0].partition("@")
        if any(char.isalpha() for char in domain) and len(domain) > 1:
            lead = len(local) - len(local.lstrip(".-'"))
            yield Span("email", found.start() + lead, found.end())
    for pattern in (_AT, _BARE_AT):
        for at in pattern.finditer(text):
            begin = max(0, at.start() - 140)
            local_part = _LOCAL.search(text[begin : at.start()])
            domain_part = _DOMAIN.match(text, at.end(), at.end() + 140)
            if local_part and domain_part:
                yield Span("email", begin + local_part.start(), domain_part.end())
