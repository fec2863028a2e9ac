"""What a form's script sends at the same moment as another page of the same person, or as the form itself."""

import threading
from decimal import Decimal

import pytest
from django.db import connection
from django.utils import timezone

from accounts import unsent
from accounts.models import Unsent
from indicators import actions
from indicators.models import Figure
from indicators.views.returns import ENDS
from tests.factories import UserFactory
from tests.factories.indicators import ReturnFactory

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
PAGES = 6


def at_once(*acts) -> list[Exception]:
    start, failed = threading.Barrier(len(acts)), []

    def run(act) -> None:
        try:
            start.wait(10)
            act()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return failed


def test_pages_that_keep_at_once_are_one_row_and_one_of_them_whole():
    person, return_ = UserFactory(), ReturnFactory()
    texts = [str(page) * 1000 for page in range(PAGES)]

    def keeping(text: str):
        return lambda: unsent.keep(person, return_, {"number": text, "source": text}, version=1, at=timezone.now())

    assert at_once(*map(keeping, texts)) == []
    row = Unsent.objects.get()
    assert row.typed["number"] == row.typed["source"]
    assert row.typed["number"] in texts


@pytest.mark.parametrize("turn", range(8))
def test_typing_that_arrives_while_its_form_is_sent_never_comes_back(turn):
    person, return_ = UserFactory(), ReturnFactory()

    def send() -> None:
        actions.submit(return_, version=1, numerator=Decimal(16), supplied_by=person, by=person)
        unsent.forget(person, return_)

    def keep() -> None:
        unsent.keep(person, return_, {"number": "1"}, version=1, at=timezone.now())

    assert at_once(send, keep) == []
    assert Figure.objects.count() == 1
    return_.refresh_from_db()
    assert unsent.restore(person, return_, ends=ENDS) is None
