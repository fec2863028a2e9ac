"""What is held about somebody as a file to hand over: a ZIP with a page to read and the same as data."""

import io
import json
import zipfile
from dataclasses import asdict

from django.conf import settings
from django.template.loader import render_to_string

from reporting.protecting.held import Held

PAGE, DATA = "what-is-held.html", "what-is-held.json"


def zipped(held: Held) -> bytes:
    context = {
        "held": held,
        "partnership_name": settings.PARTNERSHIP_NAME,
        "contact_email": settings.CONTACT_EMAIL,
        "site_url": settings.SITE_URL,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE, render_to_string("reporting/held_file.html", context))
        archive.writestr(DATA, json.dumps(asdict(held), ensure_ascii=False, indent=1, default=str))
    return made.getvalue()
