"""What a Danish document says that may belong in Tovholder, proposed and never decided: a person confirms each one."""

from tovholder.texts.proposals.expected import as_expected
from tovholder.texts.proposals.reader import propose
from tovholder.texts.proposals.shapes import KnownParty, Proposals

__all__ = ["KnownParty", "Proposals", "as_expected", "propose"]
