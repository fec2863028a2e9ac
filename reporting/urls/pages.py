"""Home, dashboard, plan, thread, sheets, what people told us, the guide, leavers, and the pages that say how this site is run."""

from django.urls import path

from reporting import pages
from reporting.views import dashboard, guide, home, leavers, plan, sheets, successors, threads, told

urlpatterns = [
    path("", home.home, name="home"),
    path("first-steps/", home.first_steps, name="first-steps"),
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("dashboard/<quarter:quarter>/", dashboard.dashboard_detail, name="dashboard-detail"),
    path("dashboard/<quarter:quarter>/figures.csv", dashboard.dashboard_csv, name="dashboard-csv"),
    path("plan/", plan.plan_detail, name="plan-detail"),
    path("plan/sections/", plan.plan_sections, name="plan-sections"),
    path("plan/<slug:letter>/", plan.priority_detail, name="priority-detail"),
    path("plan-life/successor/", successors.successor_add, name="successor-add"),
    path("thread/", threads.thread, name="thread"),
    path("thread/commitments/<int:pk>/", threads.thread_commitment, name="thread-commitment"),
    path("thread/concerns/<int:pk>/", threads.thread_concern, name="thread-concern"),
    path("thread/indicators/<slug:slug>/", threads.thread_indicator, name="thread-indicator"),
    path("gaps/", threads.gap_list, name="gap-list"),
    path("sheets/<slug:slug>/<quarter:quarter>/", sheets.sheet_detail, name="sheet-detail"),
    path("sheets/<slug:slug>/<quarter:quarter>/sheet.pdf", sheets.sheet_download, name="sheet-download"),
    path("what-you-told-us/", told.told_list, name="told-list"),
    path("what-you-told-us/<slug:slug>/", told.told_detail, name="told-detail"),
    path("what-you-told-us/<slug:slug>/done/", told.told_done, name="told-done"),
    path("what-you-told-us/<slug:slug>/results.pdf", told.told_pdf, name="told-pdf"),
    path("what-you-told-us/<slug:slug>/results.csv", told.told_csv, name="told-csv"),
    path("accessibility/", pages.accessibility, name="page-accessibility"),
    path("privacy/", pages.privacy, name="page-privacy"),
    path("cookies/", pages.cookies, name="page-cookies"),
    path("contact/", pages.contact, name="page-contact"),
    path("guide/", guide.guide_list, name="guide-list"),
    path("guide/<slug:part>/", guide.guide_part, name="guide-part"),
    path("people/<int:pk>/work/", leavers.user_work, name="user-work"),
    path("people/<int:pk>/deactivate/", leavers.user_deactivate, name="user-deactivate"),
]
