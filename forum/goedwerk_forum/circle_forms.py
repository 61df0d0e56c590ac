"""What guides and members of a circle fill in."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from . import circles
from .actions.circle_members import Ground
from .actions.circles import Plan, SessionPlan
from .actions.invitations import LONGEST
from .guide_forms import DayInput, GuideForm, untraced, without_traces
from .guides import GUIDE
from .identity import pseudonyms
from .models import Circle, CircleSession, Discussion, ReasonCode
from .models.circles import LARGEST, RULES_LENGTH, SESSIONS, SHEET_LENGTH
from .people import Person, key_of
from .texts import as_kept

#: Most sessions that a circle can have, and empty places beside those that are planned.
MOST_SESSIONS = 8
#: Reasons that fit a person who is taken out; the others are about one text.
REASONS = (
    ReasonCode.CONDUCT,
    ReasonCode.CONFIDENTIAL,
    ReasonCode.TRACEABLE,
    ReasonCode.ABOUT_PERSON,
    ReasonCode.UNLAWFUL,
)


class Words(forms.CharField):
    """Some lines of plain text, in which the finder marks nobody."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        return untraced(as_kept(str(super().clean(value))))


class Line(forms.CharField):
    """A line in which the finder marks nobody."""

    def clean(self, value: Any) -> str:
        return without_traces(str(super().clean(value)))


Pages = dict[str, Page]


def by_key(pages: QuerySet[Page]) -> Pages:
    """The pages under the keys by which they go in the form; one query."""
    return {key_of_page(page): page for page in pages.select_related("locale")}


def key_of_page(page: Page) -> str:
    """A random key, never the primary one; a page and its translations share it but for the end."""
    return f"{page.translation_key.hex}-{page.locale.language_code}"


def _titles(pages: Pages) -> list[tuple[str, str]]:
    return [(key, page.title) for key, page in pages.items()]


class ByTitle(forms.TypedChoiceField):
    """One of ``pages``; None where nothing is chosen."""

    def __init__(self, pages: Pages, *, nothing: Any, **kwargs: Any) -> None:
        choices = [("", nothing), *_titles(pages)]
        super().__init__(choices=choices, coerce=pages.get, empty_value=None, **kwargs)


class SeveralByTitle(forms.TypedMultipleChoiceField):
    """Some of ``pages``."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, pages: Pages, **kwargs: Any) -> None:
        super().__init__(choices=_titles(pages), coerce=pages.get, **kwargs)


def possible_guides(user: Person) -> QuerySet:
    """Colleagues with the right to guide, by name; without the asker."""
    others = ModelBackend().with_perm(GUIDE, include_superusers=False)
    return others.exclude(pk=key_of(user)).order_by(get_user_model().USERNAME_FIELD)


@dataclass(frozen=True)
class SessionFields:
    """The fields of one session in the form, together."""

    number: int
    title: forms.BoundField
    day: forms.BoundField
    question: forms.BoundField
    story: forms.BoundField
    assignments: forms.BoundField | None


class PlanForm(GuideForm):
    """A whole circle: its name, the second guide, and its sessions in a row.

    A session that is left empty is none; one that exists already cannot be emptied.
    """

    name = Line(
        label=_("Naam van de kring"),
        max_length=60,
        help_text=_("Alleen leden en begeleiders zien de naam. Noem geen organisatie of team."),
        error_messages={"required": _("Geef de kring een naam.")},
    )
    about = Line(
        label=_("Waar gaat de kring over?"),
        max_length=200,
        help_text=_("Eén of twee zinnen. Wie is uitgenodigd, leest dit voordat zij ja zegt."),
        error_messages={"required": _("Schrijf in een zin waar de kring over gaat.")},
    )
    second_guide = forms.ModelChoiceField(
        get_user_model().objects.none(),
        label=_("Tweede begeleider"),
        help_text=_("Een kring heeft twee begeleiders. Jullie kunnen allebei hetzelfde."),
        empty_label=_("Kies een collega"),
        error_messages={
            "required": _("Kies wie de kring met je begeleidt."),
            "invalid_choice": _("Kies een collega uit de lijst."),
        },
    )

    def __init__(
        self, user: Person, *args: Any, circle: Circle | None = None, **kwargs: Any
    ) -> None:
        self.there = _planned(circle) if circle else []
        if circle is not None:
            kwargs["initial"] = _initial(user, circle, self.there) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        guides: Any = self.fields["second_guide"]
        guides.queryset = possible_guides(user)
        guides.to_field_name = get_user_model().USERNAME_FIELD
        self.places = min(MOST_SESSIONS, max(SESSIONS, len(self.there) + 1))
        stories, assignments = by_key(circles.stories()), by_key(circles.assignments())
        for number in range(1, self.places + 1):
            self._add_session(number, stories, assignments)

    def _add_session(self, number: int, stories: Pages, assignments: Pages) -> None:
        self.fields |= {
            f"title_{number}": Line(label=_("Titel"), max_length=80, required=False),
            f"day_{number}": forms.DateField(
                label=_("Datum"),
                widget=DayInput,
                required=False,
                error_messages={"invalid": _("Kies een dag.")},
            ),
            f"question_{number}": Line(
                label=_("Vraag waar de dialoog mee begint"), max_length=200, required=False
            ),
            f"story_{number}": ByTitle(
                stories,
                label=_("Verhaal"),
                nothing=_("Geen verhaal"),
                required=False,
                error_messages={"invalid_choice": _("Kies een verhaal uit de lijst.")},
            ),
        }
        if assignments:
            self.fields[f"assignments_{number}"] = SeveralByTitle(
                assignments, label=_("Opgaven"), required=False
            )

    @property
    def sessions(self) -> Iterator[SessionFields]:
        """The fields of each session, for the page."""
        for number in range(1, self.places + 1):
            to_do = f"assignments_{number}"
            yield SessionFields(
                number,
                self[f"title_{number}"],
                self[f"day_{number}"],
                self[f"question_{number}"],
                self[f"story_{number}"],
                self[to_do] if to_do in self.fields else None,
            )

    def clean(self) -> dict[str, Any]:
        super().clean()
        planned = [number for number in range(1, self.places + 1) if self._is_planned(number)]
        for number in planned:
            self._require_whole(number)
        if not planned:
            self.add_error("title_1", _("Plan ten minste één bijeenkomst."))
        return self.cleaned_data

    def _is_planned(self, number: int) -> bool:
        names = [f"{name}_{number}" for name in ("title", "day", "question", "story")]
        typed = any(self.cleaned_data.get(name) or name in self.errors for name in names)
        return typed or number <= len(self.there)

    def _require_whole(self, number: int) -> None:
        missing = {
            "title": _("Geef bijeenkomst %(number)d een titel."),
            "day": _("Kies een datum voor bijeenkomst %(number)d."),
            "question": _("Schrijf een vraag voor bijeenkomst %(number)d."),
        }
        for name, message in missing.items():
            field = f"{name}_{number}"
            if not self.cleaned_data.get(field) and field not in self.errors:
                self.add_error(field, message % {"number": number})

    def plan(self) -> Plan:
        said = self.cleaned_data
        return Plan(
            name=said["name"],
            about=said["about"],
            second_guide=said["second_guide"],
            sessions=[
                SessionPlan(
                    title=said[f"title_{number}"],
                    question=said[f"question_{number}"],
                    day=said[f"day_{number}"],
                    story=said[f"story_{number}"],
                    assignments=list(said.get(f"assignments_{number}") or []),
                )
                for number in range(1, self.places + 1)
                if said.get(f"title_{number}")
            ],
        )


def _planned(circle: Circle) -> list[CircleSession]:
    """The sessions as they are planned now, with their pages."""
    sessions = circle.sessions.select_related("discussion", "story__locale")
    return list(sessions.prefetch_related("assignments__locale"))


def _initial(user: Person, circle: Circle, there: list[CircleSession]) -> dict[str, Any]:
    """What a circle is planned as now; the second guide is the one who is not asking."""
    home = circle.discussion
    other = home.guide if home.second_guide_id == key_of(user) else home.second_guide
    found: dict[str, Any] = {
        "name": circle.name,
        "about": circle.about,
        "second_guide": other.get_username() if other else "",
    }
    for session in there:
        number = session.number
        found |= {
            f"title_{number}": session.title,
            f"day_{number}": session.day.isoformat(),
            f"question_{number}": session.discussion.question,
            f"story_{number}": key_of_page(session.story) if session.story else "",
            f"assignments_{number}": [key_of_page(page) for page in session.assignments.all()],
        }
    return found


class UntilForm(GuideForm):
    """Until when a link is good; two weeks where nothing else is chosen."""

    expires_on = forms.DateField(
        label=_("Geldig tot en met"),
        widget=DayInput,
        error_messages={"required": _("Kies een dag."), "invalid": _("Kies een dag.")},
    )

    def __init__(self, *args: Any, initial: dict[str, Any] | None = None, **kwargs: Any) -> None:
        soon = timezone.localdate() + datetime.timedelta(days=14)
        initial = {"expires_on": soon.isoformat()} | (initial or {})
        super().__init__(*args, initial=initial, **kwargs)

    def clean_expires_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["expires_on"]
        last = timezone.localdate() + datetime.timedelta(days=LONGEST)
        if not timezone.localdate() <= day <= last:
            raise forms.ValidationError(
                _("Kies een dag vanaf vandaag, hooguit %(days)d dagen vooruit."),
                params={"days": LONGEST},
            )
        return day


class InviteForm(UntilForm):
    """For how many, and until when; a link is made of it."""

    places = forms.TypedChoiceField(
        label=_("Voor hoeveel mensen?"),
        coerce=int,
        error_messages={
            "required": _("Kies voor hoeveel mensen de link is."),
            "invalid_choice": _("Zoveel plaatsen zijn er niet meer. Kies een lager aantal."),
        },
    )
    field_order = ["places", "expires_on"]

    def __init__(self, left: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs, initial={"places": left})
        places: Any = self.fields["places"]
        places.choices = [(number, str(number)) for number in range(1, min(left, LARGEST) + 1)]


class RulesForm(GuideForm):
    text = Words(
        label=_("Huisregels van deze kring, elke regel op een eigen regel"),
        max_length=RULES_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Schrijf ten minste één huisregel.")},
    )


class SheetForm(GuideForm):
    text = forms.CharField(
        label=_("Jullie voorbereiding"),
        max_length=SHEET_LENGTH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def clean_text(self) -> str:
        return as_kept(str(self.cleaned_data["text"]))


class RemovalForm(GuideForm):
    """Whom, for which reason, and in which words."""

    pseudonym = forms.ChoiceField(
        label=_("Wie haal je uit de kring?"),
        error_messages={
            "required": _("Kies een schuilnaam."),
            "invalid_choice": _("Kies een schuilnaam uit de lijst."),
        },
    )
    reason = forms.ChoiceField(
        label=_("Waarom?"),
        choices=[("", _("Kies een reden")), *((code.value, code.label) for code in REASONS)],
        error_messages={
            "required": _("Kies een reden."),
            "invalid_choice": _("Kies een reden uit de lijst."),
        },
    )
    text = forms.CharField(
        label=_("Wat wil je haar of hem zeggen?"),
        help_text=_("Schrijf wat er gebeurde en waarom dat niet samengaat met de kring."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Leg het uit in je eigen woorden.")},
    )

    def __init__(self, circle: Circle, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = circles.members_of(circle).values_list("pseudonym", flat=True)
        field: Any = self.fields["pseudonym"]
        field.choices = [("", _("Kies een schuilnaam")), *((name, name) for name in names)]

    def ground(self) -> Ground:
        return Ground(self.cleaned_data["reason"], self.cleaned_data["text"].strip())


class CircleJoinForm(forms.Form):
    """A drawn pseudonym, signed so that nobody can choose one; a circle has no role labels."""

    pseudonym = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, discussion: Discussion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.discussion = discussion

    def clean_pseudonym(self) -> str:
        drawn = pseudonyms.read_signed(self.discussion, self.cleaned_data["pseudonym"])
        if drawn is None:
            raise forms.ValidationError(_("Trek eerst een schuilnaam."))
        return drawn
