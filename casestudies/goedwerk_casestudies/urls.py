"""The contributors' pages; a site includes them at its root, beside those of the forum."""

from __future__ import annotations

from django.urls import path

from .views import mine, taking_part, writing

app_name = "goedwerk_stories"

urlpatterns = [
    path("doe-mee/<slug:public_id>/", taking_part.take_part, name="take_part"),
    path("inzenden/", writing.start, name="start"),
    path("inzenden/nieuw/", writing.new, name="new"),
    path("inzenden/<slug:public_id>/nalezen/", writing.read, name="read"),
    path("inzenden/<slug:public_id>/<slug:slug>/", writing.step, name="step"),
    path("mijn-inzendingen/", mine.mine, name="mine"),
    path("mijn-inzendingen/<slug:public_id>/", mine.own, name="own"),
    path("mijn-inzendingen/<slug:public_id>/brief/", mine.letter, name="letter"),
    path("mijn-inzendingen/<slug:public_id>/akkoord/", mine.consent, name="consent"),
    path("mijn-inzendingen/<slug:public_id>/trek-in/", mine.withdraw_own, name="withdraw"),
]
