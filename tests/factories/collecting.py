"""What collecting a quarter leaves behind, for tests: absences, reminders, uploads, feeds, revisions, confirmations."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Absence, Mail, Reminder, User
from indicators.models import Confirmation, Feed, FeedSeries, Figure, Revision, Upload, Withdrawal
from tests.factories.accounts import UserFactory
from tests.factories.indicators import FigureFactory, IndicatorFactory

DUE = dt.date(2018, 4, 30)


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = Absence

    person = factory.SubFactory(UserFactory, roles=["data_lead"])
    deputy = factory.SubFactory(UserFactory, roles=["data_lead"])
    starts_on = dt.date(2018, 4, 16)
    ends_on = dt.date(2018, 4, 27)


class MailFactory(DjangoModelFactory):
    class Meta:
        model = Mail

    to = factory.SubFactory(UserFactory)
    stage = "sent_back"
    thing = "indicators.return:12"
    cycle = "3"


class ReminderFactory(DjangoModelFactory):
    class Meta:
        model = Reminder

    person = factory.SubFactory(UserFactory)
    thing = "indicators.return:12"
    stage = Reminder.Stage.ON_THE_DAY
    cycle = "2018-04-30"
    what = "Figure for B2 Domestic abuse reports, 2017-18 Q4"
    due_on = DUE
    on = DUE
    mail = factory.SubFactory(MailFactory, to=factory.SelfAttribute("..person"))


class UploadFactory(DjangoModelFactory):
    class Meta:
        model = Upload

    file_name = "figures.csv"
    file_bytes = 120
    file_sha256 = "0" * 64
    uploaded_by = factory.SubFactory(UserFactory, roles=["coordinator"])


class FeedFactory(DjangoModelFactory):
    class Meta:
        model = Feed

    slug = factory.Sequence(lambda number: f"feed-{number}")
    name = "Recorded crime by borough and month"
    publisher = "Sample Police"
    source = "Made up for tests"
    layout = factory.LazyFunction(
        lambda: {"levels": ["Group", "Offence"], "area": "Area", "months": {"columns": "%Y%m"}}
    )


class FeedSeriesFactory(DjangoModelFactory):
    class Meta:
        model = FeedSeries

    feed = factory.SubFactory(FeedFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    area = "Tower Hamlets"
    categories = factory.LazyFunction(lambda: [["Burglary", "Domestic Burglary"]])


class RevisionFactory(DjangoModelFactory):
    class Meta:
        model = Revision

    indicator = factory.SubFactory(IndicatorFactory)
    reason = "The source was checked at the year's end"
    made_by = factory.SubFactory(UserFactory, roles=["coordinator"])


class ConfirmationFactory(DjangoModelFactory):
    class Meta:
        model = Confirmation

    figure = factory.SubFactory(FigureFactory)
    to_name = "Tom Okafor"
    address = "tom.okafor@example.org"
    asked_by = factory.SubFactory(UserFactory, roles=["coordinator"])
    expires_at = dt.datetime(2018, 5, 14, 10, 31, tzinfo=dt.UTC)


def taken_back(figure: Figure, *, by: User, at: dt.datetime | None = None) -> Withdrawal:
    """A figure that an undone upload had brought."""
    return Withdrawal.objects.create(figure=figure, withdrawn_by=by, withdrawn_at=at or timezone.now())
