"""Run one reader or writer alone: bytes on standard input, the result on standard output."""

import sys


def main(arguments: list[str]) -> int:
    """This will run the named reader or writer on standard input and print its result; 2 when the name is unknown."""
    if arguments == ["consultation-report"]:
        from tovholder.formats.consultation_report import report_from_json
        from tovholder.formats.word import report_docx

        sys.stdout.buffer.write(report_docx(report_from_json(sys.stdin.buffer.read().decode())))
        return 0
    if arguments == ["plan"]:
        from tovholder.formats.word import plan_docx_from_json

        sys.stdout.buffer.write(plan_docx_from_json(sys.stdin.buffer.read()))
        return 0
    if not arguments or arguments[0] != "read":
        sys.stderr.write("Brug: python -m tovholder.formats read [FILNAVN] < FIL\n")
        return 2
    from tovholder.formats.reading import read_as_json

    filename = arguments[1] if len(arguments) > 1 else ""
    sys.stdout.buffer.write(read_as_json(sys.stdin.buffer.read(), filename))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
