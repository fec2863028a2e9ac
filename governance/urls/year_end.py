from django.urls import URLPattern, path

from governance.views import year_end, year_end_print, year_end_uploads

PLAN = "delivery-plans/<slug:slug>/<year:year>/"

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}actions.xlsx", year_end_uploads.delivery_plan_workbook, name="delivery-plan-workbook"),
    path(f"{PLAN}upload/", year_end_uploads.plan_upload_add, name="plan-upload-add"),
    path(f"{PLAN}uploads/<int:pk>/", year_end_uploads.plan_upload_detail, name="plan-upload-detail"),
    path(f"{PLAN}year-end/", year_end.delivery_plan_year_end, name="delivery-plan-year-end"),
    path(f"{PLAN}print/", year_end_print.delivery_plan_print, name="delivery-plan-print"),
]
