"""Forms of governance, by subject."""
