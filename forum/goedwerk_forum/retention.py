"""How long each kind of data is kept, and how it goes: one rule per field, complete by a test.

An app registers its rules and its models once, in ``ready``::

    retention.register("my_app.Report", {REPORT_WORDS: "text contact", NOT_PERSONAL: "day state"})

``actions.retention`` runs every rule's eraser each night; ``scripts/retention_table.py`` makes
``docs/reference/retention.md`` of what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models


@dataclass(frozen=True)
class Rule:
    """One class of data: how long it is kept, and how it goes.

    ``until`` is the sentence of the reference: when it goes, and by what. ``erase`` lets go of
    what is due tonight and returns how much that was; it works in batches of a transaction each,
    and finds by itself what is left when it was killed in the middle. A rule without one has
    nothing that the clock lets go of: its rows stay, or go with something that people do.
    """

    name: str
    title: str
    until: str
    erase: Callable[[], int] | None = None


#: About nobody: settings, texts of editors, counts, codes, days.
NOT_PERSONAL = Rule(
    "not_personal", "About nobody", "Kept: it says nothing of a person, alone or with the rest."
)
AS_LONG_AS_ACCOUNT = Rule(
    "as_long_as_account",
    "Of an account",
    "Until the account is removed, by its owner (*Weggaan*) or by the site's owner; with it, at "
    "once.",
)
AS_LONG_AS_STAFF = Rule(
    "as_long_as_staff",
    "Who worked on it",
    "Until the account of that colleague is removed; then the field is emptied, at once.",
)

#: The rules in use, by name.
RULES: dict[str, Rule] = {}
#: Model label -> field name -> rule.
CLASSES: dict[str, dict[str, Rule]] = {}
#: Apps whose models must have a rule for every field, by label.
COVERED: set[str] = set()
#: Ids of participants whose link must stay although its term has passed: a query each.
KEEPS_LINK: list[Callable[[], models.QuerySet]] = []


def register(label: str, classes: dict[Rule, str]) -> None:
    """Says by which rule each field of a model is kept; names of fields with spaces between.

    Raises:
        ValueError: a field has a rule already, or two rules share a name.
    """
    fields = CLASSES.setdefault(label, {})
    for rule, names in classes.items():
        if RULES.setdefault(rule.name, rule) != rule:
            raise ValueError(f"Two rules are called {rule.name}.")
        for name in names.split():
            if fields.get(name, rule) != rule:
                raise ValueError(f"{label}.{name} has two rules.")
            fields[name] = rule


def cover(*app_labels: str) -> None:
    """From now on every field of every model of these apps must have a rule."""
    COVERED.update(app_labels)


def fields_of(model: type[models.Model]) -> list[str]:
    """The columns of a model's own table, and its many-to-many fields.

    A counting or inherited primary key is not among them: it says nothing by itself.
    """
    own = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return [field.name for field in own if not (field.primary_key and field.auto_created)]


def unclassified() -> Iterator[str]:
    """``app.Model.field`` of each field without a rule."""
    for app_label in sorted(COVERED):
        for model in apps.get_app_config(app_label).get_models(include_auto_created=True):
            known = CLASSES.get(model._meta.label, {})
            yield from (
                f"{model._meta.label}.{name}" for name in fields_of(model) if name not in known
            )


def left_over() -> Iterator[str]:
    """``app.Model.field`` of each rule for a field that is not there (any more)."""
    for label, fields in CLASSES.items():
        if not apps.is_installed(apps.get_app_config(label.split(".")[0]).name):
            continue
        there = fields_of(apps.get_model(label))
        yield from (f"{label}.{name}" for name in fields if name not in there)


def models_under(rules: Iterable[Rule]) -> list[type[models.Model]]:
    """The models with a field under one of these rules."""
    wanted = set(rules)
    return [
        apps.get_model(label)
        for label, fields in CLASSES.items()
        if wanted.intersection(fields.values())
    ]


def erasing_rules() -> list[Rule]:
    """The rules that let go of something at night, in the order of registration."""
    return [rule for rule in RULES.values() if rule.erase is not None]
