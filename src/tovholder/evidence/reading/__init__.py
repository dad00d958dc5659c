"""Files that strangers made, as plain arrays and rows: read in a limited child process, and checked again."""

from tovholder.evidence.reading.limited import (
    Labels,
    Measurements,
    ReadVotes,
    StatementRow,
    Texts,
    read_groups,
    read_labels,
    read_measurements,
    read_sectors,
    read_statements,
    read_texts,
    read_votes,
)
from tovholder.evidence.reading.shapes import Unreadable

__all__ = [
    "Labels",
    "Measurements",
    "ReadVotes",
    "StatementRow",
    "Texts",
    "Unreadable",
    "read_groups",
    "read_labels",
    "read_measurements",
    "read_sectors",
    "read_statements",
    "read_texts",
    "read_votes",
]
