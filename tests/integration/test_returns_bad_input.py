"""What people type wrong on the pages of returns: each gets a sentence next to its box or a 404, keeps the typing, and saves nothing."""

import datetime as dt
import html

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from indicators.models import Figure, Return, SendBack, Verification
from tests.factories import UserFactory
from tests.factories.indicators import (
    FigureFactory,
    IndicatorFactory,
    LeadFactory,
    PlacementFactory,
    ReturnFactory,
    RoundFactory,
    sent,
    verified,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(client):
    return UserFactory(name="Sam Carrick", roles=["coordinator"])


def lead_of(return_):
    return LeadFactory(indicator=return_.indicator, user__name="Farida Begum").user


def count_return():
    return_ = ReturnFactory()
    PlacementFactory(indicator=return_.indicator, reference="B2")
    return return_


def typed(return_, **changes):
    fields = {
        "version": return_.version,
        "number": "1604",
        "kind": "final",
        "behalf": "own",
        "source": "CRIS",
        "do": "submit",
    }
    return fields | changes


def edit(return_):
    return reverse("indicators:return-edit", args=[return_.pk])


def says(response, sentence, field):
    """The sentence stands in the summary, linked to its box, and at the box itself; the title begins with "Error:"."""
    page = html.unescape(response.content.decode())
    assert response.status_code == 200
    assert "<title>Error: " in page
    assert f'<a href="#{field}">{sentence}</a>' in page
    assert f"Error:</span> {sentence}</p>" in page
    return page


def nothing_saved(return_):
    assert not Figure.objects.filter(for_return=return_).exists()
    assert Return.objects.get(pk=return_.pk).version == return_.version
    assert not AuditEvent.objects.exists()


REPORTS = "Domestic abuse reports"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("-3", f"{REPORTS} can’t be less than 0"),
        ("abc", f"{REPORTS} must be a whole number, like 1,234"),
        ("1e9", f"{REPORTS} must be a whole number written out in figures, like 1,234"),
        ("1,604.5", f"{REPORTS} must be a whole number, like 1,234"),
        ("<5", "Type the exact number: small numbers are hidden in public reports, not here"),
        ("12%", f"{REPORTS} must be a whole number without a % sign, like 1,234"),
        ("9" * 30, f"{REPORTS} must have at most 9 figures: check what you typed"),
        ("１６０４", f"{REPORTS} must be typed with the figures 0 to 9, like 1,234"),
        ("", "Enter the number of domestic abuse reports"),
        ("   ", "Enter the number of domestic abuse reports"),
    ],
)
def test_a_count(client, number, sentence):
    return_ = count_return()
    client.force_login(lead_of(return_))
    page = says(client.post(edit(return_), typed(return_, number=number)), sentence, "id_number")
    assert f'value="{number.strip()}"' in page or not number.strip() or f'value="{number}"' in page
    assert 'value="CRIS"' in page
    nothing_saved(return_)


@pytest.mark.parametrize("number", ["1,389", "1389", " 1389 ", "1 389"])
def test_a_count_as_people_write_it_is_taken(client, number):
    return_ = count_return()
    client.force_login(lead_of(return_))
    response = client.post(edit(return_), typed(return_, number=number))
    assert response.status_code == 302
    assert Figure.objects.get().numerator == 1389


def test_the_example_is_last_quarters_figure(client):
    return_ = count_return()
    verified(
        ReturnFactory(indicator=return_.indicator, round=RoundFactory(quarter=return_.round.quarter.previous)), 1561
    )
    client.force_login(lead_of(return_))
    says(
        client.post(edit(return_), typed(return_, number="x")),
        f"{REPORTS} must be a whole number, like 1,561",
        "id_number",
    )


MET, NEED = "Offenders whose need was met", "Offenders with the need"


@pytest.mark.parametrize(
    ("base", "number", "sentence", "field"),
    [
        ("44", "45", f"{MET} can’t be more than the 44 offenders with the need", "id_number"),
        ("0", "1", f"{MET} can’t be more than the 0 offenders with the need", "id_number"),
        ("", "31", "Enter the number of offenders with the need", "id_base"),
        ("44", "", "Enter the number of offenders whose need was met", "id_number"),
        ("-1", "0", f"{NEED} can’t be less than 0", "id_base"),
        ("44", "3.5", f"{MET} must be a whole number, like 1,234", "id_number"),
    ],
)
def test_need_and_met(client, base, number, sentence, field):
    return_ = ReturnFactory(indicator=IndicatorFactory(need_met=True))
    client.force_login(lead_of(return_))
    says(client.post(edit(return_), typed(return_, base=base, number=number)), sentence, field)
    nothing_saved(return_)


def test_need_and_met_where_nobody_had_the_need_is_taken(client):
    return_ = ReturnFactory(indicator=IndicatorFactory(need_met=True))
    client.force_login(lead_of(return_))
    page = client.post(edit(return_), typed(return_, base="0", number="0"), follow=True).content.decode()
    assert "nobody had the need" in page
    assert Figure.objects.get().denominator == 0


@pytest.mark.parametrize(
    ("fields", "sentence", "field"),
    [
        ({"stated": "100.1", "number": ""}, "The percentage can’t be more than 100", "id_stated"),
        ({"stated": "-1", "number": ""}, "The percentage can’t be less than 0", "id_stated"),
        ({"stated": "most", "number": ""}, "The percentage must be a number from 0 to 100, like 67.4", "id_stated"),
        ({"stated": "<5", "number": ""}, "Type the exact percentage: small numbers are hidden in public reports, not here", "id_stated"),
        ({"stated": "67.4", "number": "31"}, "Give either the two numbers or the percentage, not both", "id_stated"),
        ({"stated": "", "number": "31", "base": "0"}, "Victims who answered must be more than 0. If there were none, say that there is no figure this quarter", "id_base"),
        ({"stated": "", "number": "0", "base": "0"}, "Victims who answered must be more than 0. If there were none, say that there is no figure this quarter", "id_base"),
        ({"stated": "", "number": ""}, "Enter the number of victims who answered", "id_base"),
    ],
)  # fmt: skip
def test_a_percentage(client, fields, sentence, field):
    return_ = ReturnFactory(indicator=IndicatorFactory(percentage=True))
    client.force_login(lead_of(return_))
    says(client.post(edit(return_), typed(return_, **fields)), sentence, field)
    nothing_saved(return_)


ON_BEHALF = {
    "behalf": "behalf",
    "supplier": "other",
    "supplier_name": "Tom Okafor",
    "route": "mail",
    "received_on_day": "26",
    "received_on_month": "4",
    "received_on_year": "2018",
}


@pytest.mark.parametrize(
    ("fields", "sentence", "field"),
    [
        ({"received_on_day": "31"}, "The day it reached you must be between 1 and 30: April has 30 days", "id_received_on_day"),
        ({"received_on_month": "13"}, "The day it reached you must have a month between 1 and 12", "id_received_on_month"),
        ({"received_on_year": "2999"}, "The day it reached you can’t be in the future", "id_received_on_day"),
        ({"received_on_day": "", "received_on_month": "", "received_on_year": ""}, "Enter the day it reached you", "id_received_on_day"),
        ({"supplier": "", "supplier_name": ""}, "Choose who gave you the figure", "id_supplier"),
        ({"supplier_name": ""}, "Enter the name of who gave you the figure", "id_supplier_name"),
        ({"route": ""}, "Choose how it reached you", "id_route"),
        ({"behalf": ""}, "Say whose figure it is", "id_behalf_0"),
        ({"behalf": "own"}, "You chose that the figure is your own, and also said who gave it to you: choose one", "id_behalf_0"),
        ({"kind": ""}, "Say whether the figure is final or provisional", "id_kind_0"),
        ({"source": "x" * 201}, "Where it is from must be said in 200 characters or fewer", "id_source"),
        ({"extracted_on_day": "1", "extracted_on_month": "1", "extracted_on_year": "2999"}, "The day it was taken from its source can’t be in the future", "id_extracted_on_day"),
    ],
)  # fmt: skip
def test_around_the_figure(client, fields, sentence, field):
    return_ = count_return()
    client.force_login(lead_of(return_))
    says(client.post(edit(return_), typed(return_, **(ON_BEHALF | fields))), sentence, field)
    nothing_saved(return_)


def test_what_stands_in_the_part_that_does_not_apply_is_no_fault(client):
    return_ = count_return()
    lead = lead_of(return_)
    client.force_login(lead)
    fields = ON_BEHALF | {"behalf": "own", "supplier": "", "supplier_name": "", "received_on_day": "99"}
    assert client.post(edit(return_), typed(return_, **fields)).status_code == 302
    figure = Figure.objects.get()
    assert (figure.supplied_by, figure.route, figure.received_on) == (lead, "form", None)


def test_a_draft_keeps_anything(client):
    return_ = count_return()
    client.force_login(lead_of(return_))
    wrong = typed(return_, **ON_BEHALF, number="about\x00 1,6oo") | {"received_on_day": "31", "do": "draft"}
    assert client.post(edit(return_), wrong).status_code == 302
    saved = Return.objects.get()
    assert (saved.status, saved.draft["number"], saved.draft["received_on"]) == (
        "draft",
        "about 1,6oo",
        ["31", "4", "2018"],
    )
    page = client.get(edit(return_)).content.decode()
    assert 'value="about 1,6oo"' in page
    assert 'value="31"' in page
    assert "Error:" not in page


def test_a_return_for_a_closed_round(client, sam):
    return_ = count_return()
    return_.round.closed_at = timezone.now()
    return_.round.save()
    client.force_login(lead_of(return_))
    assert "2017-18 Q4 is closed, and takes no new figures any more" in client.get(edit(return_)).content.decode()
    for do in ("submit", "draft"):
        page = client.post(edit(return_), typed(return_, do=do)).content.decode()
        assert (
            "2017-18 Q4 is closed, and takes no new figures any more. The partnership team can open it again." in page
        )
    nothing_saved(return_)


def test_a_form_posted_twice_makes_one_figure_and_is_no_error(client):
    return_ = count_return()
    client.force_login(lead_of(return_))
    first = client.post(edit(return_), typed(return_))
    second = client.post(edit(return_), typed(return_), follow=True)
    assert first.status_code == 302
    assert "This figure has been sent already, once" in second.content.decode()
    assert Figure.objects.count() == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "1e3"])
def test_a_lost_version_asks_to_open_the_page_again(client, version):
    return_ = count_return()
    client.force_login(lead_of(return_))
    for do in ("submit", "draft"):
        response = client.post(edit(return_), typed(return_, version=version, do=do))
        assert response.status_code == 200
        assert "<title>Error: " in response.content.decode()
    nothing_saved(return_)


def test_an_unknown_or_foreign_supplier_is_refused(client):
    return_ = count_return()
    client.force_login(lead_of(return_))
    stranger = UserFactory()
    response = client.post(edit(return_), typed(return_, **(ON_BEHALF | {"supplier": str(stranger.pk)})))
    assert response.status_code == 200
    nothing_saved(return_)


@pytest.mark.parametrize("comment", ["", "  ", "\r\n"])
def test_sending_back_without_a_comment(client, sam, comment):
    return_ = count_return()
    sent(return_)
    client.force_login(sam)
    day = timezone.localdate() + dt.timedelta(days=7)
    data = {
        "version": return_.version,
        "comment": comment,
        "due_again_on_day": day.day,
        "due_again_on_month": day.month,
        "due_again_on_year": day.year,
    }
    url = reverse("indicators:return-send-back", args=[return_.pk])
    says(client.post(url, data), "Say what should be looked at again", "id_comment")
    assert not SendBack.objects.exists()
    says(
        client.post(url, data | {"comment": "Why?", "due_again_on_year": "2018"}),
        "The day it is due again must be today or later",
        "id_due_again_on_day",
    )
    assert Return.objects.get().status == Return.Status.SUBMITTED


def test_no_figure_without_a_reason(client):
    return_ = count_return()
    client.force_login(lead_of(return_))
    url = reverse("indicators:return-no-figure", args=[return_.pk])
    says(client.post(url, {"version": 1, "reason": ""}), "Choose why there is no figure", "id_reason_0")
    past = {"expected_on_day": "1", "expected_on_month": "1", "expected_on_year": "2018"}
    response = client.post(url, {"version": 1, "reason": "source_lag", **past})
    says(response, "The day you expect it must be today or later", "id_expected_on_day")
    long = {"version": 1, "reason": "source_lag", "note": "x" * 301}
    says(client.post(url, long), "What readers should know must be said in 300 characters or fewer", "id_note")
    nothing_saved(return_)


def test_restating_without_kind_or_reason(client):
    return_ = count_return()
    verified(return_, 1547)
    client.force_login(lead_of(return_))
    says(
        client.post(edit(return_), typed(return_)),
        "Say whether the source has new figures or the figure was wrong",
        "id_restates_0",
    )
    says(
        client.post(edit(return_), typed(return_, restates="revision")),
        "Say why the figure changes",
        "id_restated_because",
    )
    assert Figure.objects.count() == 1


@pytest.mark.parametrize("ticks", [[], ["x"], ["1"], ["1:"], ["9999999999999999999999:1"]])
def test_verifying_with_nothing_ticked(client, sam, ticks):
    return_ = count_return()
    sent(return_)
    client.force_login(sam)
    url = reverse("indicators:round-verify", args=[return_.round.quarter])
    says(client.post(url, {"verify": ticks, "do": "verify"}), "Tick the returns you have checked", "id_verify_0")
    assert not Verification.objects.exists()


def test_sending_back_several_at_once(client, sam):
    return_ = count_return()
    other = ReturnFactory(round=return_.round)
    sent(return_)
    sent(other)
    client.force_login(sam)
    url = reverse("indicators:round-verify", args=[return_.round.quarter])
    response = client.post(url, {"verify": [f"{return_.pk}:1", f"{other.pk}:1"], "do": "back"})
    says(response, "Tick one return to send back: each gets a comment of its own", "id_verify_0")
    one = client.post(url, {"verify": [f"{return_.pk}:1"], "do": "back"})
    assert one.url == reverse("indicators:return-send-back", args=[return_.pk])


@pytest.mark.parametrize(
    "address",
    ["/quarters/2017-18-q5/", "/quarters/2017-19-q1/", "/quarters/2019-20-q1/", "/quarters/x/", "/returns/999999/", "/returns/99999999999999999999/", "/returns/999999/edit/", "/commentaries/999999/edit/", "/indicators/nothing-here/"],
)  # fmt: skip
def test_what_does_not_exist_is_a_404(client, sam, address):
    client.force_login(sam)
    assert client.get(address).status_code == 404


def test_a_quarter_that_cannot_be_opened(client, sam):
    PlacementFactory()
    client.force_login(sam)
    for quarter in ("2017-18-q5", "2015-16-q1", "", "<b>"):
        response = client.get(reverse("indicators:round-open"), {"quarter": quarter})
        assert response.status_code == 200
        assert "<title>Error: " in response.content.decode()


def test_somebody_elses_return_in_the_ticks_of_another_round_is_left_alone(client, sam):
    return_ = count_return()
    elsewhere = ReturnFactory(round=RoundFactory(quarter=return_.round.quarter.previous))
    sent(elsewhere)
    client.force_login(sam)
    url = reverse("indicators:round-verify", args=[return_.round.quarter])
    client.post(url, {"verify": [f"{elsewhere.pk}:1"], "do": "verify"})
    assert not Verification.objects.exists()


def test_a_figure_recorded_elsewhere_is_kept_when_a_form_is_refused(client):
    return_ = count_return()
    FigureFactory(for_return=return_)
    client.force_login(lead_of(return_))
    client.post(edit(return_), typed(return_, number="-1"))
    assert Figure.objects.count() == 1
