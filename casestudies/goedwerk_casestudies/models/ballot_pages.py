from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel

from ..ballots.sheets import Sheet
from .ballots import Round

if TYPE_CHECKING:
    from wagtail.models import Page as Base
else:
    Base = models.Model

#: Before and after the dialogue.
ROUNDS = 2


class BallotPageMixin(Base):
    """A page that puts a question in rounds: before the dialogue, and once more after it.

    It stands before ``Page`` among the bases; a page type says in ``sheet`` what is asked and in
    ``name_fields`` where its own words stand. Such a page is the editors' own text about no case
    of anybody, so it needs no clearance; a name in it is refused all the same.
    """

    first_closes_on = models.DateField(
        _("eerste ronde sluit na"),
        null=True,
        blank=True,
        help_text=_("Leeg: tot je haar zelf sluit, of tot de tweede ronde opent."),
    )
    second_opens_on = models.DateField(
        _("tweede ronde opent op"),
        null=True,
        blank=True,
        help_text=_("Leeg: als je haar zelf opent, met de knop ‘Rondes’ boven de pagina."),
    )
    second_closes_on = models.DateField(_("tweede ronde sluit na"), null=True, blank=True)

    round_panels: ClassVar[list] = [
        HelpPanel(
            content=_(
                "De eerste ronde opent zodra je de pagina publiceert. Verander je daarna de vraag "
                "of de antwoorden, dan geldt dat pas in de volgende ronde."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("first_closes_on"),
                FieldRowPanel([FieldPanel("second_opens_on"), FieldPanel("second_closes_on")]),
            ],
            heading=_("Rondes"),
        ),
    ]
    #: Names of the fields in which no name of a person may stand.
    name_fields: ClassVar[tuple[str, ...]] = ("title",)

    class Meta:
        abstract = True

    def sheet(self) -> Sheet:
        """What is asked, as the page says it now."""
        raise NotImplementedError

    def clean(self) -> None:
        from ..shown import names_in, traceable

        super().clean()
        errors: dict[str, Any] = {
            name: traceable(found)
            for name in self.name_fields
            if (found := names_in(str(getattr(self, name))))
        }
        first, second, last = self.first_closes_on, self.second_opens_on, self.second_closes_on
        if first and second and second <= first:
            errors["second_opens_on"] = _("De tweede ronde opent pas na de eerste.")
        if last and second and last < second:
            errors["second_closes_on"] = _("Een ronde kan niet sluiten voordat zij opent.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        from ..actions.ballots import follow_page

        with transaction.atomic():
            super().save(*args, **kwargs)
            # A draft is saved with update_fields on the live row: its values are not public yet.
            if kwargs.get("update_fields") is None and self.live and not self.alias_of_id:
                follow_page(page=self)

    def closes_on(self, number: int) -> Any:
        """The last day of a round, as the page says it; None where it says none."""
        return self.first_closes_on if number == 1 else self.second_closes_on

    @property
    def rounds(self) -> list[Round]:
        """The rounds so far, the first one first; read once."""
        if "_rounds" not in self.__dict__:
            found = Round.objects.filter(page_id=self.alias_of_id or self.pk).order_by("number")
            self._rounds = list(found) if self.pk else []
        return self._rounds

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from ..ballots.looking import page_context

        return super().get_context(request, *args, **kwargs) | page_context(self)

    @property
    def open_round(self) -> Round | None:
        return next((one for one in self.rounds if one.takes_answers), None)
