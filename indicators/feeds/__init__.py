"""Files that publishers bring out: how each is laid out, and the figures that are read from it."""
