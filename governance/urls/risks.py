from django.urls import URLPattern, path

from governance.views import risks

urlpatterns: list[URLPattern] = [
    path("risks/", risks.risk_list, name="risk-list"),
    path("risks/add/", risks.risk_add, name="risk-add"),
    path("risks/<int:pk>/", risks.risk_detail, name="risk-detail"),
    path("risks/<int:pk>/edit/", risks.risk_edit, name="risk-edit"),
    path("risks/<int:pk>/score/", risks.risk_score, name="risk-score"),
    path("risks/<int:pk>/close/", risks.risk_close, name="risk-close"),
]
