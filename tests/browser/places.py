"""Where the things of the demonstration are: the ``{places}`` in the addresses of states."""

from __future__ import annotations

from functools import partial

from live import LiveSite
from live.people import story_of
from matrix.addresses import OUR_APPS

#: A story with a harvest that holds something of everything.
HARVESTED = "/verhalen/het-rapport-in-de-onderste-la/"


def places(site: LiveSite) -> dict[str, str]:
    story, dialogue = story_of(site)
    one = partial(_one, site)
    circle = one(
        "SELECT d.uuid FROM goedwerk_forum_circle c"
        " JOIN goedwerk_forum_discussion d ON d.id = c.discussion_id WHERE c.series_place = 1"
    )
    sessions = [
        f"/kring/sessie/{_plain(uuid)}/"
        for (uuid,) in site.rows(
            "SELECT d.uuid FROM goedwerk_forum_circlesession s"
            " JOIN goedwerk_forum_discussion d ON d.id = s.discussion_id"
            " JOIN goedwerk_forum_circle c ON c.id = s.circle_id"
            " WHERE c.series_place = 1 ORDER BY s.number"
        )
    ]
    guided, about = site.rows(
        "SELECT d.uuid, c.public_id FROM goedwerk_forum_hint h"
        " JOIN goedwerk_forum_contribution c ON c.xtdcomment_ptr_id = h.contribution_id"
        " JOIN goedwerk_forum_discussion d ON d.id = c.discussion_id WHERE h.is_answered"
    )[0]
    in_hand = one(
        "SELECT public_id FROM goedwerk_casestudies_submission"
        " WHERE state = 'in_hand' AND sealed_work IS NOT NULL ORDER BY sent_on"
    )
    shown = one("SELECT public_id FROM goedwerk_forum_contribution WHERE state = 'published'")
    return {
        "story": story,
        "tombstone": _page_with(site, "c.state = 'hidden'"),
        "silent": _page_with(site, "d.shown_count = 0"),
        "harvested": HARVESTED,
        "report": f"/melden/{shown}/",
        "write": f"/gesprek/{dialogue}/schrijf/",
        "circle": f"/kring/{_plain(circle)}/",
        "series": f"/traject/{one('SELECT public_id FROM goedwerk_forum_series')}/",
        "first_session": sessions[0],
        "second_session": sessions[1],
        "desk": f"/gesprek/{_plain(guided)}/begeleiden/",
        "about": f"/bijdrage/{about}/begeleiden/",
        "bench": f"/beheer/inzendingen/{in_hand}/",
        "hint": f"/mijn-bijdragen/{about}/bericht/",
    }


def page_of_type(site: LiveSite, app: str, model: str) -> str:
    """The address of a page of a type that is online."""
    return _address(
        _one(
            site,
            "SELECT p.url_path FROM wagtailcore_page p"
            " JOIN django_content_type t ON t.id = p.content_type_id"
            f" WHERE p.live AND t.app_label = '{app}' AND t.model = '{model}' ORDER BY p.id",
        )
    )


def page_types() -> list[tuple[str, str]]:
    """(app, model) of each type of page that is ours."""
    from wagtail.models import get_page_models

    return sorted(
        (model._meta.app_label, model._meta.model_name)
        for model in get_page_models()
        if model._meta.app_label in OUR_APPS
    )


def _page_with(site: LiveSite, condition: str) -> str:
    return _address(
        _one(
            site,
            "SELECT p.url_path FROM goedwerk_forum_discussion d"
            " JOIN wagtailcore_page p ON p.id = d.page_id"
            " LEFT JOIN goedwerk_forum_contribution c ON c.discussion_id = d.id"
            f" WHERE p.live AND p.depth > 3 AND {condition} ORDER BY p.id",
        )
    )


def _one(site: LiveSite, sql: str) -> str:
    return str(site.rows(sql)[0][0])


def _address(url_path: str) -> str:
    """Without the slug of the root of the site."""
    return "/" + url_path.split("/", 2)[2] if url_path.startswith("/voorpagina/") else url_path


def _plain(uuid: str) -> str:
    return uuid.replace("-", "")
