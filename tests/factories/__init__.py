"""Records for tests, made in one line each: `from tests.factories import UserFactory`. One module per app."""

from tests.factories.accounts import PASSWORD, OrganisationFactory, RoleGrantFactory, UserFactory

__all__ = ["PASSWORD", "OrganisationFactory", "RoleGrantFactory", "UserFactory"]
