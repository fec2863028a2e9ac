"""A delivery plan's actions as a spreadsheet: written out, read back, and compared cell by cell before anything is recorded."""
