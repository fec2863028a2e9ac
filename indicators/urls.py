from django.urls import path

from indicators.views import (
    checking,
    commentaries,
    definitions,
    indicators,
    leads,
    notes,
    returns,
    rounds,
    serving,
    targets,
)

app_name = "indicators"

urlpatterns = [
    path("returns/", returns.return_list, name="return-list"),
    path("returns/<int:pk>/", returns.return_detail, name="return-detail"),
    path("returns/<int:pk>/edit/", returns.return_edit, name="return-edit"),
    path("returns/<int:pk>/no-figure/", returns.return_no_figure, name="return-no-figure"),
    path("returns/<int:pk>/verify/", checking.return_verify, name="return-verify"),
    path("returns/<int:pk>/send-back/", checking.return_send_back, name="return-send-back"),
    path("commentaries/<int:pk>/edit/", commentaries.commentary_edit, name="commentary-edit"),
    path("quarters/", rounds.round_list, name="round-list"),
    path("quarters/open/", rounds.round_open, name="round-open"),
    path("quarters/<quarter:quarter>/", rounds.round_detail, name="round-detail"),
    path("quarters/<quarter:quarter>/verify/", rounds.round_verify, name="round-verify"),
    path("quarters/<quarter:quarter>/close/", rounds.round_close, name="round-close"),
    path("quarters/<quarter:quarter>/reopen/", rounds.round_reopen, name="round-reopen"),
    path("indicators/", indicators.indicator_list, name="indicator-list"),
    path("indicators/leads/", leads.lead_list, name="lead-list"),
    path("indicators/targets/<year:year>/", targets.target_list, name="target-list"),
    path("indicators/targets/<year:year>/copy/", targets.target_copy, name="target-copy"),
    path("indicators/targets/<year:year>/agree/", targets.target_agree, name="target-agree"),
    path("indicators/<slug:slug>/", indicators.indicator_detail, name="indicator-detail"),
    path("indicators/<slug:slug>/figures.csv", indicators.indicator_csv, name="indicator-csv"),
    path("indicators/<slug:slug>/leads/", indicators.lead_edit, name="lead-edit"),
    path("indicators/<slug:slug>/set/", indicators.target_add, name="target-add"),
    path("indicators/<slug:slug>/targets/<year:year>/", targets.target_edit, name="target-edit"),
    path("indicators/<slug:slug>/definitions/add/", definitions.definition_add, name="definition-add"),
    path("indicators/<slug:slug>/rebases/add/", definitions.rebase_add, name="rebase-add"),
    path("indicators/<slug:slug>/rebases/<int:pk>/withdraw/", definitions.rebase_withdraw, name="rebase-withdraw"),
    path("indicators/<slug:slug>/notes/add/", notes.note_add, name="note-add"),
    path("indicators/<slug:slug>/notes/<int:pk>/withdraw/", notes.note_withdraw, name="note-withdraw"),
    path("indicators/<slug:slug>/serves/", serving.serves_edit, name="serves-edit"),
]
