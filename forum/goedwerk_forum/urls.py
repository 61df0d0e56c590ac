"""The participants' pages; a site includes them at its root."""

from __future__ import annotations

from django.urls import path

from .views import appealing, figures, guiding, mine, own, practice_room, reporting, writing

app_name = "goedwerk_forum"

urlpatterns = [
    path("gesprek/<str:uuid>/meedoen/", writing.join, name="join"),
    path("gesprek/<str:uuid>/", guiding.branch, name="branch"),
    path("gesprek/<str:uuid>/schrijf/", writing.write, name="write"),
    path("gesprek/<str:uuid>/begeleiden/", guiding.guide, name="guide"),
    path("gesprek/<str:uuid>/begeleiden/schrijf/", guiding.write, name="guide_write"),
    path("bijdrage/<slug:public_id>/begeleiden/", guiding.tools, name="guide_tools"),
    path("bijdrage/<slug:public_id>/begeleiden/reageer/", guiding.reply, name="guide_reply"),
    path("bijdrage/<slug:public_id>/", writing.permalink, name="permalink"),
    path("bijdrage/<slug:public_id>/reageer/", writing.reply, name="reply"),
    path("verborgen/", practice_room.hidden, name="hidden"),
    path("oefenruimte/", practice_room.practice_room, name="practice_room"),
    path("mijn-bijdragen/", mine.mine, name="mine"),
    path("mijn-bijdragen/<slug:public_id>/", mine.own, name="own"),
    path("mijn-bijdragen/<slug:public_id>/wijzig/", mine.edit, name="edit"),
    path("mijn-bijdragen/<slug:public_id>/trek-in/", mine.withdraw_own, name="withdraw"),
    path(
        "mijn-bijdragen/<slug:public_id>/bezwaar/<slug:decision>/",
        appealing.appeal,
        name="appeal",
    ),
    path("melden/<slug:public_id>/", reporting.report, name="report"),
    path("melden/pagina/<str:uuid>/", reporting.report_page, name="report_page"),
    path("melding/", reporting.follow, name="report_follow"),
    path("mijn-meldingen/", reporting.own_reports, name="own_reports"),
    path("berichten/", mine.inbox, name="inbox"),
    path("mijn-gegevens/", own.data, name="own_data"),
    path("mijn-gegevens/download/", own.download, name="own_download"),
    path("mijn-gegevens/trek-in/", own.erase, name="own_erase"),
    path("mijn-gegevens/trek-in/<str:uuid>/", own.erase, name="own_erase_here"),
    path("mijn-gegevens/verbreek/", own.cut, name="own_cut"),
    path("mijn-gegevens/verbreek/<str:uuid>/", own.cut, name="own_cut_here"),
    path("mail/uit/<slug:mark>/", own.unsubscribe, name="unsubscribe"),
    path("cijfers/", figures.yearly, name="figures"),
    path("cijfers/<int:year>/", figures.yearly, name="figures"),
]
