"""Who may do what with one return, beyond the pages: leads, colleagues of the owner, four eyes."""

import datetime as dt

import pytest

from tests.factories import OrganisationFactory, UserFactory
from tests.factories.indicators import IndicatorFactory, LeadFactory, ReturnFactory, sent, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def police():
    return OrganisationFactory()


@pytest.fixture
def return_(police):
    return ReturnFactory(indicator=IndicatorFactory(owner=police))


def may(user, verb, thing):
    return user.has_perm(f"indicators.{verb}", thing)


class TestGiving:
    def test_its_lead_while_the_duty_lasts(self, return_):
        assert may(LeadFactory(indicator=return_.indicator).user, "submit_return", return_)
        over = LeadFactory(indicator=return_.indicator, ends_on=dt.date(2018, 1, 1))
        assert not may(over.user, "submit_return", return_)

    def test_a_lead_without_the_role_may_not(self, return_):
        lead = LeadFactory(indicator=return_.indicator, user=UserFactory(roles=["commentary_lead"]))
        assert not may(lead.user, "submit_return", return_)

    def test_a_colleague_of_the_owner_unless_it_is_restricted(self, return_, police):
        colleague = UserFactory(roles=["data_lead"], organisation=police)
        assert may(colleague, "submit_return", return_)
        return_.indicator.is_restricted = True
        assert not may(colleague, "submit_return", return_)

    def test_not_a_lead_of_something_else_nor_somebody_without_an_organisation(self, return_):
        assert not may(LeadFactory().user, "submit_return", return_)
        assert not may(UserFactory(roles=["data_lead"], organisation=None), "submit_return", return_)

    @pytest.mark.parametrize(
        ("role", "allowed"),
        [("coordinator", True), ("executive", False), ("scrutiny", False), ("administrator", False)],
    )
    def test_other_roles(self, return_, role, allowed):
        assert may(UserFactory(roles=[role]), "submit_return", return_) is allowed


class TestFourEyes:
    def test_a_coordinator_who_had_no_part_in_it(self, return_):
        sam = UserFactory(roles=["coordinator"])
        assert not may(sam, "verify_return", return_)  # nothing to verify
        sent(return_)
        assert may(sam, "verify_return", return_)

    @pytest.mark.parametrize("part", ["supplied_by", "recorded_by"])
    def test_not_whoever_gave_or_keyed_it(self, return_, part):
        sam = UserFactory(roles=["coordinator"])
        sent(return_, **{part: sam})
        assert not may(sam, "verify_return", return_)

    def test_an_earlier_figure_of_ones_own_does_not_bar(self, return_):
        sam = UserFactory(roles=["coordinator"])
        verified(return_, 1547, supplied_by=sam)
        sent(return_, 1588, restates="revision", restated_because="Late reports.")
        assert may(sam, "verify_return", return_)

    def test_a_data_lead_never_verifies(self, return_, police):
        sent(return_)
        assert not may(UserFactory(roles=["data_lead"], organisation=police), "verify_return", return_)


def test_commentary_is_written_by_its_lead_and_the_team(return_):
    writer = LeadFactory(indicator=return_.indicator, duty="commentary", user=UserFactory(roles=["commentary_lead"]))
    figures = LeadFactory(indicator=return_.indicator)
    assert may(writer.user, "write_commentary", return_.commentary)
    assert may(UserFactory(roles=["coordinator"]), "write_commentary", return_.commentary)
    assert not may(figures.user, "write_commentary", return_.commentary)
    assert not may(writer.user, "submit_return", return_)
