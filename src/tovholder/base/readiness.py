"""Whether the house can do its work: asked by whoever watches the machine."""

from django.db import transaction

from .events import new_thing
from .write import write


def try_to_write(at):
    """This will write one row and take it back; raises what the database says when it cannot."""
    with write():
        point = transaction.savepoint()
        new_thing("probe", at)
        transaction.savepoint_rollback(point)
