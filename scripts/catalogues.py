"""Where the texts and their translations live, and how they are collected."""

from __future__ import annotations

import gettext
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Each has a folder ``locale``; its texts are those of its own Python and templates.
PACKAGES = ("forum/goedwerk_forum", "casestudies/goedwerk_casestudies", "site/goedwerk_site")
#: The source is Dutch, so its catalogue repeats the source; the others are translated by people.
SOURCE, TRANSLATED = "nl", ("en",)
LANGUAGES = (SOURCE, *TRANSLATED)


def run(*command: str, cwd: Path) -> None:
    """Runs a program; ends this one with its own words when it fails."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command[:2])} in {cwd}:\n{done.stdout}{done.stderr}")


def need_gettext() -> None:
    if shutil.which("msgfmt") is None:
        sys.exit("GNU gettext is not installed: scripts/install-system.sh")


def collect(package: Path) -> None:
    """Brings the catalogues of a package up to date with its texts."""
    locale = package / "locale"
    locale.mkdir(exist_ok=True)
    django_admin = str(Path(sys.executable).parent / "django-admin")
    options = ["--no-obsolete", "--add-location=file", "--no-wrap", "--ignore=demo/content/*"]
    chosen = [part for language in LANGUAGES for part in ("-l", language)]
    # Made anew: merged with the old one, a changed text would get the words it had before.
    catalogue(package, SOURCE).unlink(missing_ok=True)
    run(django_admin, "makemessages", *chosen, *options, cwd=package)
    for language in LANGUAGES:
        _write_head(catalogue(package, language), language)
    source = catalogue(package, SOURCE)
    if source.exists():
        run("msgen", "--no-wrap", "--lang", SOURCE, "-o", str(source), str(source), cwd=package)


def _write_head(path: Path, language: str) -> None:
    """A head without dates and names, so that collecting twice changes nothing."""
    if not path.exists():
        return
    _comment, _empty, entries = path.read_text(encoding="utf-8").partition("\n\n")
    head = (
        'msgid ""\n'
        'msgstr ""\n'
        '"Project-Id-Version: wagtail-goedwerk\\n"\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n'
        '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    )
    path.write_text(f"{head}\n{entries}", encoding="utf-8")


def catalogue(package: Path, language: str) -> Path:
    return package / "locale" / language / "LC_MESSAGES" / "django.po"


def compile_catalogue(source: Path, target: Path) -> None:
    run("msgfmt", "--check", "-o", str(target), str(source), cwd=source.parent)


def compiled_texts(path: Path) -> dict[object, str]:
    """What a compiled catalogue says; empty where there is none."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)


os.environ.setdefault("LC_ALL", "C.UTF-8")
