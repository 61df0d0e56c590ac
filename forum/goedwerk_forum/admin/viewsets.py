from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets.slug import SlugInput

from ..models import CannedReason, GuideSentence, RoleLabel
from .complaints import AppealView, KeepView
from .deciding import CaseView
from .duty import RotaView
from .handling import AwayView, ForgetNoteView, HandOverView, SkipView, TakeOverView
from .keys import KeysView
from .listing import EverythingView, QueueView
from .measures import AskedMeasuresView, AskedMeasureView, EndMeasureView, TakeMeasureView
from .menu import ModerationMenuItem
from .saved import ForgetView, SaveView
from .stock import StockViewSet
from .together import TogetherView
from .undoing import UndoView


class ModerationViewSet(ViewSet):
    """The queue, everything that was judged, and one contribution."""

    name = "goedwerk_moderation"
    url_prefix = "moderatie"
    icon = "comment"
    menu_label = _("Moderatie")
    menu_name = "moderatie"
    menu_order = 150
    menu_item_class = ModerationMenuItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", QueueView.as_view(), name="index"),
            path("resultaten/", QueueView.as_view(results_only=True), name="index_results"),
            path("alle/", EverythingView.as_view(), name="everything"),
            path(
                "alle/resultaten/",
                EverythingView.as_view(results_only=True),
                name="everything_results",
            ),
            path("maatregelen/", AskedMeasuresView.as_view(), name="measures"),
            path("maatregelen/<slug:public_id>/", AskedMeasureView.as_view(), name="measure_asked"),
            path(
                "maatregelen/<slug:public_id>/opheffen/",
                EndMeasureView.as_view(),
                name="measure_end",
            ),
            path("<slug:public_id>/maatregel/", TakeMeasureView.as_view(), name="measure"),
            path("samen/", TogetherView.as_view(), name="together"),
            path("ongedaan/", UndoView.as_view(), name="undo"),
            path("rooster/", RotaView.as_view(), name="rota"),
            path("even-weg/", AwayView.as_view(), name="away"),
            path("toetsen/", KeysView.as_view(), name="keys"),
            path("weergaven/", SaveView.as_view(), name="save_view"),
            path("weergaven/<slug:view>/weg/", ForgetView.as_view(), name="forget_view"),
            path("<slug:public_id>/neem-over/", TakeOverView.as_view(), name="take_over"),
            path("<slug:public_id>/geef-door/", HandOverView.as_view(), name="pass_on"),
            path("<slug:public_id>/sla-over/", SkipView.as_view(), name="skip"),
            path(
                "<slug:public_id>/notitie/<slug:note>/weg/",
                ForgetNoteView.as_view(),
                name="forget_note",
            ),
            path("bezwaar/<slug:public_id>/", AppealView.as_view(), name="appeal"),
            path("<slug:public_id>/laat-staan/", KeepView.as_view(), name="keep"),
            path("<slug:public_id>/", CaseView.as_view(), name="case"),
        ]


class RoleLabelViewSet(StockViewSet):
    """The role labels that a participant can choose from."""

    model = RoleLabel
    name = "goedwerk_role_labels"
    url_prefix = "rollabels"
    icon = "tag"
    menu_label = _("Rollabels")
    list_display = ["name", "is_offered"]
    list_filter = ["is_offered"]
    search_fields = ["name"]
    panels = [
        TitleFieldPanel(
            "name",
            classname="",
            placeholder=False,
            help_text=_("Een rol of een soort organisatie, nooit allebei: samen wijzen ze aan."),
        ),
        FieldPanel("slug", widget=SlugInput, help_text=_("Volgt vanzelf uit de naam.")),
        FieldPanel(
            "is_offered",
            help_text=_(
                "Zet een label alleen aan als het bij minstens tien mensen past die hier "
                "schrijven. De site telt dat niet: dan zou zij moeten weten wie welk werk doet. "
                "Wie het label al heeft, houdt het."
            ),
        ),
    ]
    nothing_yet = _(
        "Er zijn nog geen rollabels. Voeg er een toe: een deelnemer kan het naast haar schuilnaam "
        "laten zien."
    )


class CannedReasonViewSet(StockViewSet):
    """The words that an ambassador can start from, per reason."""

    model = CannedReason
    name = "goedwerk_canned_reasons"
    url_prefix = "standaardteksten"
    icon = "openquote"
    menu_label = _("Standaardteksten")
    list_display = [
        "title",
        Column("reason", label=_("Reden"), accessor="get_reason_display"),
    ]
    list_filter = ["reason"]
    search_fields = ["title", "text"]
    panels = [
        FieldPanel("reason", help_text=_("Bij deze reden kan een ambassadeur de tekst kiezen.")),
        FieldPanel("title"),
        FieldPanel("text"),
    ]
    nothing_yet = _(
        "Er zijn nog geen standaardteksten. Voeg er een toe: ambassadeurs beginnen er hun uitleg "
        "mee."
    )


class GuideSentenceViewSet(StockViewSet):
    """The sentences that a guide can start from to name what happens."""

    model = GuideSentence
    name = "goedwerk_guide_sentences"
    url_prefix = "zinnen-voor-begeleiders"
    icon = "openquote"
    menu_label = _("Zinnen voor begeleiders")
    list_display = [
        "text",
        Column("naming", label=_("Wat je ermee benoemt"), accessor="get_naming_display"),
    ]
    list_filter = ["naming"]
    search_fields = ["text"]
    panels = [
        FieldPanel("naming", help_text=_("Kiest de begeleider deze zin, dan staat dit erbij.")),
        FieldPanel("text"),
    ]
    nothing_yet = _(
        "Er zijn nog geen zinnen voor begeleiders. Voeg er een toe: een begeleider benoemt er mee "
        "wat er in de dialoog gebeurt."
    )
