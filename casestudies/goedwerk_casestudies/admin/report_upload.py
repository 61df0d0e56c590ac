"""An uploaded report in memory: no handler here ever writes a file to disk."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django import forms
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..conf import conf
from ..reports import Limits, Problem, Unreadable, can_read
from ..reports.reading import check_before, kind_of

MILLION = 1_000_000

SENTENCES: dict[Problem, str | Promise] = {
    Problem.EMPTY: _("Dit bestand is leeg. Kies een ander bestand."),
    Problem.TOO_LONG: _("Dit verslag is te lang. Deel het op en importeer de delen apart."),
    Problem.TOO_SLOW: _(
        "Het lezen van dit bestand duurde te lang. Sla het opnieuw op als .docx of deel het op."
    ),
    Problem.OTHER_KIND: _(
        "Dit bestand is iets anders dan de naam zegt. Open het, sla het opnieuw op en probeer het "
        "nog eens."
    ),
    Problem.OLD_WORD: _(
        "Dit is een bestand van een oude versie van Word. Sla het in Word op als .docx en kies dat."
    ),
    Problem.ENCRYPTED: _(
        "Dit bestand is beveiligd met een wachtwoord. Haal het wachtwoord eraf en kies het opnieuw."
    ),
    Problem.MALFORMED: _(
        "Dit bestand is beschadigd: het lezen lukt niet. Open het, sla het opnieuw op en probeer "
        "het nog eens."
    ),
    Problem.NO_TEXT: _(
        "In dit bestand staat geen tekst. Is het een scan? Laat dan eerst de tekst herkennen."
    ),
    Problem.NO_CONVERTER: _("Deze site kan dit soort bestand niet lezen. Vraag het de beheerder."),
}


def limits() -> Limits:
    """How much a report may be on this site."""
    settings = conf()
    return Limits(
        size=settings.REPORT_MAX_MB * MILLION,
        pages=settings.REPORT_MAX_PAGES,
        seconds=settings.REPORT_SECONDS,
    )


def kinds() -> str:
    """The extensions that can be read here: ".docx, .odt"."""
    return ", ".join(f".{kind}" for kind in can_read() if kind != "markdown")


def sentence(problem: Problem) -> str:
    """What is wrong with a file, and what its owner can do."""
    if problem == Problem.TOO_BIG:
        return gettext("Dit bestand is te groot. Er past hooguit %(most)s MB.") % {
            "most": conf().REPORT_MAX_MB
        }
    if problem == Problem.UNKNOWN_KIND:
        return gettext("Dit soort bestand kan niet. Kies een van deze: %(kinds)s.") % {
            "kinds": kinds()
        }
    return str(SENTENCES[problem])


class MemoryOnly(FileUploadHandler):
    """Keeps what is uploaded in memory; of what is too big it keeps nothing at all."""

    chunk_size = 2**20

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.most:
            self.kept.write(raw_data)
        else:
            self.kept = BytesIO()

    def file_complete(self, file_size: int) -> UploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )


class ReportForm(forms.Form):
    """One file; what can be seen of it at a glance is said beside the field."""

    file = forms.FileField(
        label=_("Verslag"),
        allow_empty_file=True,
        max_length=None,
        error_messages={"required": _("Kies eerst een bestand.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = kinds().replace(" ", "")
        self.fields["file"].help_text = gettext("%(kinds)s, hooguit %(most)s MB.") % {
            "kinds": kinds(),
            "most": conf().REPORT_MAX_MB,
        }

    def clean_file(self) -> tuple[bytes, str]:
        """The bytes and their kind; the name of the file goes no further than here."""
        file = self.cleaned_data["file"]
        try:
            kind = kind_of(file.name)
            if file.size > limits().size:
                raise Unreadable(Problem.TOO_BIG)
            data = file.read()
            check_before(data, kind, limits())
        except Unreadable as error:
            raise forms.ValidationError(sentence(error.problem), code=error.problem) from None
        return data, kind

    def say(self, problem: Problem) -> None:
        """Puts what was found out later beside the field, too."""
        self.add_error("file", forms.ValidationError(sentence(problem), code=problem))


class ChooseForm(forms.Form):
    """Which headings become a submission."""

    chosen = forms.TypedMultipleChoiceField(
        coerce=int,
        label=_("Welke onderdelen wil je bewerken?"),
        error_messages={"required": _("Kies ten minste één onderdeel.")},
    )

    def __init__(self, places: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["chosen"]
        field.choices = [(place, str(place)) for place in places]  # type: ignore[attr-defined]
