"""Taking everything along: all tables as CSV with a published description, and all files, in a form that any program reads.

It knows any database, any Django storage and none of our models. A folder holds `datapackage.json` (a tabular data package as
frictionlessdata.io describes it: each table's columns, types, keys and checksum), `tables/` and `files/`. Unlike a backup it is the same
from every engine, leaves secrets out, and can be read without this software.
"""


class Refused(Exception):
    """Nothing was done, or all of it was undone; the text is a sentence for whoever runs the command."""
