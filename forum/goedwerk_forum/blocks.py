"""The pieces that a harvest is made of."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class InsightBlock(blocks.StructBlock):
    """Something that became clear in a dialogue."""

    title = blocks.CharBlock(label=_("in één zin"), max_length=160)
    text = blocks.TextBlock(label=_("uitleg"), max_length=800, required=False)

    class Meta:
        icon = "view"
        label = _("inzicht")


class OpenQuestionBlock(blocks.StructBlock):
    """What the dialogue leaves open."""

    text = blocks.CharBlock(label=_("vraag"), max_length=240)

    class Meta:
        icon = "help"
        label = _("open vraag")


class HarvestTipBlock(blocks.StructBlock):
    """Something that a reader can do tomorrow."""

    title = blocks.CharBlock(label=_("in één zin"), max_length=160)
    text = blocks.TextBlock(label=_("uitleg"), max_length=800, required=False)

    class Meta:
        icon = "pick"
        label = _("tip")
