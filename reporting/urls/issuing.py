"""Approving, issuing, withdrawing packs, and what comes after issue."""

from django.urls import path

from reporting.views import issuing

urlpatterns = [
    path("packs/build/", issuing.pack_build, name="pack-build"),
    path("packs/register/", issuing.pack_register_list, name="pack-register"),
    path("packs/register.csv", issuing.pack_register_csv, name="pack-register-csv"),
    path("packs/<int:pk>/again/", issuing.pack_again, name="pack-again"),
    path("packs/<int:pk>/approve/", issuing.pack_approve, name="pack-approve"),
    path("packs/<int:pk>/approval/", issuing.pack_approval_record, name="pack-approval-record"),
    path("packs/<int:pk>/issue/", issuing.pack_issue, name="pack-issue"),
    path("packs/<int:pk>/withdraw/", issuing.pack_withdraw, name="pack-withdraw"),
]
