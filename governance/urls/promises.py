from django.urls import path

from governance.views import promises

urlpatterns = [
    path("promises/", promises.commitment_list, name="commitment-list"),
    path("promises/<quarter:quarter>/", promises.commitment_status, name="commitment-status"),
    path("promises/leads/<year:year>/", promises.commitment_leads, name="commitment-leads"),
    path("promises/outcomes/", promises.outcome_list, name="outcome-list"),
    path("promises/outcomes/<int:pk>/measure/", promises.outcome_measure, name="outcome-measure"),
    path("promises/outcomes/<int:pk>/judgement/", promises.outcome_judge, name="outcome-judge"),
]
