"""A format as a file: JSON with a version, readable by people, the same at every site.

    {"goedwerk-format": 1, "name": "…", "introduction": "…", "steps": [
        {"name": "…", "question": "…", "kinds": ["vraag"], "days": 7, "is_round": false,
         "task": ""}]}

``kinds``, ``days``, ``is_round``, ``task`` and ``introduction`` may be left out; an empty list of
kinds opens all, and ``days`` null leaves the end of a step to its guide.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from . import kinds
from .models import Format, FormatStep
from .models.formats import MOST_DAYS, MOST_STEPS, NAME_LENGTH, QUESTION_LENGTH, task_choices

#: The key that says what the file is; its value is the version of this form of it.
MARK, VERSION = "goedwerk-format", 1


@dataclass(frozen=True)
class ReadFormat:
    """What a file says, found right: not in the database yet."""

    name: str
    introduction: str
    steps: tuple[dict[str, Any], ...]


class HeadForm(forms.Form):
    name = forms.CharField(max_length=NAME_LENGTH)
    introduction = forms.CharField(max_length=400, required=False)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if Format.objects.filter(name=name).exists():
            raise forms.ValidationError(
                _("Er is al een werkvorm ‘%(name)s’. Geef een van de twee een andere naam.")
                % {"name": name}
            )
        return name


class StepForm(forms.Form):
    name = forms.CharField(max_length=NAME_LENGTH)
    question = forms.CharField(max_length=QUESTION_LENGTH)
    kinds = forms.MultipleChoiceField(choices=kinds.all_choices, required=False)
    days = forms.IntegerField(min_value=1, max_value=MOST_DAYS, required=False)
    is_round = forms.BooleanField(required=False)
    task = forms.ChoiceField(choices=task_choices, required=False)


#: What each field of a file must hold; anything else is said to be of the wrong sort.
TYPES: dict[str, tuple[type, ...]] = {
    "name": (str,),
    "introduction": (str,),
    "question": (str,),
    "kinds": (list,),
    "days": (int, type(None)),
    "is_round": (bool,),
    "task": (str,),
}


def dumped(template: Format) -> str:
    """The file of a format."""
    said = {
        MARK: VERSION,
        "name": template.name,
        "introduction": template.introduction,
        "steps": [_dumped_step(step) for step in template.steps.all()],
    }
    return json.dumps(said, ensure_ascii=False, indent=2) + "\n"


def _dumped_step(step: FormatStep) -> dict[str, Any]:
    return {name: getattr(step, name) for name in StepForm.base_fields}


def read(text: str) -> ReadFormat:
    """What a file says.

    Raises:
        ValidationError: with a sentence for each thing that is wrong, and where.
    """
    said = _parsed(text)
    steps = said.get("steps")
    if not isinstance(steps, list) or not 1 <= len(steps) <= MOST_STEPS:
        raise ValidationError(
            _("Het bestand moet 1 tot %(most)d stappen hebben (‘steps’).") % {"most": MOST_STEPS}
        )
    wrong: list[str] = []
    head = _checked(HeadForm, said, _("Werkvorm"), wrong)
    found = tuple(
        _checked(StepForm, step, _("Stap %(number)d") % {"number": number}, wrong)
        for number, step in enumerate(steps, start=1)
    )
    if wrong:
        raise ValidationError(wrong)
    return ReadFormat(head["name"], head["introduction"], found)


def _parsed(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
        json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):  # half a character is a ValueError, too
        raise ValidationError(_("Dit bestand is geen geldige JSON.")) from None
    if not isinstance(said, dict) or MARK not in said:
        raise ValidationError(
            _("Dit is geen werkvorm: ‘%(mark)s’ ontbreekt aan het begin.") % {"mark": MARK}
        )
    if said[MARK] != VERSION:
        raise ValidationError(
            _("Deze site leest versie %(known)d van een werkvorm. Dit bestand heeft een andere.")
            % {"known": VERSION}
        )
    return said


def _checked(
    form_class: type[forms.Form], said: Any, where: str, wrong: list[str]
) -> dict[str, Any]:
    """The fields of one part of the file; what is wrong in it goes to ``wrong``."""
    if not isinstance(said, dict):
        wrong.append(_("%(where)s: hier moet een blok met velden staan.") % {"where": where})
        return {}
    odd = [
        name
        for name in form_class.base_fields
        if name in said and type(said[name]) not in TYPES[name]
    ]
    if odd:
        wrong += [
            _("%(where)s: ‘%(name)s’ is van een verkeerde soort.") % {"where": where, "name": name}
            for name in odd
        ]
        return {}
    form = form_class(said)
    for name, messages in form.errors.items():
        wrong += [f"{where}, ‘{name}’: {message}" for message in messages]
    return form.cleaned_data
