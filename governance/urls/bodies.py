from django.urls import URLPattern, path

from governance.views import bodies, bodies_members

urlpatterns: list[URLPattern] = [
    path("bodies/", bodies.body_list, name="body-list"),
    path("bodies/add/", bodies.body_add, name="body-add"),
    path("bodies/<slug:slug>/", bodies.body_detail, name="body-detail"),
    path("bodies/<slug:slug>/edit/", bodies.body_edit, name="body-edit"),
    path("bodies/<slug:slug>/links/", bodies.body_links, name="body-links"),
    path("bodies/<slug:slug>/members/add/", bodies_members.membership_add, name="membership-add"),
    path("bodies/<slug:slug>/members/<int:pk>/edit/", bodies_members.membership_edit, name="membership-edit"),
    path("bodies/<slug:slug>/members/<int:pk>/end/", bodies_members.membership_end, name="membership-end"),
    path(
        "bodies/<slug:slug>/members/<int:pk>/hand-over/",
        bodies_members.membership_hand_over,
        name="membership-hand-over",
    ),
    path("bodies/<slug:slug>/members/<int:pk>/acts/", bodies_members.delegation_add, name="delegation-add"),
    path(
        "bodies/<slug:slug>/delegations/<int:pk>/withdraw/",
        bodies_members.delegation_withdraw,
        name="delegation-withdraw",
    ),
    path("bodies/<slug:slug>/pass-on/<int:person_pk>/", bodies_members.body_pass_on, name="body-pass-on"),
]
