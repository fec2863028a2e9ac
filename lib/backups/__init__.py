"""Backups: a folder with the database as it was at one moment, the files it named, and a manifest that says what belongs in it.

It knows PostgreSQL, SQLite, any Django storage and none of our models: which files there are is read from the file fields of all of them.
"""


class Refused(Exception):
    """Nothing was done, or all of it was undone; the text is a sentence for whoever runs the command."""
