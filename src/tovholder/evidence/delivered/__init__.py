"""What a file of figures says, held against what is known: which area, definition and group each row is about, and whether it adds up.

Rows that cannot be used are refused one by one, each with a sentence that names row and column. Knows no database: `Known` carries it in.
"""
