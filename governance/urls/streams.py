"""The addresses of streams, their years, budget changes and funded posts."""

from django.urls import URLPattern, path

from governance.views import streams, streams_beside

urlpatterns: list[URLPattern] = [
    path("funding/streams/add/", streams.funding_stream_add, name="funding-stream-add"),
    path("funding/streams/<slug:slug>/", streams.funding_stream_detail, name="funding-stream-detail"),
    path("funding/streams/<slug:slug>/edit/", streams.funding_stream_edit, name="funding-stream-edit"),
    path("funding/budget-changes/", streams_beside.budget_change_list, name="budget-change-list"),
    path("funding/budget-changes/add/", streams_beside.budget_change_add, name="budget-change-add"),
    path("funding/budget-changes/<int:pk>/edit/", streams_beside.budget_change_edit, name="budget-change-edit"),
    path("funding/posts/", streams_beside.funded_posts_list, name="funded-posts-list"),
    path("funding/posts/add/", streams_beside.funded_posts_add, name="funded-posts-add"),
    path("funding/posts/<int:pk>/edit/", streams_beside.funded_posts_edit, name="funded-posts-edit"),
]
