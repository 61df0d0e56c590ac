"""What the press of a button in a writing form asks: look, put in, put back, or send."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.forms import Form
from django.http import HttpRequest, QueryDict

from ..marks import Preview, Replaced, preview_of, replaced

logger = logging.getLogger("goedwerk.checks")

#: Names of the buttons that send nothing.
LOOK, PUT_IN, PUT_BACK = "preview", "replace", "restore"

FormT = TypeVar("FormT", bound=Form)


@dataclass(frozen=True)
class Pressed(Generic[FormT]):
    """The form with her text as it now is; sent only where there is nothing left to show first."""

    form: FormT
    preview: Preview | None
    is_to_send: bool

    @property
    def marks_seen(self) -> bool:
        """Whether she was shown all that is marked in what she sends."""
        return self.preview is not None


def pressed(request: HttpRequest, form_class: Callable[[QueryDict], FormT]) -> Pressed[FormT]:
    """What became of a press. Whatever was typed, and is not replaced, is in the form again."""
    done = _put_in(request.POST)
    form = form_class(_typed(request.POST, done))
    if not form.is_valid():
        return Pressed(form, None, is_to_send=False)
    asks_to_send = not {LOOK, PUT_IN, PUT_BACK} & request.POST.keys()
    try:
        preview = preview_of(form.cleaned_data["text"], done=done)
    except Exception as error:  # what fails here holds nobody up: the checks look again
        logger.warning("preview failed", extra={"error": type(error).__name__})
        return Pressed(form, None, is_to_send=asks_to_send)
    if not asks_to_send:
        return Pressed(form, preview, is_to_send=False)
    if preview.has_news_for(form.cleaned_data["seen"]):
        return Pressed(form, dataclasses.replace(preview, asks_first=True), is_to_send=False)
    return Pressed(form, preview, is_to_send=True)


def _put_in(data: QueryDict) -> Replaced | None:
    press = data.get(PUT_IN)
    return replaced(data.get("text", ""), press) if press else None


def _typed(data: QueryDict, done: Replaced | None) -> QueryDict:
    text = data.get("before") if PUT_BACK in data else done.text if done else None
    if text is None:
        return data
    changed = data.copy()
    changed["text"] = text
    return changed
