"""A person shown a thread by code may act on it for half an hour; no cookie and no session remembers it."""

from django.core import signing
from django.utils.translation import gettext as _

from tovholder.base.errors import Refused
from tovholder.intake import queries as intake

HALF_AN_HOUR = 30 * 60
_signer = signing.TimestampSigner(salt="shown-by-code")


def token_of(contributor):
    """This will return the ticket that the page's own forms carry."""
    return _signer.sign(contributor.pk)


def contributor_of(token):
    """This will return the contributor of a ticket; raises Refused when it is old, broken or leads to nobody any more."""
    try:
        return intake.contributor(_signer.unsign(token or "", max_age=HALF_AN_HOUR))
    except (signing.BadSignature, LookupError) as error:
        raise Refused(_("Der er gået mere end en halv time. Skriv din kode igen."), field="code") from error
