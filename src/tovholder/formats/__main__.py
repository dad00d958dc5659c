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
    if arguments[:1] == ["status-report"] and arguments[1:2] in (["word"], ["pdf"]) and len(arguments) <= 3:
        sys.stdout.buffer.write(_status_report(arguments[1], arguments[2] if len(arguments) > 2 else ""))
        return 0
    if arguments[:1] == ["measurements"] and len(arguments) in (2, 3):
        from tovholder.formats.measurements.child import answered

        answered(arguments[1], arguments[2] if len(arguments) > 2 else "", sys.stdin.buffer, sys.stdout.buffer)
        return 0
    if not arguments or arguments[0] != "read":
        sys.stderr.write("Brug: python -m tovholder.formats read [FILNAVN] < FIL\n")
        return 2
    from tovholder.formats.reading import read_as_json

    filename = arguments[1] if len(arguments) > 1 else ""
    sys.stdout.buffer.write(read_as_json(sys.stdin.buffer.read(), filename))
    return 0


def _status_report(kind: str, fonts: str) -> bytes:
    from pathlib import Path

    from tovholder.formats.status_report import status_report_from_json

    report = status_report_from_json(sys.stdin.buffer.read().decode())
    folder = Path(fonts) if fonts else None
    if kind == "pdf":
        from tovholder.formats.status_report_pdf import status_report_pdf

        return status_report_pdf(report, folder)
    from tovholder.formats.status_report_word import status_report_docx

    return status_report_docx(report, folder)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
