"""People and organisations for tests."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import factory
from django.contrib.auth.hashers import make_password
from factory.django import DjangoModelFactory

from accounts.models import ErasedPlace, Erasure, Organisation, OrganisationName, RoleGrant, User

PASSWORD = "a long pass phrase"  # everybody's, in tests
LONG_AGO = dt.date(2010, 4, 1)


class OrganisationFactory(DjangoModelFactory):
    """`OrganisationFactory(name="Sample Police")`; it has had that name from the beginning."""

    class Meta:
        model = Organisation
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda number: f"organisation-{number}")
    kind = Organisation.Kind.COUNCIL

    @factory.post_generation
    def name(organisation: Organisation, create: bool, extracted: str | None, **kwargs: Any) -> None:  # noqa: N805
        if create:
            name = extracted or organisation.slug.replace("-", " ").capitalize()
            OrganisationName.objects.create(organisation=organisation, name=name)


class UserFactory(DjangoModelFactory):
    """`UserFactory(roles=["coordinator"])`: active, with the password `PASSWORD`, the roles in force for years without an end."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda number: f"person{number}@example.org")
    name = factory.Sequence(lambda number: f"Person {number}")
    post = "Officer"
    organisation = factory.SubFactory(OrganisationFactory)
    password = factory.LazyFunction(lambda: make_password(PASSWORD))

    @factory.post_generation
    def roles(user: User, create: bool, extracted: Iterable[str] | None, **kwargs: Any) -> None:  # noqa: N805
        for role in extracted or ():
            RoleGrant.objects.create(user=user, role=role, starts_on=LONG_AGO)


class RoleGrantFactory(DjangoModelFactory):
    class Meta:
        model = RoleGrant

    user = factory.SubFactory(UserFactory)
    role = RoleGrant.Role.DATA_LEAD
    starts_on = LONG_AGO


class ErasureFactory(DjangoModelFactory):
    """Asked for by an administrator, and not decided."""

    class Meta:
        model = Erasure

    what = "The name of a resident"
    ground = Erasure.Ground.ASKED_FOR
    why = "Letter of 3 May 2018"
    asked_by = factory.SubFactory(UserFactory, roles=[RoleGrant.Role.ADMINISTRATOR])


class ErasedPlaceFactory(DjangoModelFactory):
    """A place in a row that is not there."""

    class Meta:
        model = ErasedPlace

    erasure = factory.SubFactory(ErasureFactory)
    model = "indicators.commentary"
    row = "1"
    field = "why"
    label = "Commentary 1, why"
    spans = [[0, 9]]
    checksum = "5" * 64
    checksum_after = "6" * 64
