from django.urls import path

from reporting import pages

app_name = "reporting"

urlpatterns = [
    path("accessibility/", pages.accessibility, name="page-accessibility"),
    path("privacy/", pages.privacy, name="page-privacy"),
    path("cookies/", pages.cookies, name="page-cookies"),
    path("contact/", pages.contact, name="page-contact"),
]
