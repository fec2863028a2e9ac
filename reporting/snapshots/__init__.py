"""Gather once, render many: all that a dashboard or pack shows of one quarter, complete and frozen."""

from reporting.snapshots.canonical import Unreadable, from_json, sha256, to_json
from reporting.snapshots.gather import take
from reporting.snapshots.shape import Snapshot

__all__ = ["Snapshot", "Unreadable", "from_json", "sha256", "take", "to_json"]
