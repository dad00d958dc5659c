"""Run one reader or writer alone: bytes on standard input, the result on standard output."""

import sys


def main(arguments: list[str]) -> int:
    """This will run the named reader on standard input and print its result as JSON; 2 when the name is unknown."""
    if not arguments or arguments[0] != "read":
        sys.stderr.write("Brug: python -m tovholder.formats read [FILNAVN] < FIL\n")
        return 2
    from tovholder.formats.reading import read_as_json

    filename = arguments[1] if len(arguments) > 1 else ""
    sys.stdout.buffer.write(read_as_json(sys.stdin.buffer.read(), filename))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
