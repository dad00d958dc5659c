"""The personal-data gate: what in a Danish text points to a private person, found before anyone else reads it."""

from tovholder.texts.personal_data.cpr import contains_cpr
from tovholder.texts.personal_data.find import KINDS, Find, redact
from tovholder.texts.personal_data.gate import METHOD, VERSION, find_personal_data

__all__ = ["KINDS", "METHOD", "VERSION", "Find", "contains_cpr", "find_personal_data", "redact"]
