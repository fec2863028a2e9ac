from django.urls import path

from priorities import views

app_name = "priorities"

urlpatterns = [
    path("plan-editing/", views.plan_detail, name="plan-detail"),
    path("plan-editing/amendments/", views.amendment_list, name="amendment-list"),
    path("plan-editing/<slug:letter>/", views.priority_edit, name="priority-edit"),
]
