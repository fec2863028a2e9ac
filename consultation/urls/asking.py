"""The addresses of the public form: who answers, on the web or on a library's screen."""

from django.urls import URLPattern, path

from consultation.views import asking, asking_steps

urlpatterns: list[URLPattern] = [
    path("have-your-say/", asking.asking_list, name="asking-list"),
    path("have-your-say/<slug:slug>/", asking.asking_start, name="asking-start"),
    path("have-your-say/<slug:slug>/kiosk/<slug:key>/", asking.asking_kiosk, name="asking-kiosk"),
    path("have-your-say/<slug:slug>/questions/<str:step>/", asking_steps.asking_step, name="asking-step"),
    path("have-your-say/<slug:slug>/about-you/", asking_steps.asking_about_you, name="asking-about-you"),
    path("have-your-say/<slug:slug>/check/", asking_steps.asking_check, name="asking-check"),
    path("have-your-say/<slug:slug>/sent/", asking.asking_sent, name="asking-sent"),
]
