"""The addresses of applications for money."""

from django.urls import URLPattern, path

from governance.views import applications, applications_deciding

ALL, ONE = "funding/applications/", "funding/applications/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(ALL, applications.funding_application_list, name="funding-application-list"),
    path(f"{ALL}add/", applications.funding_application_add, name="funding-application-add"),
    path(ONE, applications.funding_application_detail, name="funding-application-detail"),
    path(f"{ONE}edit/", applications.funding_application_edit, name="funding-application-edit"),
    path(f"{ONE}submit/", applications.funding_application_submit, name="funding-application-submit"),
    path(f"{ONE}take-back/", applications.funding_application_take_back, name="funding-application-take-back"),
    path(f"{ONE}withdraw/", applications.funding_application_withdraw, name="funding-application-withdraw"),
    path(f"{ONE}comment/", applications.funding_application_comment, name="funding-application-comment"),
    path(f"{ONE}interest/", applications_deciding.funding_application_interest, name="funding-application-interest"),
    path(f"{ONE}decide/", applications_deciding.funding_application_decide, name="funding-application-decide"),
    path(f"{ONE}record/", applications_deciding.funding_application_record, name="funding-application-record"),
    path(
        f"{ONE}withdraw-decision/",
        applications_deciding.funding_application_withdraw_decision,
        name="funding-application-withdraw-decision",
    ),
    path(f"{ONE}project/", applications_deciding.funding_application_project, name="funding-application-project"),
]
