import datetime as dt

import pytest
from django.utils import timezone

from accounts import scheduled
from accounts.models import Session
from accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_sessions_that_have_run_out_are_deleted_and_no_others():
    for lasts in (dt.timedelta(hours=1), dt.timedelta(hours=-1)):
        session = SessionStore()
        session.set_expiry(timezone.now() + lasts)
        session.save()

    scheduled.clear_sessions()

    assert [session.expire_date > timezone.now() for session in Session.objects.all()] == [True]
