"""The addresses of what people wrote: reading, tags, quotes, what somebody has to see to."""

from django.urls import URLPattern, path

from consultation.views import words, words_disclosures, words_looking, words_quotes

WORDS = "consultations/<slug:slug>/words"
QUEUE = "consultations/disclosures"

urlpatterns: list[URLPattern] = [
    path(f"{QUEUE}/", words_disclosures.disclosure_list, name="disclosure-list"),
    path(f"{QUEUE}/<int:pk>/", words_disclosures.disclosure_detail, name="disclosure-detail"),
    path(f"{QUEUE}/<int:pk>/hand-over/", words_disclosures.disclosure_hand_over, name="disclosure-hand-over"),
    path(f"{QUEUE}/<int:pk>/take-up/", words_disclosures.disclosure_take_up, name="disclosure-take-up"),
    path("consultations/<slug:slug>/responses/", words_looking.response_list, name="response-list"),
    path(f"{WORDS}/", words.comment_list, name="comment-list"),
    path(f"{WORDS}/read/", words.comment_read, name="comment-read"),
    path(f"{WORDS}/<int:pk>/", words.comment_edit, name="comment-edit"),
    path(f"{WORDS}/<int:pk>/raise/", words.disclosure_raise, name="disclosure-raise"),
    path(f"{WORDS}/<int:pk>/quote/", words_quotes.quote_choose, name="quote-choose"),
    path(f"{WORDS}/quotes/", words_quotes.quote_list, name="quote-list"),
    path(f"{WORDS}/quotes/pass/", words_quotes.quote_pass, name="quote-pass"),
    path(f"{WORDS}/quotes/<int:pk>/", words_quotes.quote_edit, name="quote-edit"),
    path(f"{WORDS}/quotes/<int:pk>/withdraw/", words_quotes.quote_withdraw, name="quote-withdraw"),
]
