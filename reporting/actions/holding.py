"""Where every change to a built pack begins: nothing else is issued meanwhile."""

from django.core.exceptions import ValidationError

from priorities.models import Plan
from reporting import clearing
from reporting.models import Pack

OF_PACK = "This pack"


def hold(pack: Pack) -> Pack:
    """The pack as its row stands now, while no other is approved, issued or withdrawn.

    A public edition is checked against those of every plan, so all plans are held; without their keys, which those who build beneath them need.
    """
    list(Plan.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    packs = Pack.objects.select_related("plan", "requested_by").beside("made_from", "supersedes", "adds_to")
    return packs.get(pk=pack.pk)


def refuse_removed(pack: Pack) -> None:
    """Nothing is done with a pack whose files are withheld or gone, but to take it back."""
    if pack.removal:
        raise ValidationError(clearing.REMOVED if pack.is_erased else clearing.WITHHELD)


def refuse_unless_waiting(pack: Pack) -> None:
    """Only a build that is ready, is no draft and has not been spoken of waits for a word."""
    if not pack.is_ready:
        raise ValidationError("This pack is not built yet.")
    refuse_removed(pack)
    if pack.is_draft:
        raise ValidationError("A draft is to be looked at. Build the pack to be issued, and have that approved.")
    if pack.standing == Pack.Standing.SET_ASIDE:
        raise ValidationError("This build has been set aside. Open the newest one.")
    if pack.standing != Pack.Standing.BUILT:
        raise ValidationError(f"This pack is {str(pack.get_standing_display()).lower()} already.")
