"""Which checks look where: what an owner set per site, and per discussion before that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from wagtail.models import Site

from ..models import CheckSetting, Discussion


@dataclass(frozen=True)
class Switch:
    """A check on or off, with its threshold; None leaves the check its own."""

    is_on: bool = True
    threshold: int | None = None


#: Per check code; a check that is not in it is on.
Switches = Mapping[str, Switch]
NOTHING_SET: Switches = {}


def of_site(site: Site) -> dict[str, Switch]:
    return _switches(CheckSetting.objects.filter(site=site))


def of_discussion_alone(discussion: Discussion) -> dict[str, Switch]:
    """What is set for a discussion, without what it has from its site."""
    return _switches(CheckSetting.objects.filter(discussion=discussion))


def in_force(discussion_ids: Collection[int]) -> dict[int, Switches]:
    """What holds in each discussion; one query, and one more where a site set something."""
    own: dict[int, list[CheckSetting]] = defaultdict(list)
    per_site: dict[int, list[CheckSetting]] = defaultdict(list)
    rows = CheckSetting.objects.filter(discussion__in=discussion_ids) | CheckSetting.objects.filter(
        site__isnull=False
    )
    for row in rows:
        if row.discussion_id:
            own[row.discussion_id].append(row)
        elif row.site_id:
            per_site[row.site_id].append(row)
    sites = _sites_of(discussion_ids) if per_site else {}
    return {
        pk: _switches(per_site[sites[pk]] if pk in sites else ()) | _switches(own[pk])
        for pk in discussion_ids
    }


def _sites_of(discussion_ids: Collection[int]) -> dict[int, int]:
    """The site that each discussion's page is on: the one with the nearest root above it."""
    roots = [
        (path, pk)
        for path, pk in Site.objects.values_list("root_page__path", "pk").order_by(
            "-is_default_site"
        )
    ]
    found = {}
    pages = Discussion.objects.filter(pk__in=discussion_ids).values_list("pk", "page__path")
    for discussion_id, path in pages:
        above = [(len(root), pk) for root, pk in roots if path.startswith(root)]
        if above:
            found[discussion_id] = max(above, key=lambda one: one[0])[1]
    return found


def _switches(rows: Collection[CheckSetting]) -> dict[str, Switch]:
    return {row.check_code: Switch(row.is_on, row.threshold) for row in rows}
