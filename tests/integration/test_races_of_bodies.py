"""Two people at one body at the same moment, each on a connection of their own: one chair, no circle, one grant of a role, nothing orphaned."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import RoleGrant
from governance.actions import bodies, delegations, members
from governance.models import Body, BodyLink, Delegation, Membership, Risk
from tests.factories import UserFactory
from tests.factories.governance import BodyFactory, BodyLinkFactory, MembershipFactory, RiskFactory
from tests.integration.test_returns_race import at_once

# On SQLite writers queue one after the other; what a late one meets there is in the tests of the actions.
pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROUNDS = 8
FIRST, LAST = dt.date(2018, 4, 1), dt.date(2018, 5, 31)
Role = Membership.Role


@pytest.fixture
def sam():
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def taking(body, sam, **told):
    mine = Body.objects.get(pk=body.pk)
    return lambda: members.add(mine, **({"role": Role.CHAIR, "starts_on": FIRST, "by": sam} | told))


def refused(outcomes):
    """The refusals, each a sentence: anything else would be a mistake."""
    found = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert all(isinstance(one, ValidationError) for one in found), found
    return found


@pytest.mark.parametrize(
    ("role", "ends"),
    [(Role.CHAIR, (None, None)), (Role.CHAIR, (LAST, dt.date(2018, 6, 30))), (Role.CO_CHAIR, (None, LAST))],
)
def test_two_take_the_chair_at_once(sam, role, ends):
    """With an end, no constraint says it: the lock does. Of co-chairs one is there already."""
    for _ in range(ROUNDS):
        body = BodyFactory()
        if role == Role.CO_CHAIR:
            MembershipFactory(body=body, role=role)
        outcomes = at_once(*(taking(body, sam, role=role, name=f"Dana {end}", ends_on=end) for end in ends))
        [refusal] = refused(outcomes)
        assert "one chair at a time" in str(refusal)
        assert Membership.objects.filter(body=body, role=role).count() == (2 if role == Role.CO_CHAIR else 1)


def test_a_chair_against_a_co_chair(sam):
    for _ in range(ROUNDS):
        body = BodyFactory()
        outcomes = at_once(taking(body, sam, name="Dana"), taking(body, sam, name="Lena", role=Role.CO_CHAIR))
        assert len(refused(outcomes)) == 1
        assert Membership.objects.filter(body=body).count() == 1


def test_two_hand_one_place_over(sam):
    for _ in range(ROUNDS):
        place = MembershipFactory(role=Role.CHAIR)
        risk = RiskFactory(body=place.body, owner=place.user)
        heirs = [UserFactory(), UserFactory()]

        def handing(heir, place=place):
            mine = Membership.objects.select_related("body", "user").get(pk=place.pk)
            return lambda: members.succeed(mine, ends_on=LAST, user=heir, version=1, by=sam)

        assert len(refused(at_once(*(handing(heir) for heir in heirs)))) == 1
        [new] = Membership.objects.filter(succeeds=place)
        assert Risk.objects.get(pk=risk.pk).owner == new.user


def test_ending_against_handing_over(sam):
    """Whoever comes second is told, and the risk has one owner, never the one who left."""
    for _ in range(ROUNDS):
        place = MembershipFactory(role=Role.CHAIR)
        risk, heir, other = RiskFactory(body=place.body, owner=place.user), UserFactory(), UserFactory()
        one, two = (Membership.objects.select_related("body", "user").get(pk=place.pk) for _ in range(2))
        outcomes = at_once(
            lambda one=one, other=other: members.end(one, ends_on=LAST, to=other, version=1, by=sam),
            lambda two=two, heir=heir: members.succeed(two, ends_on=LAST, user=heir, version=1, by=sam),
        )
        assert len(refused(outcomes)) == 1
        assert Risk.objects.get(pk=risk.pk).owner in (heir, other)


def test_two_links_that_together_make_a_circle(sam):
    """Each is right by itself."""
    for _ in range(ROUNDS):
        one, two, three = BodyFactory(), BodyFactory(), BodyFactory()
        BodyLinkFactory(body=two, to=three)

        def placing(body, under):
            mine = Body.objects.get(pk=body.pk)
            nothing = {"accountable": [], "works_with": [], "serves": []}
            return lambda: bodies.set_links(mine, parent=under, version=1, by=sam, **nothing)

        outcomes = at_once(placing(three, one), placing(one, two))
        [refusal] = refused(outcomes)
        assert "already" in str(refusal)
        assert BodyLink.objects.filter(body__in=[one, two, three]).count() == 2


def test_two_bodies_take_one_person(sam):
    """Two places, and one grant of the role that covers both."""
    for _ in range(ROUNDS):
        person = UserFactory()
        places = [taking(BodyFactory(), sam, user=person, role=Role.MEMBER) for _ in range(2)]
        assert refused(at_once(*places)) == []
        assert RoleGrant.objects.filter(user=person, role="member").count() == 1


def test_two_bodies_let_one_person_go(sam):
    """The role ends with the later of the two."""
    for _ in range(ROUNDS):
        person = UserFactory()
        places = [members.add(BodyFactory(), role=Role.MEMBER, user=person, starts_on=FIRST, by=sam) for _ in range(2)]
        today = dt.date.today()
        lasts = (today, today + dt.timedelta(days=30))
        outcomes = at_once(
            *(
                lambda place=place, last=last: members.end(place, ends_on=last, version=place.version, by=sam)
                for place, last in zip(places, lasts, strict=True)
            )
        )
        assert refused(outcomes) == []
        assert RoleGrant.objects.get(user=person, role="member").ends_on == lasts[1]


def test_a_body_ends_against_somebody_joining_it(sam):
    for _ in range(ROUNDS):
        body = BodyFactory()
        facts = bodies.Facts(body.name, body.short_name, body.code, body.kind, ended_on=LAST)
        mine = Body.objects.get(pk=body.pk)
        outcomes = at_once(
            lambda mine=mine, facts=facts: bodies.change(mine, facts=facts, version=1, by=sam),
            taking(body, sam, name="Dana Reid"),
        )
        assert len(refused(outcomes)) == 1
        ended = Body.objects.get(pk=body.pk).ended_on is not None
        assert ended != Membership.objects.filter(body=body).exists()


def test_two_let_one_deputy_act(sam):
    for _ in range(ROUNDS):
        deputy = MembershipFactory(role=Role.DEPUTY)
        days = {"starts_on": FIRST, "ends_on": LAST, "on": FIRST, "reason": "On leave"}

        def letting(deputy=deputy, days=days):
            mine = Membership.objects.select_related("body", "user").get(pk=deputy.pk)
            return lambda: delegations.delegate(mine, version=1, by=sam, **days)

        assert len(refused(at_once(letting(), letting()))) == 1
        assert Delegation.objects.filter(deputy=deputy).count() == 1


def test_two_take_back_one_delegation(sam):
    for _ in range(ROUNDS):
        deputy = MembershipFactory(role=Role.DEPUTY)
        given = Delegation.objects.create(deputy=deputy, starts_on=FIRST, ends_on=LAST, reason="On leave", given_by=sam)
        outcomes = at_once(*(lambda given=given: delegations.take_back(given, on=FIRST, by=sam) for _ in range(2)))
        assert len(refused(outcomes)) == 1
        assert "taken back already" in str(refused(outcomes)[0])


def test_two_places_are_handed_over_crosswise(sam):
    """Neither waits for the other for ever."""
    for _ in range(ROUNDS):
        one, two = UserFactory(), UserFactory()
        places = [MembershipFactory(user=person) for person in (one, two)]

        def handing(place, heir):
            mine = Membership.objects.select_related("body", "user").get(pk=place.pk)
            return lambda: members.succeed(mine, ends_on=LAST, user=heir, version=1, by=sam)

        assert refused(at_once(handing(places[0], two), handing(places[1], one))) == []


def test_two_add_each_other(sam):
    for _ in range(ROUNDS):
        lena = UserFactory(roles=["coordinator"])
        outcomes = at_once(
            taking(BodyFactory(), sam, user=lena, role=Role.MEMBER),
            taking(BodyFactory(), lena, user=sam, role=Role.MEMBER),
        )
        assert refused(outcomes) == []
