from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Exists
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from ..errors import NothingToDo
from .discussions import Discussion, Policy
from .formats import Course, Format

#: Fields of the page that say how its discussion is run.
FIELDS = (
    "has_discussion",
    "discussion_question",
    "discussion_policy",
    "discussion_is_sensitive",
    "discussion_group",
    "discussion_guide",
    "discussion_format",
    "discussion_opens_on",
    "discussion_closes_on",
)


class FormatPanel(FieldPanel):
    """Offers the formats that can be held on the page, and the one that it has."""

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            from ..courses import formats_for

            super().__init__(**kwargs)
            if self.bound_field is not None:
                offered = formats_for(type(self.instance))
                kept = Format.objects.filter(pk=self.form.initial.get("discussion_format"))
                self.bound_field.field.queryset = (offered | kept).order_by("name")


if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    Base = models.Model


class DiscussionPageMixin(Base):
    """How the discussion of a page is run: part of the page, so drafted and published with it.

    The ``Discussion`` row follows each save of the live page, by whatever route it is made.
    A copy of a page starts without a discussion.
    """

    has_discussion = models.BooleanField(
        _("open een dialoog bij deze pagina"),
        default=False,
        help_text=_("Lezers zien de dialoog zodra de pagina gepubliceerd is."),
    )
    discussion_question = models.CharField(
        _("vraag aan de lezer"),
        max_length=200,
        blank=True,
        help_text=_("Eén open vraag. Zij staat boven de dialoog."),
    )
    discussion_policy = models.CharField(
        _("manier van modereren"), max_length=20, choices=Policy.choices, default=Policy.ALL_FIRST
    )
    discussion_is_sensitive = models.BooleanField(
        _("gevoelig verhaal"),
        default=False,
        db_default=False,
        help_text=_("Een ambassadeur leest dan alles vooraf, wat je hierboven ook kiest."),
    )
    discussion_group = models.ForeignKey(
        "auth.Group",
        verbose_name=_("ambassadeurs"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("De groep die bijdragen leest en beoordeelt."),
    )
    discussion_guide = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("begeleider"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Wie de dialoog begeleidt. Lezers zien alleen ‘begeleider’."),
    )
    discussion_format = models.ForeignKey(
        "goedwerk_forum.Format",
        verbose_name=_("werkvorm"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_(
            "De stappen van de dialoog. De dialoog krijgt er een eigen kopie van. Kiezen kan tot "
            "de eerste stap voorbij is. Leeg: een dialoog zonder stappen."
        ),
    )
    discussion_opens_on = models.DateField(_("opent op"), null=True, blank=True)
    discussion_closes_on = models.DateField(_("sluit na"), null=True, blank=True)

    exclude_fields_in_copy: ClassVar[list[str]] = ["has_discussion"]

    discussion_panels: ClassVar[list] = [
        HelpPanel(
            content=_(
                "Een dialoog heeft een vraag, een groep ambassadeurs en liefst een begeleider. "
                "Deelnemers schrijven onder een schuilnaam; niemand ziet hier wie zij zijn."
            )
        ),
        FieldPanel("has_discussion"),
        MultiFieldPanel(
            [
                FieldPanel("discussion_question"),
                FieldPanel(
                    "discussion_policy",
                    help_text=_("Wat een ambassadeur leest voordat anderen het lezen."),
                ),
                FieldPanel("discussion_is_sensitive"),
                FieldPanel("discussion_group"),
                FieldPanel("discussion_guide"),
                FormatPanel("discussion_format"),
                FieldRowPanel(
                    [
                        FieldPanel("discussion_opens_on", help_text=_("Leeg: meteen.")),
                        FieldPanel(
                            "discussion_closes_on",
                            help_text=_("De laatste dag om te schrijven. Leeg: geen einde."),
                        ),
                    ]
                ),
            ],
            heading=_("Dialoog"),
        ),
    ]

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        errors: dict[str, Any] = {}
        if self.has_discussion and not self.discussion_question:
            errors["discussion_question"] = _("Een dialoog begint met een vraag. Schrijf er een.")
        if self.has_discussion and not self.discussion_group_id:
            errors["discussion_group"] = _("Kies wie de bijdragen leest.")
        opens, closes = self.discussion_opens_on, self.discussion_closes_on
        if opens and closes and closes < opens:
            errors["discussion_closes_on"] = _("De dialoog kan niet sluiten voordat hij opent.")
        if problem := self._format_problem():
            errors["discussion_format"] = problem
        if errors:
            raise ValidationError(errors)

    def _format_problem(self) -> Any:
        """Why the dialogue cannot take over this format; None where it can, or did already."""
        from ..courses import can_do

        begun = Course.objects.filter(
            discussion__page_id=self.pk, discussion__branch_of__isnull=True
        )
        said = begun.values_list("page_format_id", "has_moved").first() if self.pk else None
        if said is not None and said[0] == self.discussion_format_id:
            return None
        if said is not None and said[1]:
            return _("De dialoog is al voorbij de eerste stap. De werkvorm staat nu vast.")
        steps = self.discussion_format.steps.all() if self.discussion_format else []
        is_possible = all(can_do(step.task, type(self)) for step in steps)
        return None if is_possible else NothingToDo.message

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..actions import indexing
        from ..actions.discussions import follow_page

        if self.alias_of_id:
            # An alias shows the text of another page, not its dialogue; so it stays without one
            # when somebody makes an ordinary page of it.
            self.has_discussion = False
        with transaction.atomic():
            super().save(*args, **kwargs)
            # A draft is saved with update_fields on the live row: its values are not public yet.
            if kwargs.get("update_fields") is None and self.live and not self.alias_of_id:
                follow_page(self)
            if kwargs.get("update_fields") is None:
                indexing.follow_page(self.pk)

    @property
    def discussion(self) -> Discussion | None:
        """The discussion of the live page; None where it never had one.

        Its branches come with it, and whether some may read it and others not, in the same query.
        """
        if not self.pk:
            return None
        from ..access import restrictions_of

        if "_discussion" not in self.__dict__:
            here = Discussion.objects.filter(page_id=self.pk).select_related("course")
            closed = Exists(restrictions_of(self))
            found = here.annotate(closed_off=closed)  # type: ignore[no-redef]  # the model says so
            for discussion in found:
                discussion.page = self
                discussion.is_restricted = discussion.closed_off
            self._discussion = next((one for one in found if not one.branch_of_id), None)
            self._branches = [one for one in found if one.branched_path and one.is_enabled]
        return self._discussion

    @property
    def discussion_branches(self) -> list[Discussion]:
        """The branches that got a place of their own, in the order of the thread."""
        if self.discussion is None:
            return []
        return sorted(self._branches, key=lambda branch: branch.branched_path)

    @property
    def discussion_introduction(self) -> str:
        """What the page is about, in a sentence or two: beside what is said about it."""
        return self.search_description
