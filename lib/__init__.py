"""Leaves that know none of our apps, named by subject."""
