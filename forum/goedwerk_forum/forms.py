from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TypeVar, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import kinds
from .actions.contributions import Words
from .conf import conf
from .courses import opens
from .identity import pseudonyms
from .kinds import KindWords
from .models import Discussion, RoleLabel, Step, Viewpoint
from .models.contributions import ANSWER_LENGTH
from .texts import as_kept


def new_submission() -> str:
    """The form's own random mark: the same form sent twice makes one contribution."""
    return secrets.token_urlsafe(24)


FormT = TypeVar("FormT", bound=forms.Form)


def as_new(form: FormT) -> FormT:
    """The same words in a form that was not sent yet: with a mark of its own."""
    typed = cast(QueryDict, form.data).copy()
    typed["submission"] = new_submission()
    form.data = typed
    return form


def _fitting(text: str) -> str:
    """The text as it is kept, where it is not too long."""
    text = as_kept(text)
    too_long = len(text) - conf().MAX_LENGTH
    if too_long > 0:
        raise forms.ValidationError(
            _("Je tekst is %(over)d tekens te lang. Er passen er %(max)d."),
            params={"over": too_long, "max": conf().MAX_LENGTH},
        )
    return text


def _lenses() -> list[tuple[str, str]]:
    return [*((lens.key, lens.name) for lens in kinds.lenses()), ("", gettext("geen"))]


class ContributionForm(forms.Form):
    """A contribution: kind, text, lens. Every error says what to do."""

    kind = forms.ChoiceField(
        label=_("Wat voor bijdrage is het?"),
        choices=kinds.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat voor bijdrage het is."),
            "invalid_choice": _("Kies een van de soorten bijdragen die hier staan."),
        },
    )
    text = forms.CharField(
        label=_("Je tekst"),
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": _("Schrijf eerst je bijdrage.")},
    )
    lens = forms.ChoiceField(
        label=_("Welke lens past erbij?"),
        choices=_lenses,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies een van de drie lenzen, of geen.")},
    )
    #: Through whose eyes she looks: with a perspective, or where the guide asked for that.
    viewpoint = forms.ChoiceField(
        label=_("Door wiens ogen kijk je?"),
        choices=[("", _("niemand in het bijzonder")), *Viewpoint.choices],
        widget=forms.RadioSelect,
        required=False,
        error_messages={
            "invalid_choice": _("Kies door wiens ogen je kijkt, of niemand in het bijzonder."),
        },
    )
    submission = forms.CharField(widget=forms.HiddenInput, max_length=43, required=False)
    #: The marks and signals that the writer was shown (``marks.Preview.seen``).
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    #: Number of the step that she was shown.
    step = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, at: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if at is not None:
            opened = [(kind.key, kind.name) for kind in opens(at)]
            cast(forms.ChoiceField, self.fields["kind"]).choices = opened

    @property
    def offered(self) -> list[KindWords]:
        """The kinds to choose from, with their words."""
        chosen_from = cast(Any, self.fields["kind"]).choices
        return [kinds.words_of(key) for key, _name in chosen_from]

    @property
    def offers_perspective(self) -> bool:
        """Whether one of the kinds is that in which she may say through whose eyes she looks."""
        return kinds.PERSPECTIVE in [kind.key for kind in self.offered]

    def clean_text(self) -> str:
        return _fitting(self.cleaned_data["text"])

    def words(self, *, marks_seen: bool) -> Words:
        return Words(
            text=self.cleaned_data["text"],
            kind=self.cleaned_data["kind"],
            lens=self.cleaned_data["lens"],
            marks_seen=marks_seen,
            viewpoint=self.cleaned_data["viewpoint"],
            step=self.cleaned_data["step"],
        )


class EditForm(ContributionForm):
    """The same, for a text that exists: ``version`` says which one was read.

    It keeps its kind, even where nobody can choose that one any more.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.CharField(
        label=_("Wil je de ambassadeur iets antwoorden?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )

    def __init__(
        self, *args: Any, had: Iterable[str] = (), at: Step | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        opened = {kind.key for kind in opens(at)} | set(had)
        known = [choice for choice in kinds.choices(also=had) if choice[0] in opened]
        cast(forms.ChoiceField, self.fields["kind"]).choices = known

    def clean_answer(self) -> str:
        answer = as_kept(self.cleaned_data["answer"])
        too_long = len(answer) - ANSWER_LENGTH
        if too_long > 0:
            raise forms.ValidationError(
                _("Je antwoord is %(over)d tekens te lang. Er passen er %(max)d."),
                params={"over": too_long, "max": ANSWER_LENGTH},
            )
        return answer

    def words(self, *, marks_seen: bool) -> Words:
        words = super().words(marks_seen=marks_seen)
        return replace(words, answer=self.cleaned_data["answer"])


class PracticeForm(forms.Form):
    """A text that is tried out: it goes nowhere."""

    text = forms.CharField(
        label=_("Een tekst om te proberen"),
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Schrijf eerst een paar zinnen om te proberen.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_text(self) -> str:
        return _fitting(self.cleaned_data["text"])


class JoinForm(forms.Form):
    """A drawn pseudonym, signed so that nobody can choose one, and one coarse role label."""

    pseudonym = forms.CharField(widget=forms.HiddenInput)
    role_label = forms.ChoiceField(
        label=_("Wil je laten zien wat voor werk je doet?"),
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Kies een label uit de lijst, of geen.")},
    )

    def __init__(self, discussion: Discussion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.discussion = discussion
        labels = RoleLabel.objects.filter(is_offered=True).values_list("name", flat=True)
        field = cast(forms.ChoiceField, self.fields["role_label"])
        field.choices = [("", _("Nee, liever niet")), *((name, name) for name in labels)]

    def clean_pseudonym(self) -> str:
        drawn = pseudonyms.read_signed(self.discussion, self.cleaned_data["pseudonym"])
        if drawn is None:
            raise forms.ValidationError(_("Trek eerst een schuilnaam."))
        return drawn
