"""Records for tests, made in one line each: `from tests.factories import UserFactory`. One module per app."""

from factory.builder import Resolver

from tests.factories.accounts import PASSWORD, OrganisationFactory, RoleGrantFactory, UserFactory

__all__ = ["PASSWORD", "OrganisationFactory", "RoleGrantFactory", "UserFactory"]

_look_up = Resolver.__getattr__


def _known(made: Resolver, name: str) -> object:
    """For each trait not asked for, factory_boy raises what nobody reads, with every value written out: organisations then ask the database
    for their names, a sixth of the time of all tests.
    """
    if name not in made._Resolver__values and name not in made._Resolver__declarations:
        raise AttributeError(name)
    return _look_up(made, name)


Resolver.__getattr__ = _known
