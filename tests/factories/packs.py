"""Packs that are ready, without the work of building them: small files with true checksums."""

import datetime as dt
import hashlib
from typing import Any

import factory
from django.db import connection
from django.utils import timezone

from lib.quarters import Quarter, Year
from reporting import imprint as imprints
from reporting import snapshots
from reporting.builds import pack_files
from reporting.imprint import Erratum, Imprint
from reporting.models import (
    AssessedIndicator,
    AssessedPriority,
    Assessment,
    AssessmentSection,
    Companion,
    CoverReport,
    FeedKey,
    Outline,
    Pack,
    PackApproval,
    Redaction,
)
from tests.factories import snapshots as made_up
from tests.factories.accounts import UserFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.priorities import PlanFactory, PriorityFactory

Q4 = Quarter.parse("2017-18-q4")


class PackFactory(factory.django.DjangoModelFactory):
    """Ready and waiting to be approved. `issued=True`: issued an hour ago; a public one (`public=True`) is published too."""

    class Meta:
        model = Pack

    class Params:
        public = factory.Trait(
            edition=Pack.Edition.PUBLIC,
            made_from=factory.SubFactory(
                "tests.factories.packs.PackFactory",
                plan=factory.SelfAttribute("..plan"),
                quarter=factory.SelfAttribute("..quarter"),
                kind=factory.SelfAttribute("..kind"),
                adds_to=factory.SelfAttribute("..adds_to"),
            ),
        )
        issued = factory.Trait(
            standing=Pack.Standing.ISSUED,
            issued_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(hours=1)),
            issued_by=factory.SubFactory(UserFactory),
            publish_at=factory.LazyAttribute(lambda o: o.issued_at if o.edition == Pack.Edition.PUBLIC else None),
        )

    plan = factory.SubFactory(PlanFactory)
    quarter = Q4
    kind = Pack.Kind.PACK
    edition = Pack.Edition.EXECUTIVE
    standing = Pack.Standing.BUILT
    adds_to = None
    supersedes = None
    erratum = ""
    issue = 1
    requested_by = factory.SubFactory(UserFactory)
    job_state = Pack.JobState.READY
    ended_at = factory.LazyFunction(timezone.now)
    as_at = factory.LazyAttribute(lambda o: snapshots.from_json(o.snapshot).as_at)
    snapshot = factory.LazyAttribute(lambda o: snapshots.to_json(_snapshot(o)))
    snapshot_sha256 = factory.LazyAttribute(lambda o: snapshots.sha256(o.snapshot))
    imprint = factory.LazyAttribute(lambda o: imprints.to_json(_imprint(o)))
    content = b"%PDF-1.7 a small pack"
    pdf = factory.LazyAttribute(lambda o: pack_files.store("packs/small.pdf", o.content))
    pdf_sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    pdf_bytes = factory.LazyAttribute(lambda o: len(o.content))
    pages = 1

    @classmethod
    def _create(cls, model_class: Any, *args: Any, content: bytes, **kwargs: Any) -> Pack:
        return super()._create(model_class, *args, **kwargs)


def _snapshot(pack: Any) -> snapshots.Snapshot:
    return made_up.sample(edition=str(pack.edition), quarter=pack.quarter)


def _imprint(pack: Any) -> Imprint:
    was = pack.supersedes
    erratum = Erratum(was.issue, timezone.localdate(was.issued_at), pack.erratum) if was and was.issued_at else None
    return Imprint(str(pack.edition), pack.issue, str(pack.kind), erratum=erratum)


class PackApprovalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PackApproval

    pack = factory.SubFactory(PackFactory)
    pdf_sha256 = factory.SelfAttribute("pack.pdf_sha256")
    verdict = PackApproval.Verdict.APPROVED
    given_on = dt.date(2018, 5, 22)
    given_by = "Jo Mercer"
    giver = factory.SubFactory(UserFactory)
    route = PackApproval.Route.HERE
    recorded_by = factory.SelfAttribute("giver")


class CompanionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Companion

    class Params:
        content = b"reference,quarter"

    pack = factory.SubFactory(PackFactory)
    form = Companion.Form.TABLE
    file = factory.LazyAttribute(lambda o: pack_files.store(f"packs/small.{o.form}", o.content))
    sha256 = factory.LazyAttribute(lambda o: hashlib.sha256(o.content).hexdigest())
    size = factory.LazyAttribute(lambda o: len(o.content))


class OutlineFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Outline

    plan = factory.SubFactory(PlanFactory)
    quarter = Q4
    edition = Pack.Edition.EXECUTIVE


class RedactionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Redaction

    plan = factory.SubFactory(PlanFactory)
    quarter = Q4
    place = "indicators/mappa/words/why"
    passage = "Both were known to the panel."
    is_left_out = True
    ground = Redaction.Ground.SMALL_NUMBER
    decided_by = factory.SubFactory(UserFactory)


class CoverReportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CoverReport

    pack = factory.SubFactory(PackFactory, public=True, issued=True)


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    plan = factory.SubFactory(PlanFactory)
    year = Year(2017)


class AssessmentSectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AssessmentSection

    assessment = factory.SubFactory(AssessmentFactory)
    order = 1
    heading = "Who is harmed"
    text = "Young men in the evening hours."


class AssessedIndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AssessedIndicator

    assessment = factory.SubFactory(AssessmentFactory)
    indicator = factory.SubFactory(IndicatorFactory)
    why = "More was reported."


class AssessedPriorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AssessedPriority

    assessment = factory.SubFactory(AssessmentFactory)
    priority = factory.SubFactory(PriorityFactory)
    future = AssessedPriority.Future.KEEP
    because = "It is not done."


class FeedKeyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FeedKey

    label = "Power BI of the performance team"
    key_sha256 = factory.Sequence(lambda number: hashlib.sha256(str(number).encode()).hexdigest())
    made_by = factory.SubFactory(UserFactory)


def damage(pack: Pack, **columns: Any) -> None:
    """Write these columns of a stored pack as a failing disk, or somebody at the database, may: PostgreSQL refuses it to the application."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        try:
            Pack.objects.filter(pk=pack.pk).update(**columns)
        finally:
            if connection.vendor == "postgresql":
                cursor.execute("SET session_replication_role = origin")
