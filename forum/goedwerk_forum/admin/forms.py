from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..actions.precision import is_judged
from ..models import Contribution, ReasonCode, Revision, Statement, Waiting
from ..transitions import BY_AMBASSADOR, Action, RevisionState, State, actions_from

MOST_WORDS = Statement._meta.get_field("words").max_length or 0

Choice = tuple[str | Promise, str | Promise]

#: Per decision: what it is called, and what follows from it.
ON_A_CONTRIBUTION: dict[Action, Choice] = {
    Action.PUBLISH: (
        _("Plaats"),
        _("Lezers zien de bijdrage bij de volgende ronde. De schrijver krijgt bericht."),
    ),
    Action.RETURN: (
        _("Geef terug"),
        _("De schrijver leest je reden en kan de tekst aanpassen."),
    ),
    Action.REJECT: (
        _("Plaats niet"),
        _("De bijdrage komt niet op de site. De schrijver leest waarom."),
    ),
    Action.HIDE: (
        _("Verberg"),
        _("De tekst gaat nu van de pagina. Reacties blijven staan. Daarna kijkt iemand opnieuw."),
    ),
}
ON_AN_EDIT: dict[Action, Choice] = {
    Action.PUBLISH: (
        _("Plaats de wijziging"),
        _("De nieuwe tekst komt bij de volgende ronde in de plaats van de oude."),
    ),
    Action.RETURN: (
        _("Geef de wijziging terug"),
        _("De oude tekst blijft staan. De schrijver leest je reden en kan het opnieuw proberen."),
    ),
    Action.REJECT: (
        _("Plaats de wijziging niet"),
        _("De oude tekst blijft staan. De schrijver leest waarom."),
    ),
}
ON_A_HIDDEN_ONE: dict[Action, Choice] = {
    Action.PUBLISH: (
        _("Zet terug"),
        _("Lezers zien de bijdrage weer bij de volgende ronde."),
    ),
    Action.REJECT: (
        _("Plaats niet"),
        _("De plek op de pagina blijft leeg. De schrijver leest waarom."),
    ),
}


def choices_for(contribution: Contribution) -> dict[Action, Choice]:
    """What an ambassador can decide now; nothing in the software's or the author's turn."""
    if contribution.state == State.PENDING:
        return {}
    if contribution.waiting == Waiting.EDIT:
        return ON_AN_EDIT
    wording = ON_A_HIDDEN_ONE if contribution.state == State.HIDDEN else ON_A_CONTRIBUTION
    allowed = actions_from(contribution.state)
    return {action: wording[action] for action in BY_AMBASSADOR if action in allowed}


#: What an ambassador can say of one finding.
RIGHT, WRONG = "ja", "nee"
JUDGEMENTS = [("", _("volgt uit je beslissing")), (RIGHT, _("terecht")), (WRONG, _("onterecht"))]
#: The form to which what stands elsewhere on the page belongs.
FORM_ID = "gw-decision"


def _judgement() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Terecht aangewezen?"),
        choices=[
            ("", _("volgt uit je beslissing")),
            (RIGHT, _("terecht")),
            (WRONG, _("onterecht")),
        ],
        required=False,
        widget=forms.Select(attrs={"form": FORM_ID}),
        error_messages={"invalid_choice": _("Kies terecht of onterecht, of laat het open.")},
    )


class DecisionForm(forms.Form):
    """One decision on what was read at ``version``, with the reason that the author will read."""

    action = forms.ChoiceField(
        label=_("Wat beslis je?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Kies wat je beslist."),
            "invalid_choice": _(
                "Deze beslissing kan niet. Kies een van de beslissingen hieronder."
            ),
        },
    )
    reason = forms.ChoiceField(
        label=_("Reden"),
        choices=[("", _("Kies een reden")), *ReasonCode.choices],
        required=False,
        help_text=_("Nodig bij alles behalve plaatsen. De schrijver leest deze reden."),
        error_messages={"invalid_choice": _("Kies een reden uit de lijst.")},
    )
    words = forms.CharField(
        label=_("In je eigen woorden"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_("De schrijver leest dit bij de reden. Wat ging goed, en wat kan anders?"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, contribution: Contribution, revision: Revision | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.judged = _findings_to_judge(revision)
        for index in self.judged:
            self.fields[f"finding_{index}"] = _judgement()
        self.wording = choices_for(contribution)
        field = cast(forms.ChoiceField, self.fields["action"])
        field.choices = [(action.value, name) for action, (name, _what) in self.wording.items()]

    def options(self) -> Iterator[tuple[Any, str | Promise]]:
        """Each choice with what follows from it."""
        consequences = [what for _name, what in self.wording.values()]
        return zip(self["action"], consequences, strict=True)

    def judgement_of(self, index: int) -> forms.BoundField | None:
        """The field for one finding; None where it is not hers to judge."""
        return self[f"finding_{index}"] if index in self.judged else None

    def judgements(self) -> dict[int, bool]:
        """What she said of single findings; the rest follows from her decision."""
        said = {index: self.cleaned_data.get(f"finding_{index}") for index in self.judged}
        return {index: answer == RIGHT for index, answer in said.items() if answer}

    def clean_words(self) -> str:
        words = self.cleaned_data["words"].replace("\r\n", "\n").strip()
        too_long = len(words) - MOST_WORDS
        if too_long > 0:
            raise forms.ValidationError(
                _("Je tekst is %(over)d tekens te lang. Er passen er %(max)d."),
                params={"over": too_long, "max": MOST_WORDS},
            )
        return words

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        action = cleaned.get("action")
        is_refusal = action is not None and action != Action.PUBLISH
        if action == Action.PUBLISH and cleaned.get("words"):
            self.add_error(
                "words",
                _("Bij plaatsen gaan je woorden niet mee. Haal ze weg, of kies iets anders."),
            )
        if action == Action.PUBLISH and cleaned.get("reason") == ReasonCode.HAND_OVER:
            self.add_error(
                "reason",
                _("Bij deze reden plaats je niets. Geef de tekst terug, of haal de reden weg."),
            )
        if is_refusal and cleaned.get("reason") == "":
            self.add_error("reason", _("Kies een reden. De schrijver heeft er recht op."))
        return cleaned


def _findings_to_judge(revision: Revision | None) -> list[int]:
    """The places of the findings in a text that waits for her."""
    if revision is None or revision.state != RevisionState.HELD:
        return []
    return [index for index, finding in enumerate(revision.findings) if is_judged(finding)]
