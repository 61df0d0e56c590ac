"""The rota: who looks first this week, who stands in, and who is away."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import access
from ..actions import rota
from ..errors import NotAllowed
from ..models import Absence, Duty
from ..people import Person, key_of
from . import queue
from .guard import ForModerators

#: Weeks that the rota shows, this one included.
WEEKS = 6


@dataclass(frozen=True)
class OnDuty:
    """One group's week: ``first`` looks first; a stand-in where the one on the rota is away."""

    group: str
    first: str
    is_stand_in: bool
    is_asker: bool


@dataclass(frozen=True)
class Desk:
    """What the queue says of the asker and her week."""

    is_away: bool
    duties: list[OnDuty] = field(default_factory=list)


def name_of(person: Any) -> str:
    """How colleagues see each other; authors never see this."""
    return person.get_full_name() or person.get_username()


def desk_of(request: HttpRequest) -> Desk:
    """Who is on duty in the asker's groups this week, and whether she is away."""
    away = Absence.objects.filter(user=OuterRef("ambassador"))
    this_week = _duties(request.user).filter(week=rota.monday(timezone.localdate()))
    duties = [_on_duty(request, duty) for duty in this_week.annotate(is_away=Exists(away))]
    is_away = any(discussion.is_away for discussion in queue.granted(request))
    return Desk(is_away=is_away, duties=duties)


def _duties(user: Person) -> Any:
    return (
        Duty.objects.filter(group__in=user.groups.all())
        .select_related("group", "ambassador", "stand_in")
        .order_by("week", "group__name")
    )


def _on_duty(request: HttpRequest, duty: Any) -> OnDuty:
    needs_other = duty.is_away and duty.stand_in is not None
    person = duty.stand_in if needs_other else duty.ambassador
    return OnDuty(
        group=duty.group.name,
        first=name_of(person),
        is_stand_in=needs_other,
        is_asker=person.pk == key_of(request.user),
    )


class DutyForm(forms.Form):
    """Who looks first in one week, and who stands in."""

    ambassador = forms.ChoiceField(required=False)
    stand_in = forms.ChoiceField(required=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ambassador"].label = _("Kijkt eerst")
        self.fields["stand_in"].label = _("Vervanger")
        for name in ("ambassador", "stand_in"):
            field = self.fields[name]
            field.choices = [("", _("niemand")), *people]  # type: ignore[attr-defined]
            field.error_messages = {"invalid_choice": _("Kies iemand uit de groep.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, stand_in = cleaned.get("ambassador"), cleaned.get("stand_in")
        if stand_in and not first:
            self.add_error("ambassador", _("Kies ook wie eerst kijkt."))
        if first and first == stand_in:
            self.add_error("stand_in", _("Kies iemand anders als vervanger."))
        return cleaned


class RotaView(ForModerators, WagtailAdminTemplateMixin):
    """The coming weeks per group; every ambassador of a group can fill them in."""

    template_name = "goedwerk_forum/admin/rota.html"
    header_icon = "date"
    page_title = "Rooster"

    def get_page_title(self) -> str:
        return _("Rooster")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("goedwerk_moderation:index"), "label": _("Moderatie")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest) -> HttpResponse:
        group = self._groups().filter(name=request.POST.get("group", "")).first()
        week = _week(request.POST.get("week", ""))
        if group is None or week is None:
            raise NotAllowed
        members = self._members(group)
        form = DutyForm(_choices(members), request.POST, auto_id=_ids(group, week))
        if not form.is_valid():
            context = self.get_context_data(bound={_ids(group, week): form})
            return self.render_to_response(context, status=422)
        by_name = {person.get_username(): person for person in members}
        rota.set_duty(
            user=request.user,
            group=group,
            week=week,
            ambassador=by_name.get(form.cleaned_data["ambassador"]),
            stand_in=by_name.get(form.cleaned_data["stand_in"]),
        )
        messages.success(request, _("Het rooster is bewaard."))
        return HttpResponseRedirect(reverse("goedwerk_moderation:rota"))

    def _groups(self) -> Any:
        """Her groups that moderate something."""
        return self.request.user.groups.filter(
            pk__in=access.granted_discussions(self.request.user)
            .filter(in_circle=False)
            .values("group")
        ).order_by("name")

    def _members(self, group: Group) -> list[Any]:
        people = get_user_model().objects.filter(groups=group, is_active=True)
        return list(people.order_by(get_user_model().USERNAME_FIELD))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bound = kwargs.pop("bound", {})
        away = set(Absence.objects.values_list("user_id", flat=True))
        groups = [self._group(group, away, bound) for group in self._groups()]
        is_away = key_of(self.request.user) in away
        return super().get_context_data(groups=groups, is_away=is_away, **kwargs)

    def _group(self, group: Group, away: set[Any], bound: dict[str, DutyForm]) -> dict[str, Any]:
        members = self._members(group)
        duties = {duty.week: duty for duty in _duties(self.request.user).filter(group=group)}
        choices = _choices(members)
        return {
            "group": group,
            "away": [name_of(person) for person in members if person.pk in away],
            "weeks": [
                _shown_week(group, week, duties.get(week), choices, bound)
                for week in _coming_weeks()
            ],
        }


def _shown_week(
    group: Group,
    week: datetime.date,
    duty: Duty | None,
    choices: list[tuple[str, str]],
    bound: dict[str, DutyForm],
) -> dict[str, Any]:
    ids = _ids(group, week)
    initial = {
        "ambassador": duty.ambassador.get_username() if duty else "",
        "stand_in": duty.stand_in.get_username() if duty and duty.stand_in else "",
    }
    return {
        "week": week,
        "title": _("Week van %(day)s") % {"day": date_format(week, "j F")},
        "form": bound.get(ids) or DutyForm(choices, auto_id=ids, initial=initial),
    }


def _choices(members: list[Any]) -> list[tuple[str, str]]:
    return [(person.get_username(), name_of(person)) for person in members]


def _ids(group: Group, week: datetime.date) -> str:
    """The pattern of the ids of a week's fields: a page has many weeks."""
    return f"{slugify(group.name)}-{week:%Y%m%d}-%s"


def _coming_weeks() -> list[datetime.date]:
    first = rota.monday(timezone.localdate())
    return [first + datetime.timedelta(weeks=number) for number in range(WEEKS)]


def _week(said: str) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(said)
    except ValueError:
        return None
    return day if day in _coming_weeks() else None
