"""Who sits where, and which body serves which priority: what the plan's empty page doesn't say."""

from accounts.models import RoleGrant
from cspplan.sample.governing.cast import Cast, Told, at, day
from governance.models import Body, BodyPriority, Membership


def load(told: Told, who: Cast) -> None:
    for slug, role, email, name, post, organisation, starts, ends in told["places"]:
        Membership.objects.create(
            body=who.bodies[slug],
            role=role,
            user=who.person(email),
            name=name,
            post=post,
            organisation=who.organisations[organisation],
            starts_on=day(starts),
            ends_on=day(ends),
            is_sample=True,
        )
        if email and role in Membership.CHAIRING:
            who.chairs[slug] = who.people[email]
    _grant_roles(who)
    for slug, letters in told["serves"].items():
        for letter in letters:
            BodyPriority.objects.create(body=who.bodies[slug], priority=who.priorities[letter], is_sample=True)
    for slug, text in told["terms"].items():
        Body.objects.filter(pk=who.bodies[slug].pk).update(terms_of_reference=text)


def _grant_roles(who: Cast) -> None:
    """Each person the roles that their places bring, from the first day of the first to the last day of the last."""
    periods: dict[tuple[int, str], list[Membership]] = {}
    for place in Membership.objects.filter(user__isnull=False).select_related("body"):
        if place.brings_role:
            periods.setdefault((place.user_id, place.brings_role), []).append(place)
    for (person, role), places in periods.items():
        if RoleGrant.objects.filter(user=person, role=role).exists():
            continue
        ends = [place.ends_on for place in places]
        starts = min(place.starts_on for place in places)
        RoleGrant.objects.create(
            user_id=person,
            role=role,
            starts_on=starts,
            ends_on=None if None in ends else max(end for end in ends if end),
            with_membership=True,
            granted_by=who.coordinator,
            granted_at=at(starts, 9),
        )
