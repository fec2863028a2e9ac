"""What actions queue. A task takes an id and calls one plain function."""

from celery import shared_task

from reporting.builds import packs


@shared_task(name="reporting.build_pack")
def build_pack(pack_id: int) -> None:
    """Safe to run twice: a pack that is ready or in another worker's hands is left alone. How it ended is on its row."""
    packs.build(pack_id)
