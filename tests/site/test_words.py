"""One word for one thing (docs/reference/glossary.md), in every text of the interface."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from texts import PACKAGES, ROOT, in_python, in_template, texts

#: What the glossary has another word for.
OTHER_WORDS = {
    r"gesprek(ken)?": "dialoog; a gesprek is held in a room",
    r"discussies?|threads?|draad(je)?": "dialoog",
    r"reacties?|comments?|commentaar|posts?": "bijdrage, or antwoord",
    r"pseudoniem(en)?|nicknames?|alias(sen)?": "schuilnaam",
    r"moderator(en|s)?|facilitator(en|s)?": "ambassadeur, or begeleider",
    r"users?": "deelnemer",
    r"casus(sen)?": "praktijkverhaal, or dilemma",
    r"oogst(en)?": "opbrengst",
    r"topics?|community|forums?": "thema, or the name of the site",
}
#: Talk in a room, and the names of two steps.
ALLOWED = {
    "Kopieer hem nu: hierna kan niemand hem nog zien, ook jij niet. Geef hem aan één mens tegelijk,"
    " bij voorkeur in een gesprek. Wie hem heeft, kan erin.",
    "In gesprek",
    "Oogsten",
}
ROLE = re.compile(r"\bambassadeurs?\b", re.IGNORECASE)
IN_ROLE = re.compile(r"{% in_role %}.*?{% endin_role %}", re.DOTALL)
#: Texts for authors that Python writes, and the template that names the role as the site does.
SHOWN_IN_ROLE = {
    "errors/account.py": "errors.html",
    "errors/moderation.py": "errors.html",
    "forms.py": "answer_field.html",
    "guide_signals.py": "guide_attention.html",
    "models/discussions.py": "standing.html",
    "statement_words.py": "statement.html",
    "templatetags/goedwerk_forum.py": "standing.html",
}
#: Only the team reads these, in the admin and in its mail.
FOR_THE_TEAM = ("actions/appeals.py", "checks/conduct.py", "checks/form.py", "transitions.py")


@pytest.fixture(scope="module")
def all_texts():
    return list(texts())


@pytest.mark.parametrize("other", OTHER_WORDS)
def test_no_other_word_for_what_the_glossary_names(all_texts, other):
    word = re.compile(rf"\b({other})\b", re.IGNORECASE)
    found = [f"{file}: {text}" for file, text in all_texts if word.search(_bare(text))]
    assert not [line for line in found if line.split(": ", 1)[1] not in ALLOWED], OTHER_WORDS[other]


def test_what_is_allowed_is_still_said(all_texts):
    assert {text for _file, text in all_texts} >= ALLOWED


def test_texts_are_found_in_python_and_in_templates(all_texts):
    assert list(in_python('ngettext("%(n)d dag", "%(n)d dagen", n); print("geen tekst")')) == [
        "%(n)d dag",
        "%(n)d dagen",
    ]
    plural = (
        "{% load i18n %}<b>{% translate 'Eén' %}</b> geen tekst"
        "{% blocktranslate count n=n %}een{% plural %}meer{% endblocktranslate %}"
    )
    assert list(in_template(plural)) == ["Eén", "een", "meer"]
    assert {package for package in PACKAGES for file, _text in all_texts if package in file} == set(
        PACKAGES
    )


def test_pages_name_the_role_as_the_site_does():
    plain = [
        f"{path.name}: {text}"
        for path in _templates_for_readers()
        for text in in_template(IN_ROLE.sub("", path.read_text("utf-8")))
        if ROLE.search(text)
    ]
    assert not plain, "put it in {% in_role %}"


def test_texts_from_python_name_the_role_too(all_texts):
    said = {
        file.removeprefix("forum/goedwerk_forum/")
        for file, text in all_texts
        if file.endswith(".py") and "/admin/" not in file and ROLE.search(text)
    }
    assert said - set(FOR_THE_TEAM) <= set(SHOWN_IN_ROLE) | _of_models(said)
    for template in SHOWN_IN_ROLE.values():
        assert "{% in_role %}" in _template(template).read_text("utf-8")


def _of_models(files: set[str]) -> set[str]:
    """Names and help of fields: only forms of the admin show them."""
    return {file for file in files if file.startswith(("models/", "migrations/"))}


def _bare(text: str) -> str:
    """Without names of variables, which are code."""
    return re.sub(r"%\(\w+\)", "", text)


def _templates_for_readers() -> list[Path]:
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("templates/**/*.html")]
    return [path for path in found if "admin" not in path.parts]


def _template(name: str) -> Path:
    return ROOT / "forum/goedwerk_forum/templates/goedwerk_forum" / name
