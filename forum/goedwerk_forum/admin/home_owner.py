"""What asks for the owner of the site on the admin's home page: what is missing or too small."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Site

from ..conf import conf
from ..errors import KeysHalfPlaced
from ..identity import keys, new_keys
from ..models import Discussion, ForumSettings
from ..teams import small_teams
from .home import Task, TasksPanel

#: The right that only an owner has.
RIGHT = "goedwerk_forum.change_checksetting"
#: Keys without which the site itself does not work; the others may stand elsewhere.
NEEDED = (keys.LINK, keys.SEAL, keys.STANDING)


def panel_of(request: HttpRequest) -> TasksPanel | None:
    """For the owner; None for others."""
    if not (request.user.is_active and request.user.has_perm(RIGHT)):
        return None
    return TasksPanel(
        "goedwerk_owner",
        _("Beheer van de site"),
        _tasks(request),
        icon="cogs",
        order=50,
        calm=_("Sleutels, teams en instellingen zijn in orde."),
    )


def _tasks(request: HttpRequest) -> Iterator[Task]:
    yield from _keys()
    yield from _teams()
    yield from _settings(request)
    if not (conf().WITNESS_MAIL or settings.ADMINS):
        yield Task(_("Niemand krijgt de dagelijkse kop van het logboek: stel WITNESS_MAIL in"))


def _keys() -> Iterator[Task]:
    there = keys.available()
    if any(not there[name] for name in NEEDED):
        words = _(
            "Er ontbreekt een sleutel: schrijven kan nu niet. Zie ‘manage.py goedwerk_doctor’"
        )
        yield Task(words, is_urgent=True)
    try:
        rotates = new_keys.phase() != new_keys.Phase.NONE
    except KeysHalfPlaced:
        rotates = True
    if rotates:
        yield Task(_("Het vernieuwen van de sleutels is nog niet klaar"), is_urgent=True)


def _teams() -> Iterator[Task]:
    """Groups of ambassadors with too few people, and a site without any dialogue; two queries."""
    for name in small_teams():
        words = _("De groep %(group)s heeft minder dan %(n)s ambassadeurs: soms is er geen tweede")
        yield Task(
            words % {"group": name, "n": conf().TEAM_MIN}, reverse("wagtailusers_groups:index")
        )
    if not Discussion.objects.exists():
        words = _("Nog geen pagina heeft een dialoog: open er een op het tabblad ‘Dialoog’")
        yield Task(words, reverse("wagtailadmin_explore_root"))


def _settings(request: HttpRequest) -> Iterator[Task]:
    """What readers miss at the form where an editor left it empty; three queries."""
    site = Site.find_for_request(request) or Site.objects.filter(is_default_site=True).first()
    if site is None:
        return
    said = ForumSettings.for_site(site)
    url = reverse("wagtailsettings:edit", args=["goedwerk_forum", "forumsettings", site.pk])
    if not said.house_rules.exists():
        yield Task(_("Er zijn geen huisregels"), url)
    if not said.safe_places.exists():
        yield Task(_("Er staan geen eigen adressen voor hulp: lezers zien de landelijke"), url)
    if not said.hand_over.strip():
        yield Task(_("De veilige doorverwijzing is leeg"), url)
