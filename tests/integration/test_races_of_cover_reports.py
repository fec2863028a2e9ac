"""Two people who write one covering report at the same moment, each on a connection of their own; and a publication by PostgreSQL's clock."""

import datetime as dt

import pytest
import time_machine

from reporting import register
from reporting.actions import committee
from reporting.models import CoverReport
from reporting.register import addresses
from tests.factories.accounts import UserFactory
from tests.factories.packs import PackFactory
from tests.integration.test_returns_race import at_once, one_won

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 6
NOON = dt.datetime(2018, 6, 1, 11, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("is_there", [False, True])
def test_two_write_one_covering_report(is_there):
    people = UserFactory(name="Sam Carrick"), UserFactory(name="Lena Fox")
    for _ in range(ROUNDS):
        pack = PackFactory(public=True, issued=True)
        if is_there:
            committee.write(pack, version=0, meeting=None, texts={"risk": "None"}, by=people[0])

        def writing(by, pack=pack):
            return lambda: committee.write(
                pack, version=int(is_there), meeting=None, texts={"risk": f"As {by.name} sees it"}, by=by
            )

        assert one_won(at_once(*map(writing, people)))
        report = CoverReport.objects.get(pack=pack)
        assert report.texts["risk"].startswith("As ")
        assert report.version == 1 + is_there


def test_the_minute_of_publication_is_the_same_on_this_engine():
    pack = PackFactory(public=True, issued=True, issued_at=NOON - dt.timedelta(hours=3), publish_at=NOON)
    parts = addresses.parts(pack)
    with time_machine.travel(NOON, tick=False):
        assert register.find(*parts, NOON - dt.timedelta(microseconds=1)) is None
        assert register.find(*parts, NOON) == pack
