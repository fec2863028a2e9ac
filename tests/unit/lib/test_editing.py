import pytest
from django.core.exceptions import ValidationError

from accounts.models import Organisation
from lib import editing

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return Organisation.objects.create(slug="police", kind=Organisation.Kind.POLICE)


def test_writing_at_the_version_that_was_opened_raises_it(organisation):
    editing.write(organisation, version=1, kind=Organisation.Kind.OTHER)
    assert (organisation.kind, organisation.version) == (Organisation.Kind.OTHER, 2)
    organisation.refresh_from_db()
    assert (organisation.kind, organisation.version) == (Organisation.Kind.OTHER, 2)


def test_writing_over_a_newer_version_is_refused_and_changes_nothing(organisation):
    editing.write(organisation, version=1, kind=Organisation.Kind.FIRE)
    second = Organisation.objects.get()
    with pytest.raises(editing.Stale, match="changed since you opened it"):
        editing.write(second, version=1, kind=Organisation.Kind.HEALTH)
    assert Organisation.objects.get().kind == Organisation.Kind.FIRE


def test_a_refusal_is_a_validation_error_with_a_sentence():
    assert isinstance(editing.Stale(), ValidationError)
    assert editing.Stale("The return").message.startswith("The return has been changed")
