"""Files that a person takes along: always as attachments, never shown on our own address."""

from itertools import islice

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

A_PIECE = 2_000


def attachment(name, content, content_type):
    """This will give bytes as a file to save."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def spreadsheet(name, headers, rows):
    """This will give rows as a file that Danish spreadsheets open, with formulas made harmless."""
    from tovholder.formats.tables import csv_bytes

    return attachment(name, csv_bytes(headers, [["" if cell is None else cell for cell in row] for row in rows]), "text/csv; charset=utf-8")


def streamed_spreadsheet(name, headers, rows):
    """This will give many rows as such a file piece by piece, so that a long one is never held whole."""
    response = StreamingHttpResponse(_pieces(headers, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def _pieces(headers, rows):
    from tovholder.formats.tables import csv_bytes

    yield csv_bytes(headers, ())
    rows, nothing = iter(rows), csv_bytes((), ())
    while piece := [["" if cell is None else cell for cell in row] for row in islice(rows, A_PIECE)]:
        yield csv_bytes((), piece).removeprefix(nothing)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
