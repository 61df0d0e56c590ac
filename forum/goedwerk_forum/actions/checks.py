"""What an owner sets about the checks: on or off, thresholds, words. Each change is on record."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Site

from ..checks.switches import Switch, of_discussion_alone, of_site
from ..models import AuditRecord, CheckSetting, ConductTerm, ConductVersion, Discussion, HurtWeight
from . import audit

OWNER = "owner"
ON, OFF, AS_SITE = "on", "off", "as_site"
#: Columns of a word list as a file; the first line names them.
COLUMNS = ("term", "kind", "weight")
#: Lines of one file.
MOST_TERMS = 5000


def switch_on_site(site: Site, wanted: Mapping[str, Switch]) -> int:
    """Sets checks for a site; returns how many changed."""
    with transaction.atomic():
        before = of_site(site)
        changed = {
            code: switch for code, switch in wanted.items() if before.get(code, Switch()) != switch
        }
        for code, switch in changed.items():
            CheckSetting.objects.update_or_create(
                site=site, check_code=code, defaults=_columns(switch)
            )
        audit.write(
            _record("site", str(site.pk), code, _words(before.get(code, Switch())), _words(switch))
            for code, switch in changed.items()
        )
    return len(changed)


def switch_in_discussion(discussion: Discussion, wanted: Mapping[str, Switch | None]) -> int:
    """Sets checks for a discussion; None leaves one to the site. Returns how many changed."""
    with transaction.atomic():
        before = of_discussion_alone(discussion)
        changed = {code: switch for code, switch in wanted.items() if before.get(code) != switch}
        CheckSetting.objects.filter(
            discussion=discussion,
            check_code__in=[code for code, switch in changed.items() if switch is None],
        ).delete()
        for code, switch in changed.items():
            if switch is not None:
                CheckSetting.objects.update_or_create(
                    discussion=discussion, check_code=code, defaults=_columns(switch)
                )
        audit.write(
            _record(
                "discussion", discussion.uuid.hex, code, _words(before.get(code)), _words(switch)
            )
            for code, switch in changed.items()
        )
    return len(changed)


def _columns(switch: Switch) -> dict[str, object]:
    return {"is_on": switch.is_on, "threshold": switch.threshold}


def _words(switch: Switch | None) -> str:
    """A switch in the codes of the record: "on", "on 3", "off", "as_site"."""
    if switch is None:
        return AS_SITE
    said = ON if switch.is_on else OFF
    return said if switch.threshold is None else f"{said} {switch.threshold}"


def _record(kind: str, object_id: str, check: str, before: str, after: str) -> AuditRecord:
    return audit.about(
        kind, object_id, "check", actor=OWNER, before=before, after=after, reason=check
    )


# --- words -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Imported:
    added: int
    changed: int


def save_term(term: ConductTerm) -> None:
    """A new word, or another kind or weight for one that was there."""
    with transaction.atomic():
        term.full_clean()
        term.save()
        _words_changed()


def remove_term(term: ConductTerm) -> None:
    with transaction.atomic():
        term.delete()
        _words_changed()


def import_terms(lines: Iterable[str]) -> Imported:
    """Adds the words of a CSV file, or changes those that are there; all of them or none.

    Raises:
        ValidationError: a list of sentences, each naming a line that cannot be used.
    """
    terms = _read(lines)
    with transaction.atomic():
        there = ConductTerm.objects.in_bulk([term.term for term in terms], field_name="term")
        known = {word: term.as_row() for word, term in there.items()}
        ConductTerm.objects.bulk_create(
            terms, update_conflicts=True, unique_fields=["term"], update_fields=["kind", "weight"]
        )
        imported = Imported(
            added=sum(term.term not in known for term in terms),
            changed=sum(term.term in known and known[term.term] != term.as_row() for term in terms),
        )
        if imported.added or imported.changed:
            _words_changed()
    return imported


def _read(lines: Iterable[str]) -> list[ConductTerm]:
    reader = csv.DictReader(lines)
    missing = [column for column in COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        raise ValidationError(
            _("De eerste regel moet de kolommen %(columns)s noemen.")
            % {"columns": ", ".join(COLUMNS)}
        )
    terms: dict[str, ConductTerm] = {}
    wrong: list[str] = []
    for row in reader:
        if len(terms) == MOST_TERMS:
            raise ValidationError(
                _("Een bestand mag %(most)d woorden hebben.") % {"most": MOST_TERMS}
            )
        try:
            term = _term(row)
            terms[term.term] = term
        except (ValidationError, ValueError) as error:
            wrong.append(_sentence(reader.line_num, error))
    if wrong:
        raise ValidationError(wrong)
    return list(terms.values())


def _term(row: Mapping[str, str | None]) -> ConductTerm:
    weight = (row["weight"] or "").strip()
    term = ConductTerm(
        term=(row["term"] or "").strip(),
        kind=(row["kind"] or "").strip(),
        weight=int(weight) if weight else HurtWeight.MIDDLE,
    )
    term.clean()
    term.clean_fields()
    return term


def _sentence(line: int, error: ValidationError | ValueError) -> str:
    why = " ".join(error.messages) if isinstance(error, ValidationError) else ""
    return _("Regel %(line)d: %(why)s") % {
        "line": line,
        "why": why or _("het gewicht moet een getal zijn."),
    }


def _words_changed() -> None:
    """A new version, drawn at random: counting on would repeat one after a rollback."""
    ConductVersion.objects.update_or_create(id=1, defaults={"version": secrets.token_hex(16)})
    number = ConductTerm.objects.count()
    audit.write([audit.about("words", "conduct", "words", actor=OWNER, version=number)])
