"""The public form as a client walks it: an open consultation, and its pages by their names."""

import datetime as dt

from django.test import Client
from django.urls import reverse

from consultation.models import Consultation

NOON = dt.datetime(2018, 7, 2, 11, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2018, 8, 12, 23, tzinfo=dt.UTC)  # in London, at the end of 12 August
SLUG = "what-matters"


def url(page: str, *more: str) -> str:
    return reverse(f"consultation:asking-{page}", args=[SLUG, *more])


def start(client: Client, **told: str) -> None:
    assert client.post(url("start"), told).url == url("step", "concerns")


def concern(consultation: Consultation, text: str) -> int:
    return consultation.concerns.get(text=text).pk


def option(consultation: Consultation, key: str) -> int:
    return consultation.questions.get(key=key.rpartition("-")[0]).options.get(key=key).pk
