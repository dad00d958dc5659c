"""`python -m tovholder.texts.proposals`: lines and known parties as JSON in, proposals as JSON out."""

import json
import sys

from tovholder.texts.proposals.expected import as_expected
from tovholder.texts.proposals.plain import as_rows, parties_from_rows
from tovholder.texts.proposals.reader import propose

asked = json.load(sys.stdin)
found = propose(asked["lines"], parties_from_rows(asked["parties"]))
json.dump({"rows": as_rows(found), "expected": as_expected(found)}, sys.stdout, ensure_ascii=False)
