"""The command `tovholder`: Django's own command line, with sentences where people would otherwise see a trace."""

import os
import sys

from tovholder.base.errors import Refused


def main(argv=None):
    """This will run one command and leave with its exit code: 2 when a rule refused, 130 when interrupted."""
    words = list(sys.argv[1:] if argv is None else argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tovholder.config.settings")
    if words[:1] == ["demo"]:
        # Settings are read once, before the command is known.
        os.environ.setdefault("TOVHOLDER_DEMO", "1")
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["tovholder", *(words or ["help"])])
    except Refused as refused:
        if "--traceback" in words:
            raise
        print(refused, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
