"""What beat starts, and when. The time of each is in words above it; the tasks themselves are in each app's `scheduled.py`."""

from typing import Any

SCHEDULES: dict[str, dict[str, Any]] = {
    # Every ten seconds: packs whose worker died, or that never reached one, are queued again.
    "sweep packs": {
        "task": "reporting.sweep_packs",
        "schedule": 10.0,
        # Not worth running late: the next one does the same.
        "options": {"expires": 10},
    },
}
