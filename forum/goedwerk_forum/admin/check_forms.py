"""The forms of the checks: a switch and a threshold each, and a text to try."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import access
from ..checks import Check
from ..checks.registry import all_checks
from ..checks.remote import Remote
from ..checks.switches import Switch, Switches
from ..conf import conf
from ..models import Discussion, Policy
from ..people import Person

CHANGE = "goedwerk_forum.change_checksetting"

AS_SITE, ON, OFF = "as_site", "on", "off"


def may_change(user: Person) -> bool:
    return bool(user.is_active and user.has_perm(CHANGE))


def may_look(user: Person) -> bool:
    """Who sets the checks, and the ambassadors whose queue they fill."""
    return may_change(user) or access.is_moderator(user)


def visible_discussions(user: Person) -> QuerySet[Discussion]:
    """All for who sets the checks, the granted ones for an ambassador."""
    granted = access.granted_discussions(user)
    if may_change(user):
        of_circles = Q(in_circle=False) | Q(pk__in=granted.values("pk"))
        return Discussion.objects.filter(of_circles, is_enabled=True)
    return granted.filter(is_enabled=True)


@dataclass(frozen=True)
class Row:
    """A check with its two fields; ``None`` where it has no threshold."""

    check: Check
    is_on: forms.BoundField
    threshold: forms.BoundField | None
    note: str


class SwitchesForm(forms.Form):
    """A switch and a threshold for each check of a site."""

    def __init__(self, switches: Switches, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for check in all_checks():
            switch = switches.get(check.code)
            self.fields[f"{check.code}-on"] = self.switch_field(check, switch)
            if check.threshold_name:
                self.fields[f"{check.code}-from"] = _threshold_field(check, switch)

    def switch_field(self, check: Check, switch: Switch | None) -> forms.Field:
        return forms.BooleanField(
            label=str(check.name), required=False, initial=(switch or Switch()).is_on
        )

    def rows(self) -> Iterator[Row]:
        for check in all_checks():
            name = f"{check.code}-from"
            yield Row(
                check,
                self[f"{check.code}-on"],
                self[name] if name in self.fields else None,
                _note(check),
            )

    def wanted(self) -> dict[str, Switch]:
        return {
            check.code: Switch(
                self.cleaned_data[f"{check.code}-on"], self.cleaned_data.get(f"{check.code}-from")
            )
            for check in all_checks()
        }


class DiscussionSwitchesForm(SwitchesForm):
    """The same for a discussion, where a check can be left to the site."""

    def __init__(self, own: Switches, of_the_site: Switches, *args: Any, **kwargs: Any) -> None:
        self._of_site = of_the_site
        super().__init__(own, *args, **kwargs)

    def switch_field(self, check: Check, switch: Switch | None) -> forms.Field:
        is_on = self._of_site.get(check.code, Switch()).is_on
        as_site = _("Zoals de site: aan") if is_on else _("Zoals de site: uit")
        initial = AS_SITE if switch is None else ON if switch.is_on else OFF
        return forms.ChoiceField(
            label=str(check.name),
            choices=[(AS_SITE, as_site), (ON, _("Aan")), (OFF, _("Uit"))],
            initial=initial,
        )

    def wanted_here(self) -> dict[str, Switch | None]:
        return {check.code: self._wanted(check.code) for check in all_checks()}

    def _wanted(self, code: str) -> Switch | None:
        choice, threshold = self.cleaned_data[f"{code}-on"], self.cleaned_data.get(f"{code}-from")
        return None if choice == AS_SITE else Switch(choice == ON, threshold)


def _threshold_field(check: Check, switch: Switch | None) -> forms.Field:
    least, most = check.threshold_range
    return forms.IntegerField(
        label=str(check.threshold_name),
        required=False,
        min_value=least,
        max_value=most,
        initial=switch.threshold if switch else None,
        widget=forms.NumberInput(attrs={"placeholder": check.default_threshold}),
    )


def _note(check: Check) -> str:
    if check.code == Remote.code and not conf().REMOTE_URL:
        return _("Doet niets: er is geen adres ingesteld (REMOTE_URL).")
    return ""


class TryForm(forms.Form):
    """A text, and where it would be written."""

    text = forms.CharField(
        label=gettext_lazy("Tekst"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Plak een tekst om te proberen.")},
    )
    discussion = forms.ModelChoiceField(
        label=gettext_lazy("Dialoog"),
        queryset=Discussion.objects.none(),
        required=False,
        empty_label=gettext_lazy("Geen: zoals de site is ingesteld"),
        to_field_name="uuid",
    )
    policy = forms.ChoiceField(label=gettext_lazy("Manier van modereren"), choices=Policy.choices)
    by_newcomer = forms.BooleanField(label=gettext_lazy("De schrijver is nieuw"), required=False)
    is_sensitive = forms.BooleanField(label=gettext_lazy("Gevoelig verhaal"), required=False)

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].max_length = conf().MAX_LENGTH  # type: ignore[attr-defined]
        self.fields["discussion"].queryset = visible_discussions(user)  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if len(text) > conf().MAX_LENGTH:
            raise forms.ValidationError(
                _("Een bijdrage mag %(most)d tekens lang zijn.") % {"most": conf().MAX_LENGTH}
            )
        return text
