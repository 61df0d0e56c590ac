"""Every field of every model has a rule that says how long it is kept, as the reference does."""

from __future__ import annotations

import pytest
from django.db import models

import retention_table
from goedwerk_forum import retention
from goedwerk_forum.retention import NOT_PERSONAL, Rule


def test_every_field_of_every_model_has_a_rule():
    assert list(retention.unclassified()) == []


def test_every_rule_is_for_a_field_that_is_there():
    assert list(retention.left_over()) == []


def test_the_apps_of_the_plugin_and_of_the_accounts_are_covered():
    wanted = {
        "goedwerk_forum",
        "goedwerk_casestudies",
        "accounts",
        "account",
        "mfa",
        "sessions",
        "django_comments",
        "django_comments_xtd",
    }
    assert wanted <= retention.COVERED


def test_a_field_without_a_rule_is_named(monkeypatch):
    classes = dict(retention.CLASSES["goedwerk_forum.Statement"])
    del classes["words"]
    monkeypatch.setitem(retention.CLASSES, "goedwerk_forum.Statement", classes)
    assert "goedwerk_forum.Statement.words" in list(retention.unclassified())


def test_a_model_without_rules_is_named(monkeypatch):
    monkeypatch.delitem(retention.CLASSES, "goedwerk_forum.Notice")
    assert "goedwerk_forum.Notice.event" in list(retention.unclassified())


def test_a_rule_for_a_field_that_went_is_named(monkeypatch):
    classes = {**retention.CLASSES["goedwerk_forum.Notice"], "gone": NOT_PERSONAL}
    monkeypatch.setitem(retention.CLASSES, "goedwerk_forum.Notice", classes)
    assert list(retention.left_over()) == ["goedwerk_forum.Notice.gone"]


def test_a_field_has_one_rule_and_a_name_one_meaning():
    with pytest.raises(ValueError, match=r"Notice\.event has two rules"):
        retention.register("goedwerk_forum.Notice", {NOT_PERSONAL: "event"})
    with pytest.raises(ValueError, match="Two rules are called notices"):
        retention.register("goedwerk_forum.Notice", {Rule("notices", "Other", "Never."): "event"})


def test_what_rules_erase_is_cleaned_out_of_the_tables():
    cleaned = retention.models_under(retention.erasing_rules())
    assert all(issubclass(model, models.Model) for model in cleaned)
    names = {model._meta.label for model in cleaned}
    assert {"goedwerk_forum.Participant", "goedwerk_casestudies.Letter"} <= names
    assert "goedwerk_forum.HouseRule" not in names


def test_reference_says_what_the_code_does():
    assert retention_table.TARGET.read_text(encoding="utf-8") == retention_table.text(), (
        "run scripts/retention_table.py"
    )
