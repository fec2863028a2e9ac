from django.urls import path

from accounts.views import events, invitations, mail, organisations, people, reminders, reviews, sessions, typing

app_name = "accounts"

urlpatterns = [
    path("people/", people.user_list, name="user-list"),
    path("people/invite/", people.user_invite, name="user-invite"),
    path("people/<int:pk>/", people.user_detail, name="user-detail"),
    path("people/<int:pk>/edit/", people.user_edit, name="user-edit"),
    path("people/<int:pk>/roles/", people.user_roles, name="user-roles"),
    path("people/<int:pk>/roles/<int:grant_pk>/end/", people.grant_end, name="grant-end"),
    path("people/<int:pk>/invitation/", people.user_resend, name="user-resend"),
    path("people/<int:pk>/reactivate/", people.user_reactivate, name="user-reactivate"),
    path("people/<int:pk>/second-step/", people.user_reset_second_factor, name="user-reset-second-factor"),
    path("people/<int:pk>/single-sign-on/", people.user_unlink, name="user-unlink"),
    path("people/<int:pk>/sign-out/", sessions.user_sign_out, name="user-sign-out"),
    path("signed-in/", sessions.session_list, name="session-list"),
    path("signed-in/end/", sessions.session_end, name="session-end"),
    path("signed-in/end-others/", sessions.session_end_others, name="session-end-others"),
    path("signed-in/left/", sessions.session_left, name="session-left"),
    path("signed-in/stay/", sessions.session_stay, name="session-stay"),
    path("access-review/", reviews.review_detail, name="review-detail"),
    path("access-review/open/", reviews.review_open, name="review-open"),
    path("typing/forget/", typing.typing_forget, name="typing-forget"),
    path("invitation/<str:uidb36>/<str:token>/", invitations.invitation_accept, name="invitation-accept"),
    path("organisations/", organisations.organisation_list, name="organisation-list"),
    path("organisations/add/", organisations.organisation_add, name="organisation-add"),
    path("organisations/<slug:slug>/", organisations.organisation_edit, name="organisation-edit"),
    path("organisations/<slug:slug>/rename/", organisations.organisation_rename, name="organisation-rename"),
    path("reminders/", reminders.reminder_list, name="reminder-list"),
    path("audit/", events.event_list, name="event-list"),
    path("mail/", mail.mail_list, name="mail-list"),
    path("mail/<str:name>/", mail.mail_detail, name="mail-detail"),
]
