"""Writes docs/reference/retention.md from the rules of all installed apps; --check compares."""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs/reference/retention.md"

HEAD = """# How long we keep what

Made by `scripts/retention_table.py` from the rules in the code; a test compares, and another
fails on each field of a model that has no rule. The nightly job runs every rule that lets go of
something, and then cleans the files of the database. What it is about, for people, stands on the
[privacy page](../explanation/privacy.md); how to check it, in
[Retention and keys](../how-to/retention-and-keys.md).

Backups are a matter of their own: they hold what there was, and must go after 30 days
([Keys, backup, breach](../how-to/keys-backup-breach.md)).
"""


def text() -> str:
    """The page, from the registry as it is now."""
    from goedwerk_forum.retention import CLASSES, RULES

    fields: dict[str, list[str]] = defaultdict(list)
    for label, classes in sorted(CLASSES.items()):
        by_rule: dict[str, list[str]] = defaultdict(list)
        for field, rule in classes.items():
            by_rule[rule.name].append(field)
        for name, own in by_rule.items():
            fields[name].append(f"{label.partition('.')[2]}: {', '.join(sorted(own))}")
    parts = [HEAD]
    for rule in sorted(RULES.values(), key=lambda rule: (rule.erase is None, rule.title)):
        parts.append(f"## {rule.title}\n\n{rule.until}\n")
        parts.append(f"By the nightly job: {'yes' if rule.erase else 'no'}.\n")
        parts += ["\n".join(f"- `{line}`" for line in fields[rule.name]) + "\n"]
    return "\n".join(part for part in parts if part.strip())


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goedwerk_site.settings")
    os.environ.setdefault("GOEDWERK_TESTING", "1")
    sys.path[:0] = [str(ROOT / name) for name in ("site", "forum", "casestudies")]
    import django

    django.setup()
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_text(encoding="utf-8") == text() else f"Run {sys.argv[0]}.")
    TARGET.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
