"""Tovholder: the system holds the threads so that the patient does not have to."""

try:
    # The wheel carries an SQLite without the WAL-reset race; it must stand in before Django imports sqlite3.
    import sys

    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    pass
