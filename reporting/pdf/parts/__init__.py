"""The parts of the pack, one module each: from a snapshot to what its template places. Nothing is decided in a template."""
