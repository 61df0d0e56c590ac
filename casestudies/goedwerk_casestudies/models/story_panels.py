"""The panels in which an editor writes a story or a dilemma, with what helps her beside each."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.models import Page

from ..admin.clearance_panel import ClearancePanel

#: Above everything: where the story stands, in a line, and what every page has.
TOP = [ClearancePanel(is_brief=True), *Page.content_panels]
OPENING = [
    FieldPanel("lead"),
    FieldPanel(
        "themes",
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Eén of twee. Lezers vinden het verhaal ermee terug."),
    ),
    FieldPanel("organisation"),
    MultiFieldPanel(
        [FieldPanel("image"), FieldPanel("image_alt"), FieldPanel("drawing")],
        heading=_("Beeld"),
    ),
]
CLOSING = [
    FieldPanel("pull_quote"),
    MultiFieldPanel(
        [
            HelpPanel(
                content=_("Eén vraag per lens helpt de lezer om anders te kijken."),
            ),
            FieldPanel("lens_capable", help_text=_("Over kennis en vakmanschap.")),
            FieldPanel("lens_engaged", help_text=_("Over wat het met mensen doet.")),
            FieldPanel("lens_trustworthy", help_text=_("Over wat je aan anderen kunt uitleggen.")),
        ],
        heading=_("Drie lenzen"),
    ),
    FieldPanel("assignment"),
]
CLEARANCE = [
    ClearancePanel(),
    FieldPanel("check_singling_out"),
    FieldPanel("check_linking"),
    FieldPanel("check_inference"),
    FieldPanel("kept"),
]
#: The parts of a practice story, in reading order.
STORY = [
    FieldPanel(
        "what_happened",
        help_text=_("Wie deed wat, in welke volgorde? Noem functies en geen namen."),
    ),
    FieldPanel("tension", help_text=_("Wat trok er aan twee kanten?")),
    FieldPanel("weighed", help_text=_("Wat sprak ervoor, wat ertegen?")),
    FieldPanel("done", help_text=_("Wat is er gekozen, en hoe ging dat?")),
    FieldPanel("hindsight", help_text=_("Wat zou de verteller nu weer doen, en wat anders?")),
]
#: The parts of a dilemma.
DILEMMA = [
    FieldPanel("situation", help_text=_("Waar staat de lezer? Noem functies en geen namen.")),
    FieldPanel("conflict", help_text=_("Wat is er goed aan elk van de kanten?")),
    FieldPanel(
        "options",
        help_text=_("Twee tot vier, elk met wat ervoor en ertegen spreekt. Kies zelf niet."),
    ),
    FieldPanel("question", help_text=_("Staat onder de mogelijkheden, als laatste vraag.")),
]
