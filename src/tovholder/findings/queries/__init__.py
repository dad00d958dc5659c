"""Questions to what was calculated. They ask `evidence` and never write."""

from .answers import answers_of
from .asking import NextUp, next_for
from .campaigns import campaigns_at
from .coding import (
    Turn,
    codebook,
    codebooks,
    codes_of,
    open_codebooks,
    places_to_code,
    progress,
    recent_codings,
    suggestion,
    turn,
    unread_answers,
    visible_codebooks,
)
from .due import is_anything_due
from .opinion import Drawn, alarms, drawn, drawn_at, finding, findings, is_behind, kept_in, stored_map, visible_findings
from .whole import make_ready

__all__ = [
    "campaigns_at",
    "Turn",
    "codebook",
    "codebooks",
    "codes_of",
    "open_codebooks",
    "unread_answers",
    "places_to_code",
    "progress",
    "recent_codings",
    "suggestion",
    "turn",
    "visible_codebooks",
    "answers_of",
    "is_anything_due",
    "Drawn",
    "NextUp",
    "alarms",
    "drawn",
    "drawn_at",
    "finding",
    "findings",
    "is_behind",
    "kept_in",
    "make_ready",
    "next_for",
    "stored_map",
    "visible_findings",
]
