from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class OptionBlock(blocks.StructBlock):
    """Something one could do, with what speaks for it and against it."""

    title = blocks.CharBlock(label=_("wat je doet"), max_length=120)
    pros = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("wat ervoor spreekt"))
    cons = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("wat ertegen spreekt"))

    class Meta:
        icon = "list-ul"
        label = _("mogelijkheid")
        template = "goedwerk_casestudies/blocks/option.html"


class KeptWordsBlock(blocks.StructBlock):
    """Words that the finder marks and that may stay all the same, with the reason why."""

    words = blocks.CharBlock(label=_("woorden"), max_length=200)
    reason = blocks.CharBlock(
        label=_("waarom dit mag blijven"),
        max_length=200,
        help_text=_("Bijvoorbeeld: openbare bron, of een naam die iedereen mag weten."),
    )

    class Meta:
        icon = "lock-open"
        label = _("woorden die mogen blijven")


class AssignmentItemBlock(blocks.StructBlock):
    """One thing of an assignment: on the list, on a card, on the axes, or a sentence."""

    text = blocks.CharBlock(label=_("tekst"), max_length=160)
    more = blocks.CharBlock(label=_("uitleg"), max_length=200, required=False)

    class Meta:
        icon = "list-ul"
        label = _("regel")


class AssignmentStepBlock(blocks.StructBlock):
    """One step of a scale."""

    text = blocks.CharBlock(label=_("naam van de stap"), max_length=40)
    more = blocks.CharBlock(label=_("wat zij betekent"), max_length=200, required=False)

    class Meta:
        icon = "bars"
        label = _("stap")
