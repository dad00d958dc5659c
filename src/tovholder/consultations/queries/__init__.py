"""Questions to what is answered."""

from .desk import Equation, drafts_asking_in, equation, missing_at, next_unanswered, register, themes_for
from .remarks import remark, remarks_of, remarks_on, without_verdict
from .report import report, table_rows
from .responses import (
    drafts_of,
    may_respond_for,
    published_responses,
    readable_responses,
    response,
    signer,
    signers_asked,
    visible_responses,
)
from .rounds import (
    add_candidates,
    answered_counts,
    consultation,
    consultations,
    list_of,
    listed,
    next_opening,
    open_now,
    version_to_open,
    visible_consultations,
)

__all__ = [
    "Equation",
    "add_candidates",
    "answered_counts",
    "consultation",
    "consultations",
    "drafts_asking_in",
    "drafts_of",
    "equation",
    "list_of",
    "listed",
    "may_respond_for",
    "missing_at",
    "next_opening",
    "next_unanswered",
    "open_now",
    "published_responses",
    "readable_responses",
    "register",
    "remark",
    "remarks_of",
    "remarks_on",
    "report",
    "response",
    "signer",
    "signers_asked",
    "table_rows",
    "themes_for",
    "version_to_open",
    "visible_consultations",
    "visible_responses",
    "without_verdict",
]
