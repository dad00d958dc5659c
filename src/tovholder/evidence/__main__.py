"""`python -m tovholder.evidence`: opinion, campaigns, code. Without Django."""

import sys

from tovholder.evidence.commands import main

if __name__ == "__main__":
    sys.exit(main())
