"""Pages of a list that go on from a row that was seen: each costs what the first one costs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

from ..models import Contribution
from . import queue
from .queue import Place

#: Beyond this a list says "999+": counting on would cost, and tell nothing.
MOST = 999

Keys = Callable[[QuerySet[Contribution], Place, int], list[int]]


class KeysFirstPaginator(WagtailPaginator):
    """Finds the keys of a page before its rows: a deep page skips keys, not texts and joins."""

    def page(self, number: int) -> Page:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = self.object_list.values_list("pk", flat=True)[start : start + self.per_page]
        return self._get_page(self.object_list.filter(pk__in=list(keys)), number, self)


@dataclass
class KeysetPage:
    """One page, with the addresses of those beside it."""

    object_list: list[Contribution]
    paginator: KeysetPaginator
    first: str = ""
    previous: str = ""
    next: str = ""
    last: str = ""

    def has_other_pages(self) -> bool:
        return bool(self.previous or self.next)

    def __len__(self) -> int:
        return len(self.object_list)

    def __iter__(self) -> Iterator[Contribution]:
        return iter(self.object_list)


class KeysetPaginator(WagtailPaginator):
    """Finds the keys of a page by index, then its rows; counts no further than ``MOST``.

    ``after`` and ``before`` give the keys beside a place, nearest first, in the list's order.
    """

    def __init__(self, *args: Any, after: Keys, before: Keys, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after = after
        self.before = before
        self.is_deep = False

    @cached_property
    def first_keys(self) -> list[int]:
        """The keys at the beginning; they tell how many there are, too."""
        return list(self.object_list.values_list("pk", flat=True)[: MOST + 1])

    @cached_property
    def count(self) -> int:
        """How many there are; ``MOST`` + 1 where there are more, 0 where a deep page asks."""
        return 0 if self.is_deep else len(self.first_keys)

    @cached_property
    def items_count_label(self) -> str:
        if self.is_deep:
            return ""
        if self.count > MOST:
            return _("Meer dan %(number)d bijdragen") % {"number": MOST}
        return super().items_count_label

    def asked(self, parameters: QueryDict) -> KeysetPage:
        """The page that an address names; the first one where it names none."""
        after = queue.place_of(parameters.get(queue.AFTER, ""))
        before = queue.place_of(parameters.get(queue.BEFORE, ""))
        one_more = self.per_page + 1
        self.is_deep = bool(after or before or queue.AT_END in parameters)
        if after:
            keys = self.after(self.object_list, after, one_more)
            return self._page(parameters, keys, has_before=True, has_after=len(keys) == one_more)
        if before:
            keys = self.before(self.object_list, before, one_more)
            return self._page(parameters, keys, is_turned=True, has_before=len(keys) == one_more)
        if self.is_deep:
            keys = list(self.object_list.reverse().values_list("pk", flat=True)[:one_more])
            there_is_more = len(keys) == one_more
            return self._page(
                parameters, keys, is_turned=True, has_before=there_is_more, has_after=False
            )
        has_after = self.count > self.per_page
        return self._page(parameters, self.first_keys, has_before=False, has_after=has_after)

    def _page(
        self,
        parameters: QueryDict,
        keys: list[int],
        *,
        has_before: bool,
        has_after: bool = True,
        is_turned: bool = False,
    ) -> KeysetPage:
        """The page of the first of these keys; ``is_turned``: they were found backwards."""
        keys = keys[: self.per_page]
        if is_turned:
            keys.reverse()
        found = self.object_list.order_by().in_bulk(keys)
        rows = [found[key] for key in keys if key in found]
        page = KeysetPage(rows, self)
        if rows and has_before:
            page.first = _address(parameters)
            page.previous = _address(parameters, queue.BEFORE, queue.cursor(rows[0]))
        if rows and has_after:
            page.next = _address(parameters, queue.AFTER, queue.cursor(rows[-1]))
            page.last = _address(parameters, queue.AT_END, "1")
        return page


def _address(parameters: QueryDict, name: str = "", value: str = "") -> str:
    """The same list at another place, as "?…"."""
    moved = parameters.copy()
    for parameter in queue.OF_A_LIST_ONLY:
        moved.pop(parameter, None)
    if name:
        moved[name] = value
    return f"?{moved.urlencode()}"
