"""Drawings kept in memory: a row of figures never changes, so neither does its picture until somebody is called something else."""

from collections import OrderedDict
from threading import Lock

from tovholder.base.written import language

# A page of 98 places is the largest: so many pictures are some ten megabytes at most.
MOST = 80
_kept, _turn = OrderedDict(), Lock()


def drawn(row, draw, *shape, names=None):
    """This will return a picture of a row of figures: the one that was drawn before, or a new one.

    `shape` is all else the picture depends on, and `names` what parties are called in it."""
    called = hash(frozenset((pk, one.name, one.code) for pk, one in names.items())) if names else 0
    key = (row.pk, row.digest, language(), called, *shape)
    with _turn:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    picture = draw()
    with _turn:
        _kept[key] = picture
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return picture
