"""The forms of reporting, by subject."""
