"""Taking personal data off the record: finding exact words in every text and file, and cutting them out. Who may, and what follows, is decided elsewhere.

`spans` finds and cuts in a text, `fields` says which texts there are, `files` which stored files, `places` brings them together,
`cutting` changes rows, `ledger` keeps what was done outside the database, `holding` tells what is withheld meanwhile.
"""
