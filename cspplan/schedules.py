"""What beat starts, and when. The time of each is in words above it; the tasks themselves are in each app's `scheduled.py`."""

from typing import Any

from celery.schedules import crontab

SCHEDULES: dict[str, dict[str, Any]] = {
    # Every four seconds: packs whose worker died, or that never reached one, are queued again. See `lib.jobs.LEASE` for why so often.
    "sweep packs": {
        "task": "reporting.sweep_packs",
        "schedule": 4.0,
        # Not worth running late: the next one does the same.
        "options": {"expires": 4},
    },
    # Every four seconds: files of figures whose worker died, or that never reached one, are queued again.
    "sweep uploads": {
        "task": "indicators.sweep_uploads",
        "schedule": 4.0,
        "options": {"expires": 4},
    },
    # Every day at four at night: uploaded files are removed after 30 days.
    "forget files": {
        "task": "indicators.forget_files",
        "schedule": crontab(hour=4, minute=0),
    },
    # Every hour: files of removed personal data that the storage did not give up, or that came back with a restored folder.
    "sweep erased files": {
        "task": "reporting.sweep_erased_files",
        "schedule": crontab(minute=35),
    },
    # Every minute: mails that were never sent, or rest no longer after a failure, are queued again.
    "sweep mails": {
        "task": "accounts.sweep_mails",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Every morning at six: drafts of packs whose days for verifying are over. Twice more, for a broker that was out.
    "request drafts": {
        "task": "reporting.request_drafts",
        "schedule": crontab(hour="6-8", minute=0),
    },
    # Every day at half past seven in London: reminders of what is owed, on working days. Twice more, an hour apart, for a broker that was
    # out: what has been reminded is not reminded again.
    "send reminders": {
        "task": "reporting.send_reminders",
        "schedule": crontab(hour="7-9", minute=30),
    },
    # Every ten minutes: sessions that have run out are deleted, and with them what was filled in of a public form and not sent: people are
    # told that it is kept for an hour.
    "clear sessions": {
        "task": "accounts.clear_sessions",
        "schedule": crontab(minute="*/10"),
    },
    # Every day at a quarter to four at night: what was typed into forms and not come back to for 90 days is deleted.
    "clear unsent": {
        "task": "accounts.clear_unsent",
        "schedule": crontab(hour=3, minute=45),
    },
    # Every day at half past three at night: what the retention table says is over, and nothing else here removes: see `manage.py purge`.
    "purge": {
        "task": "reporting.purge",
        "schedule": crontab(hour=3, minute=30),
    },
    # Every day at ten past midnight: roles that go with places on bodies, where a role given by hand ended or an account was opened again.
    "follow memberships": {
        "task": "governance.follow_memberships",
        "schedule": crontab(hour=0, minute=10),
    },
    # Every day at half past two at night: the quarter's review of roles opens in the first two weeks; after its last day what nobody has
    # confirmed lapses.
    "review roles": {
        "task": "accounts.review_roles",
        "schedule": crontab(hour=2, minute=30),
    },
    # Every hour: hashes of the addresses from which forms came are forgotten after 24 hours.
    "forget addresses": {
        "task": "consultation.forget_addresses",
        "schedule": crontab(minute=5),
    },
    # Every night from one o'clock: single responses whose day of removal has come. Hourly until six, because a run ends after some minutes
    # and the next goes on where it stopped.
    "purge responses": {
        "task": "consultation.purge_responses",
        "schedule": crontab(hour="1-6", minute=20),
    },
    # Every hour, first a minute after midnight: consultations whose last day is over are closed. Nobody can answer them since midnight anyway.
    "close consultations": {
        "task": "consultation.close_those_over",
        "schedule": crontab(minute=1),
    },
}
