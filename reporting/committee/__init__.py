"""What the scrutiny committee reads, and the covering report that takes a pack to it."""
