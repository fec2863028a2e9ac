"""The first run and the commands behind it: loaded once, marked as sample, and refused beside people's own data and in production."""

import io

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError

from accounts.models import AuditEvent, Installation, Organisation, RoleGrant, User
from cspplan.sample import guard, loader, people
from indicators.models import Commentary, Figure, Indicator, Return, Round, Target
from priorities.models import Plan, Section
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def run(command, *arguments):
    output = io.StringIO()
    call_command(command, *arguments, stdout=output, stderr=output)
    return output.getvalue()


@pytest.fixture
def sample():
    assert loader.load_sample()


def counts():
    return {
        model.__name__: model.objects.count()
        for model in (
            User,
            RoleGrant,
            Organisation,
            Plan,
            Section,
            Indicator,
            Target,
            Round,
            Return,
            Figure,
            Commentary,
        )
    }


# ---------------------------------------------------------------- loading again, and where it refuses


def test_sign_ins_open_with_the_printed_password(sample):
    output = run("sign_ins")
    assert people.PASSWORD in output
    assert "off in this sample installation" in output
    for words in ("Subgroup chair", "Support officer", *(role.label for role in RoleGrant.Role if role != "member")):
        assert words in output
    assert User.objects.get(email="sam.carrick@example.org").check_password(people.PASSWORD)
    assert output.count("@example.org") == 9  # six roles, a second coordinator, a chair and a support officer


def test_loading_twice_changes_nothing(sample):
    before = counts()
    assert run("load_sample") == "The sample years are here already; nothing was changed.\n"
    assert run("load_plan") == "The plan and its catalogue are here already; nothing was changed.\n"
    assert counts() == before


def test_loading_the_plan_is_on_record_once_with_what_came_of_it():
    run("load_plan")
    [event] = AuditEvent.objects.all()
    assert (event.kind, event.scheduled, event.subject_type) == ("plan_loaded", True, "priorities.plan")
    run("load_plan")
    assert AuditEvent.objects.count() == 1


def test_production_takes_no_sample(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="never loaded in production"):
        run("load_sample")
    assert User.objects.count() == 0
    with pytest.raises(CommandError, match="no sample sign-ins in production"):
        run("sign_ins")


def test_a_database_with_peoples_own_data_takes_no_sample():
    UserFactory(is_sample=False)
    with pytest.raises(CommandError, match="people's own data \\(people: 1\\)"):
        run("load_sample")
    assert Round.objects.count() == 0
    assert not Installation.objects.filter(holds_sample=True).exists()


def test_production_does_not_start_on_a_database_with_samples(sample, settings):
    guard.stop_if_sample_in_production()  # not production: starts
    settings.PRODUCTION = True
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        guard.stop_if_sample_in_production()
    assert [message.id for message in guard.check_no_sample_in_production(databases=["default"])] == ["cspplan.C001"]
    assert guard.check_no_sample_in_production(databases=None) == []
    with pytest.raises(SystemCheckError, match="cspplan.C001"):
        run("check", "--database", "default")


def test_production_starts_on_a_database_without_samples(settings):
    settings.PRODUCTION = True
    loader.load_plan()
    guard.stop_if_sample_in_production()
    assert guard.check_no_sample_in_production(databases=["default"]) == []


# ---------------------------------------------------------------- the first run


def test_first_run_loads_samples_once():
    assert "are loaded" in run("first_run")
    before = counts()
    assert "are here already" in run("first_run")
    assert counts() == before


def test_a_clean_first_run_has_the_plan_and_an_administrator_who_gets_a_link(client, settings):
    output = run("first_run", "--no-sample", "--administrator", "ada@example.org")
    administrator = User.objects.get()
    assert (administrator.email, administrator.is_sample) == ("ada@example.org", False)
    assert administrator.roles == {"administrator"}
    assert f"{settings.SITE_URL}/invitation/" in output
    assert (Plan.objects.count(), Indicator.objects.count(), Round.objects.count()) == (1, 26, 0)
    assert not Installation.objects.filter(holds_sample=True).exists()
    assert "No sample people here" in run("sign_ins")


def test_a_clean_first_run_again_gives_the_link_again_until_there_is_a_password():
    run("first_run", "--no-sample")
    assert "/invitation/" in run("first_run", "--no-sample")
    administrator = User.objects.get()
    administrator.set_password("a long pass phrase")
    administrator.save()
    assert "There is an administrator already." in run("first_run", "--no-sample")
    assert User.objects.count() == 1


def test_a_first_run_never_mixes_samples_with_own_data():
    run("first_run", "--no-sample")
    with pytest.raises(CommandError, match="people's own data"):
        run("first_run")


def test_a_database_with_samples_cannot_start_clean(sample):
    with pytest.raises(CommandError, match="empty place"):
        run("first_run", "--no-sample")


def test_a_first_run_in_production_is_a_clean_one(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="first_run --no-sample"):
        run("first_run")
    assert "first administrator" in run("first_run", "--no-sample")
