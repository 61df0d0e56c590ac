"""Collects the texts of the three packages into their catalogues and compiles them."""

from __future__ import annotations

from catalogues import (
    LANGUAGES,
    PACKAGES,
    ROOT,
    catalogue,
    collect,
    compile_catalogue,
    need_gettext,
)


def main() -> None:
    need_gettext()
    for name in PACKAGES:
        package = ROOT / name
        collect(package)
        for language in LANGUAGES:
            source = catalogue(package, language)
            if source.exists():
                compile_catalogue(source, source.with_suffix(".mo"))
        print(f"{name}: collected and compiled {', '.join(LANGUAGES)}")


if __name__ == "__main__":
    main()
