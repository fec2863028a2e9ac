"""Databases as earlier releases left them, with data in them: made from nothing, by the migrations and the models of then."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from lib.quarters import Quarter, Year
from tests.migrating import quickly, without_looking_for_cycles

FIRST = {
    "accounts": "0003_mail",
    "priorities": "0002_append_only",
    "indicators": "0002_append_only",
    "reporting": "0001_initial",
}
RELEASES = {
    "without targets": FIRST,
    "without uploads and reminders": {**FIRST, "indicators": "0004_months_append_only"},
    "without bodies and delivery plans": {
        **FIRST,
        "accounts": "0004_absences_reminders_unsent",
        "indicators": "0006_collecting_append_only",
    },
    "without money": {
        **FIRST,
        "accounts": "0005_roles_of_members",
        "indicators": "0006_collecting_append_only",
        "governance": "0002_append_only",
    },
    "without consultations": {
        **FIRST,
        "accounts": "0005_roles_of_members",
        "indicators": "0007_spend",
        "governance": "0004_money_append_only",
    },
    "without editions": {
        **FIRST,
        "accounts": "0005_roles_of_members",
        "indicators": "0007_spend",
        "governance": "0007_concerns_only_of_consultations",
        "consultation": "0002_append_only",
    },
}
RELEASES["without removals"] = {**RELEASES["without editions"], "reporting": "0004_on_the_record"}
OURS = {"accounts", "priorities", "indicators", "consultation", "governance", "reporting"}
GOVERNED = ("without money", "without consultations")  # releases that had bodies and delivery plans
# What actions answered: entries of the plan's section on its consultation. The long one has 137 letters.
ANSWERED = {
    "Drugs and Alcohol Abuse": (1, 2),
    "Anti-social Behaviour (ASB)": (1,),
    "Road Safety": (2,),
    "Burglary": (2,),
    "Burglary!": (2,),  # the same again, in another spelling
    "Dogs " * 27 + "on": (3,),
    "১": (3,),  # no letter of it can stand in a key
}
Q4 = Quarter.parse("2017-18-q4")
MOMENT = dt.datetime(2018, 5, 1, 10, tzinfo=dt.UTC)
KEPT: dict[str, str] = {}  # on PostgreSQL: a release, and the name of the copy of its database
GOLDEN = Path(__file__).parent / "golden" / "snapshot-schema-5.json"


def now():
    """The migrations that a database of today ends with."""
    return MigrationExecutor(connection).loader.graph.leaf_nodes()


def migrate(targets):
    """As `manage.py migrate` does it for people: nothing of it is cut short."""
    executor = MigrationExecutor(connection)
    with without_looking_for_cycles():
        executor.migrate(targets)
        return executor.loader.project_state(targets).apps


def of_then(release: str):
    """The database as that release left it, step by step: the migrations that stand for several of theirs came later. Its models.

    On PostgreSQL the next one goes on from a copy of it, as that release did; all but the last steps need not be done again.
    """
    others = [(app, name) for app, name in now() if app not in OURS]
    targets = [*others, *RELEASES[release].items()]
    upto = list(RELEASES)[: list(RELEASES).index(release) + 1]
    if kept := [KEPT[one] for one in upto if one in KEPT]:
        _copy(kept[-1], connection.settings_dict["NAME"])
    else:
        _empty()
    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    with quickly():
        executor.migrate(targets)
        apps = executor.loader.project_state(targets).apps
    if connection.vendor == "postgresql" and release not in KEPT:
        KEPT[release] = f"{connection.settings_dict['NAME']}_{len(KEPT)}"
        _copy(connection.settings_dict["NAME"], KEPT[release])
    return apps


def forget() -> None:
    """Drop the copies."""
    while KEPT:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {connection.ops.quote_name(KEPT.popitem()[1])}")


def _copy(source: str, target: str) -> None:
    """Of a whole database, to which nobody may be connected."""
    connection.close()
    source, target = map(connection.ops.quote_name, (source, target))
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {target}")
        cursor.execute(f"CREATE DATABASE {target} TEMPLATE {source}")


def _empty() -> None:
    """Leave not a table: it was from there that a database of an earlier release was made."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
            return
        with connection.constraint_checks_disabled():
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)}")


def fill(apps, release):
    """One indicator with a target, a definition, a verified figure and its words; an agreed delivery plan where there were any."""

    def make(label, model, **fields):
        return apps.get_model(label, model).objects.create(**fields)

    organisation = make("accounts", "Organisation", slug="police", kind="police")
    make("accounts", "OrganisationName", organisation=organisation, name="Metropolitan Police", short_name="Police")
    farida = make("accounts", "User", email="farida@example.org", name="Farida Begum", organisation=organisation)
    sam = make("accounts", "User", email="sam@example.org", name="Sam Carrick", organisation=organisation)
    make("accounts", "RoleGrant", user=sam, role="coordinator", starts_on=dt.date(2016, 4, 1))
    plan = make(
        "priorities",
        "Plan",
        slug="2017-21",
        title="The plan",
        starts_on=dt.date(2017, 4, 1),
        ends_on=dt.date(2021, 3, 31),
    )
    priority = make("priorities", "Priority", plan=plan, letter="B", title="Violence", short_title="Violence")
    indicator = make(
        "indicators", "Indicator", slug="reports", name="Reports", measure="count", polarity="higher", year_to_date="sum", unit="reports",
        question="How many?", owner=organisation,
    )  # fmt: skip
    make(
        "indicators", "Placement", plan=plan, priority=priority, indicator=indicator, reference="B2", order=1, short_name="Reports",
        from_year=Year(2017),
    )  # fmt: skip
    make(
        "indicators",
        "Target",
        indicator=indicator,
        year=Year(2017),
        reason="Named in the plan",
        set_by=sam,
        set_at=MOMENT,
    )
    make(
        "indicators",
        "Definition",
        indicator=indicator,
        starts=Quarter(2015, 1),
        text="Every report",
        source="CRIS",
        made_at=MOMENT,
    )
    round_ = make(
        "indicators", "Round", quarter=Q4, opens_on=dt.date(2018, 4, 3), due_on=dt.date(2018, 4, 27),
        commentary_due_on=dt.date(2018, 5, 2), verify_by=dt.date(2018, 5, 4), closes_on=dt.date(2018, 5, 10),
    )  # fmt: skip
    return_ = make(
        "indicators", "Return", indicator=indicator, round=round_, status="verified", submitted_at=MOMENT, submitted_by=farida
    )  # fmt: skip
    figure = make(
        "indicators", "Figure", for_return=return_, numerator=Decimal("1604"), supplied_by=farida, supplied_by_name="Farida Begum",
        recorded_by=farida, recorded_at=MOMENT,
    )  # fmt: skip
    make("indicators", "Verification", figure=figure, verified_by=sam, verified_at=MOMENT)
    make(
        "indicators", "Commentary", for_return=return_, status="sent", due_on=dt.date(2018, 5, 2), what_happened="The most of any quarter",
        why="A campaign", sent_at=MOMENT, sent_by=farida, written_by=farida,
    )  # fmt: skip
    make("accounts", "Mail", to=farida, stage="sent_back", thing=f"indicators.return:{return_.pk}", cycle="1")
    make("reporting", "Pack", plan=plan, quarter=Q4, issue=3, job_state="failed", failure="The storage is full.")
    made = {"job_state": "ready", "snapshot_sha256": "5" * 64, "pdf_sha256": "6" * 64}
    day_after = MOMENT + dt.timedelta(days=1)
    superseded, issued = {}, {}
    if release == "without removals":  # which knew how a pack stands
        superseded = {"standing": "superseded", "issued_at": MOMENT, "superseded_at": day_after}
        issued = {"standing": "issued", "issued_at": day_after}
    make(
        "reporting",
        "Pack",
        plan=plan,
        quarter=Q4,
        issue=1,
        snapshot="{}",
        pdf="packs/first.pdf",
        ended_at=MOMENT,
        **made,
        **superseded,
    )
    make(
        "reporting", "Pack", plan=plan, quarter=Q4, issue=2, ended_at=day_after, requested_by=sam, as_at=MOMENT, pdf="packs/of-then.pdf",
        snapshot=GOLDEN.read_text(encoding="utf-8"), pdf_bytes=7, pages=1, **made, **issued,
    )  # fmt: skip
    if release in GOVERNED:
        fill_governance(make, sam, plan)


def fill_governance(make, sam, plan):
    """An agreed delivery plan with its approval and a condition, and actions that answer what people told the partnership."""
    group = make(
        "governance", "Body", slug="asb", name="ASB Group", short_name="ASB Group", code="ASBG", kind="subgroup"
    )
    executive = make(
        "governance", "Body", slug="executive", name="Executive", short_name="Executive", code="EX", kind="executive"
    )
    delivery_plan = make(
        "governance", "DeliveryPlan", body=group, year=Year(2017), state="in_delivery", submitted_by=sam, submitted_at=MOMENT,
        resources="Two officers", agreed_on=dt.date(2017, 5, 25),
    )  # fmt: skip
    approval = make(
        "governance", "Approval", body=executive, delivery_plan=delivery_plan, verdict="subject", given_on=dt.date(2017, 5, 25),
        route="meeting", evidence="Minute 4", recorded_by=sam, recorded_at=MOMENT,
    )  # fmt: skip
    make(
        "governance", "Undertaking", kind="condition", body=executive, text="Report in the autumn", due_on=dt.date(2017, 11, 1),
        approval=approval, owner_post="Manager", recorded_by=sam, recorded_at=MOMENT,
    )  # fmt: skip
    days = {"starts_on": dt.date(2017, 5, 1), "due_on": dt.date(2018, 3, 31), "first_due_on": dt.date(2018, 3, 31)}
    actions = {
        number: make("governance", "Action", delivery_plan=delivery_plan, number=number, title=f"Action {number}", owner_post="Manager", **days)
        for number in (1, 2, 3, 4)
    }  # fmt: skip
    section = make("priorities", "Section", plan=plan, key="consultation", order=1, title="What people told us")
    for order, (text, numbers) in enumerate(ANSWERED.items(), start=1):
        item = make("priorities", "SectionItem", section=section, order=order, text=text)
        for number in numbers:
            actions[number].concerns.add(item)
