from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..actions.moderation import Mark, is_for_somebody_else
from ..actions.precision import is_judged
from ..complaint_forms import TextField
from ..complaints import open_reports
from ..models import (
    LONGEST_LAW,
    CannedReason,
    CaseNote,
    Contribution,
    ReasonCode,
    Revision,
    Statement,
    Waiting,
)
from ..texts import as_kept
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
        _("De tekst gaat nu van de pagina. Antwoorden blijven staan. Daarna kijkt iemand opnieuw."),
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
    if is_for_somebody_else(contribution):
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


#: Words that can be pointed out when a text is given back.
MARK_ROWS = (1, 2, 3)


def _words_field(label: Any) -> forms.CharField:
    too_long = _("Wijs hooguit 200 tekens aan.")
    return forms.CharField(
        label=label, required=False, max_length=200, error_messages={"max_length": too_long}
    )


def _answer() -> TextField:
    return TextField(
        label=_("Antwoord aan wie meldde"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mag leeg blijven. De schrijver leest dit niet. Hooguit 1000 tekens."),
    )


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


class WithData(forms.Select):
    """A select whose options carry the text that they stand for, for the script."""

    texts: Mapping[str, str] = {}

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)
        text = self.texts.get(str(option["value"]))
        if text:
            option["attrs"]["data-gw-text"] = text
        return option


def law_field() -> forms.CharField:
    """Which law or rule forbids it: the ground of a refusal of what is unlawful."""
    return forms.CharField(
        label=_("Welke wet of regel?"),
        required=False,
        max_length=LONGEST_LAW,
        help_text=_(
            "Alleen bij de reden ‘Dit mag niet van de wet’. Bijvoorbeeld: Auteurswet, artikel 1. "
            "De schrijver leest dit."
        ),
        error_messages={"max_length": _("Noem de wet of regel in hooguit 200 tekens.")},
    )


def check_law(form: forms.Form) -> None:
    """What is unlawful names its law, and nothing else does."""
    reason, law = form.cleaned_data.get("reason"), form.cleaned_data.get("law")
    if reason == ReasonCode.UNLAWFUL and law == "":
        form.add_error(
            "law", _("Noem de wet of regel waarom dit niet mag. De schrijver heeft er recht op.")
        )
    elif reason and reason != ReasonCode.UNLAWFUL and law:
        form.add_error(
            "law",
            _("Een wet gaat alleen mee bij ‘Dit mag niet van de wet’. Haal hem hier weg."),
        )


class ReasonForm(forms.Form):
    """Why, in a code and in words that the author reads; words to start from are at hand."""

    reason = forms.ChoiceField(
        label=_("Reden"),
        choices=[("", _("Kies een reden")), *ReasonCode.choices],
        required=False,
        help_text=_("Nodig bij alles behalve plaatsen. De schrijver leest deze reden."),
        error_messages={"invalid_choice": _("Kies een reden uit de lijst.")},
    )
    canned = forms.ChoiceField(
        label=_("Begin met een standaardtekst"),
        required=False,
        widget=WithData,
        error_messages={"invalid_choice": _("Deze standaardtekst is er niet meer.")},
    )
    law = law_field()
    words = forms.CharField(
        label=_("In je eigen woorden"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        help_text=_(
            "Nodig bij alles behalve plaatsen. Wat zag je, wat ging goed en wat kan anders? De "
            "schrijver leest dit bij de reden."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ready_texts = list(CannedReason.objects.all())
        field = cast(forms.ChoiceField, self.fields["canned"])
        field.choices = [("", _("Kies een tekst")), *self._grouped()]
        cast(WithData, field.widget).texts = {str(item.pk): item.text for item in self.ready_texts}
        if not self.ready_texts:
            del self.fields["canned"]

    def _grouped(self) -> list[tuple[str, list[tuple[str, str]]]]:
        groups: dict[str, list[tuple[str, str]]] = {}
        for item in self.ready_texts:
            groups.setdefault(item.get_reason_display(), []).append((str(item.pk), item.title))
        return list(groups.items())

    def started(self) -> dict[str, str]:
        """What was typed, with the chosen text put behind it: for who has no script."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        chosen = self.data.get("canned", "")
        item = next((item for item in self.ready_texts if str(item.pk) == chosen), None)
        if item is None:
            return typed
        words = "\n\n".join(part for part in (typed["words"].strip(), item.text) if part)
        return typed | {"words": words, "reason": typed["reason"] or item.reason, "canned": ""}

    def asks_for_words(self) -> bool:
        """Whether a text was chosen that does not stand in the field yet."""
        chosen = bool(self.data.get("canned"))
        return chosen and ("insert" in self.data or not self.data.get("words", "").strip())

    def clean_words(self) -> str:
        words = as_kept(self.cleaned_data["words"])
        too_long = len(words) - MOST_WORDS
        if too_long > 0:
            raise forms.ValidationError(
                _("Je tekst is %(over)d tekens te lang. Er passen er %(max)d."),
                params={"over": too_long, "max": MOST_WORDS},
            )
        return words

    def check_reason(self, action: str | None) -> None:
        """Placing has no words; everything else has a reason, with what was seen."""
        if action == Action.PUBLISH:
            self._check_placing()
        elif action is not None:
            self._check_refusal()

    def _check_placing(self) -> None:
        for name in ("words", "law"):
            if self.cleaned_data.get(name):
                self.add_error(
                    name,
                    _("Bij plaatsen gaan je woorden niet mee. Haal ze weg, of kies iets anders."),
                )
        if self.cleaned_data.get("reason") == ReasonCode.HAND_OVER:
            self.add_error(
                "reason",
                _("Bij deze reden plaats je niets. Geef de tekst terug, of haal de reden weg."),
            )

    def _check_refusal(self) -> None:
        cleaned = self.cleaned_data
        if cleaned.get("reason") == "":
            self.add_error("reason", _("Kies een reden. De schrijver heeft er recht op."))
        if cleaned.get("words") == "":
            self.add_error(
                "words",
                _("Schrijf erbij wat je zag en wat anders kan. De schrijver heeft er recht op."),
            )
        check_law(self)


class DecisionForm(ReasonForm):
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
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["action", "reason", "law", "canned", "words"]

    def __init__(
        self, contribution: Contribution, revision: Revision | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.text = revision.text if revision else ""
        self.marks: list[Mark] = []
        for row in MARK_ROWS:
            self.fields[f"mark_{row}"] = _words_field(_("Woorden uit de tekst"))
            self.fields[f"instead_{row}"] = _words_field(_("Zo kan het ook"))
        self.judged = _findings_to_judge(revision)
        for index in self.judged:
            self.fields[f"finding_{index}"] = _judgement()
        if contribution.pk and open_reports(contribution.pk).exists():
            self.fields["answer"] = _answer()
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

    def mark_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields in which words of the text are pointed out, with another way to say them."""
        return [(self[f"mark_{row}"], self[f"instead_{row}"]) for row in MARK_ROWS]

    def has_marks(self) -> bool:
        """Whether the fields for words hold something, or something is wrong with them."""
        fields = [field for pair in self.mark_rows() for field in pair]
        return any(field.value() or field.errors for field in fields)

    def clean(self) -> dict[str, Any]:
        super().clean()
        action = self.cleaned_data.get("action")
        self.check_reason(action)
        self.marks = self._marks(is_return=action == Action.RETURN)
        return self.cleaned_data

    def _marks(self, *, is_return: bool) -> list[Mark]:
        marks: list[Mark] = []
        for row in MARK_ROWS:
            words = self.cleaned_data.get(f"mark_{row}", "")
            instead = self.cleaned_data.get(f"instead_{row}", "")
            start = self.text.find(words) if words else -1
            if words and not is_return:
                self.add_error(f"mark_{row}", _("Dit gaat alleen mee als je de tekst teruggeeft."))
            elif words and start < 0:
                self.add_error(
                    f"mark_{row}", _("Deze woorden staan niet precies zo in de tekst. Kopieer ze.")
                )
            elif words:
                marks.append(Mark(start, start + len(words), instead))
            elif instead:
                self.add_error(f"mark_{row}", _("Om welke woorden in de tekst gaat het?"))
        return marks


def _findings_to_judge(revision: Revision | None) -> list[int]:
    """The places of the findings in a text that waits for her."""
    if revision is None or revision.state != RevisionState.HELD:
        return []
    return [index for index, finding in enumerate(revision.findings) if is_judged(finding)]


class NoteForm(forms.ModelForm):
    """A word for the colleagues."""

    class Meta:
        model = CaseNote
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        labels = {"text": _("Schrijf je collega’s iets")}
        error_messages = {"text": {"required": _("Schrijf eerst je notitie.")}}

    def clean_text(self) -> str:
        return as_kept(self.cleaned_data["text"])
