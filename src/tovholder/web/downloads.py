"""Files that a person takes along: always as attachments, never shown on our own address."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


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


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
