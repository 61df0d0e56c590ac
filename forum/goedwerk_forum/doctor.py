"""What the doctor looks at beside the forum itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

#: Each yields (what is wrong, the line that mends it).
MORE: list[Callable[[], Iterator[tuple[str, str]]]] = []
