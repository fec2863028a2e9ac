"""Every change that a person or the schedule makes, by subject. A worker’s own writes are in `reporting.packs`."""
