"""Data protection: the retention table of the whole installation, and what is held about one person."""
