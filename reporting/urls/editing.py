"""What goes into a pack: its sections, the covering note, and what the public edition leaves out."""

from django.urls import path

from reporting.views import editing

urlpatterns = [
    path("packs/<quarter:quarter>/<slug:kind>/<slug:edition>/outline/", editing.outline_edit, name="outline-edit"),
    path("packs/<int:pk>/words/", editing.pack_words, name="pack-words"),
]
