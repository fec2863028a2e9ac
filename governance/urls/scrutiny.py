from django.urls import URLPattern, path

from governance.views import scrutiny

urlpatterns: list[URLPattern] = [
    path("scrutiny/", scrutiny.recommendation_list, name="recommendation-list"),
    path("scrutiny/add/", scrutiny.recommendation_add, name="recommendation-add"),
    path("scrutiny/<int:pk>/", scrutiny.recommendation_detail, name="recommendation-detail"),
    path("scrutiny/<int:pk>/edit/", scrutiny.recommendation_edit, name="recommendation-edit"),
    path("scrutiny/<int:pk>/owner/", scrutiny.recommendation_owner, name="recommendation-owner"),
    path("scrutiny/<int:pk>/copies/", scrutiny.recommendation_copies, name="recommendation-copies"),
    path("scrutiny/<int:pk>/answer/", scrutiny.recommendation_answer, name="recommendation-answer"),
    path("scrutiny/<int:pk>/follow-up/", scrutiny.recommendation_follow_up, name="recommendation-follow-up"),
]
