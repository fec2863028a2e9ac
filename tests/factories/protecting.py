"""Requests for other formats, and copies that were taken."""

import datetime as dt

import factory

from reporting.models import Download, FormatRequest
from tests.factories.accounts import UserFactory


class FormatRequestFactory(factory.django.DjangoModelFactory):
    """Open, asked on a Monday. `answered=True`: sent two days later."""

    class Meta:
        model = FormatRequest

    class Params:
        answered = factory.Trait(
            state=FormatRequest.State.SENT,
            answer="The report in 18 point, by mail",
            answered_at=dt.datetime(2018, 6, 6, 10, tzinfo=dt.UTC),
            answered_by=factory.SubFactory(UserFactory),
        )

    wanted = "The report for January to March"
    formats = factory.LazyFunction(lambda: ["large_print"])
    way = FormatRequest.Way.EMAIL
    contact = "rosa.may@example.org"
    asked_at = dt.datetime(2018, 6, 4, 10, tzinfo=dt.UTC)
    due_on = dt.date(2018, 6, 18)


class DownloadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Download

    by = factory.SubFactory(UserFactory)
    what = "Pack for 2017-18 Q4, executive edition, issue 1"
    form = "pdf"
    why = Download.Why.EXECUTIVE
