"""A clock that is moved for a whole process and goes on from there: `CLOCK` holds the moment, and when it was that by the real clock.

So processes started one after the other agree on the time. Celery is told to use it by `--app=tests.celery_at`.
"""

import datetime as dt
import os
import time

import time_machine


def at(moment: dt.datetime) -> dict[str, str]:
    """For the environment of the processes in which it is this moment now."""
    return {"CLOCK": f"{moment.isoformat()} {time.time()}"}


def travel() -> None:
    """Move the clock of this process for good, as its environment says."""
    moment, _, really = os.environ["CLOCK"].partition(" ")
    since = dt.timedelta(seconds=time.time() - float(really))
    time_machine.travel(dt.datetime.fromisoformat(moment) + since, tick=True).start()
