from django.urls import path

from reporting import (
    dashboard_views,
    home_views,
    leaver_views,
    pack_views,
    pages,
    plan_views,
    sheet_views,
    successor_views,
    thread_views,
)

app_name = "reporting"

urlpatterns = [
    path("", home_views.home, name="home"),
    path("first-steps/", home_views.first_steps, name="first-steps"),
    path("dashboard/", dashboard_views.dashboard, name="dashboard"),
    path("dashboard/<quarter:quarter>/", dashboard_views.dashboard_detail, name="dashboard-detail"),
    path("dashboard/<quarter:quarter>/figures.csv", dashboard_views.dashboard_csv, name="dashboard-csv"),
    path("plan/", plan_views.plan_detail, name="plan-detail"),
    path("plan/sections/", plan_views.plan_sections, name="plan-sections"),
    path("plan/<slug:letter>/", plan_views.priority_detail, name="priority-detail"),
    path("plan-life/successor/", successor_views.successor_add, name="successor-add"),
    path("thread/", thread_views.thread, name="thread"),
    path("thread/commitments/<int:pk>/", thread_views.thread_commitment, name="thread-commitment"),
    path("thread/concerns/<int:pk>/", thread_views.thread_concern, name="thread-concern"),
    path("thread/indicators/<slug:slug>/", thread_views.thread_indicator, name="thread-indicator"),
    path("gaps/", thread_views.gap_list, name="gap-list"),
    path("sheets/<slug:slug>/<quarter:quarter>/", sheet_views.sheet_detail, name="sheet-detail"),
    path("sheets/<slug:slug>/<quarter:quarter>/sheet.pdf", sheet_views.sheet_download, name="sheet-download"),
    path("reports/", plan_views.report_list, name="report-list"),
    path("packs/", pack_views.pack_list, name="pack-list"),
    path("packs/request/", pack_views.pack_request, name="pack-request"),
    path("packs/<int:pk>/", pack_views.pack_detail, name="pack-detail"),
    path("packs/<int:pk>/progress/", pack_views.pack_progress, name="pack-progress"),
    path("packs/<int:pk>/download/", pack_views.pack_download, name="pack-download"),
    path("accessibility/", pages.accessibility, name="page-accessibility"),
    path("privacy/", pages.privacy, name="page-privacy"),
    path("cookies/", pages.cookies, name="page-cookies"),
    path("contact/", pages.contact, name="page-contact"),
    path("people/<int:pk>/work/", leaver_views.user_work, name="user-work"),
    path("people/<int:pk>/deactivate/", leaver_views.user_deactivate, name="user-deactivate"),
]
