from django.urls import URLPattern, path

from governance.views import updates, updates_agreeing, updates_dates, updates_timeline

PLAN = "delivery-plans/<slug:slug>/<year:year>/"
DATES = "actions/<int:pk>/dates/"

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}updates/<quarter:quarter>/", updates.delivery_plan_updates, name="delivery-plan-updates"),
    path(
        f"{PLAN}updates/<quarter:quarter>/agree/",
        updates_agreeing.delivery_plan_agree_updates,
        name="delivery-plan-agree-updates",
    ),
    path(f"{PLAN}timeline/", updates_timeline.delivery_plan_timeline, name="delivery-plan-timeline"),
    path(f"{DATES}add/", updates_dates.date_move_add, name="date-move-add"),
    path(f"{DATES}<int:move>/accept/", updates_dates.date_move_accept, name="date-move-accept"),
    path(f"{DATES}<int:move>/refuse/", updates_dates.date_move_refuse, name="date-move-refuse"),
    path(f"{DATES}<int:move>/take-back/", updates_dates.date_move_take_back, name="date-move-take-back"),
]
