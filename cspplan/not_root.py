"""In production nothing of ours runs as root: whoever breaks into it then holds this application and not the machine."""

import os
import sys

from django.conf import settings

# They serve nothing and touch no record; an image is built with them, as root.
HARMLESS = ("check", "collectstatic", "help", "version", "--help", "--version")


def stop_if_root(command: str = "") -> None:
    """Ends the process with a sentence. `command` is manage.py's, if it is that."""
    if command not in HARMLESS and settings.PRODUCTION and os.geteuid() == 0:
        sys.exit("Start this as a user of its own, not as root: in production it does not run as root.")
