from django.urls import path

from governance.views import lifecycle

urlpatterns = [
    path("plan-life/", lifecycle.lifecycle_detail, name="lifecycle-detail"),
    path("plan-life/plans/<slug:slug>/", lifecycle.lifecycle_detail, name="lifecycle-plan"),
    path("plan-life/plans/<slug:slug>/versions/add/", lifecycle.version_add, name="version-add"),
    path("plan-life/plans/<slug:slug>/adopt/", lifecycle.lifecycle_adopt, name="lifecycle-adopt"),
    path("plan-life/plans/<slug:slug>/reviews/add/", lifecycle.review_add, name="review-add"),
    path("plan-life/plans/<slug:slug>/sendings/", lifecycle.sending_list, name="sending-list"),
    path("plan-life/plans/<slug:slug>/sendings/add/", lifecycle.sending_add, name="sending-add"),
    path("plan-life/versions/<int:pk>/clearances/add/", lifecycle.clearance_add, name="clearance-add"),
    path("plan-life/clearances/<int:pk>/", lifecycle.clearance_edit, name="clearance-edit"),
    path("plan-life/versions/<int:pk>/approvals/add/", lifecycle.version_approve, name="version-approve"),
    path(
        "plan-life/approvals/<int:pk>/withdraw/",
        lifecycle.version_approval_withdraw,
        name="version-approval-withdraw",
    ),
    path("plan-life/reviews/<int:pk>/", lifecycle.review_detail, name="review-detail"),
]
