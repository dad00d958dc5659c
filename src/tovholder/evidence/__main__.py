"""`python -m tovholder.evidence`: opinion, campaigns, code, indicator, suppress, audit, release, verify. Without Django."""

import sys

from tovholder.evidence.commands import main

if __name__ == "__main__":
    sys.exit(main())
