"""Issued public figures as open data and as a feed."""

from django.urls import path, register_converter

from reporting.models import Companion
from reporting.register.addresses import COMPANIONS
from reporting.views import feeding, feeding_keys

Form = Companion.Form
ISSUE = "reports/<about:about>/<number:number>/"  # the converters are those of the register


class FormConverter:
    """`<form:form>` in a URL: one of the forms of a companion."""

    regex = "|".join(Form.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormConverter, "form")


def beside(form: str, name: str) -> object:
    return path(ISSUE + COMPANIONS[form], feeding.report_companion, {"form": form}, name=name)


urlpatterns = [
    beside(Form.PAGE, "report-read"),
    beside(Form.WORKBOOK, "report-workbook"),
    beside(Form.TABLE, "report-table"),
    beside(Form.DATA, "report-data"),
    path("packs/<int:pk>/files/<form:form>/", feeding.pack_file, name="pack-file"),
    path("packs/feed-keys/", feeding_keys.feed_key_list, name="feed-key-list"),
    path("packs/feed-keys/<int:pk>/revoke/", feeding_keys.feed_key_revoke, name="feed-key-revoke"),
    path("open-data/schema/1/figures.json", feeding.figure_schema, name="figure-schema"),
    path("open-data/figures/", feeding.figure_list, name="figure-list"),
]
