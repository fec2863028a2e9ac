"""What actions queue. A task takes an id and calls one plain function."""

from celery import shared_task

from indicators.uploads import working


@shared_task(name="indicators.work_on_upload")
def work_on_upload(upload_id: int) -> None:
    """Safe to run twice: an upload that waits for nothing or is in another worker's hands is left alone. How it ended is on its row."""
    working.work(upload_id)
