"""From a tip in a harvest to a tip (handvat) of its own, in one step."""

from __future__ import annotations

from django.db import transaction
from django.utils.html import format_html_join

from goedwerk_forum.access import public_pages
from goedwerk_forum.errors import NotAllowed, NotFound
from goedwerk_forum.harvests import with_sources
from goedwerk_forum.models import HarvestPage
from goedwerk_forum.people import Person

from ..models import Cluster, DilemmaPage, GuidanceIndexPage, StoryPage, TipCase, TipPage


def source_of_tips(page_id: int) -> HarvestPage:
    """A harvest that anybody may read: of another no word leaves its place.

    Raises:
        NotFound: there is none such.
    """
    found = HarvestPage.objects.filter(pk__in=public_pages().filter(pk=page_id).values("pk"))
    harvest = next(iter(with_sources(found)), None)
    if harvest is None:
        raise NotFound
    return harvest


def place_for(user: Person) -> GuidanceIndexPage | None:
    """The first overview of tips in which ``user`` may write; None where there is none."""
    indexes = GuidanceIndexPage.objects.order_by("path")
    return next((one for one in indexes if one.permissions_for_user(user).can_add_subpage()), None)


def make_tip(*, user: Person, page_id: int, piece: str, cluster: Cluster) -> TipPage:
    """A draft that begins with the words of the harvest, and leads back to it; made once.

    Raises:
        NotFound: no harvest that anybody may read, or no such tip in what is live.
        NotAllowed: ``user`` may write in no overview of tips.
    """
    harvest = source_of_tips(page_id)
    said = next((block.value for block in harvest.tips if str(block.id) == piece), None)
    if said is None:
        raise NotFound
    index = place_for(user)
    if index is None:
        raise NotAllowed
    with transaction.atomic():
        GuidanceIndexPage.objects.select_for_update(of=("self",)).get(pk=index.pk)
        made = TipPage.objects.filter(harvest=harvest, harvest_tip=piece).first()
        return made or _make(user, index, harvest, piece, said["title"], said["text"], cluster)


def _make(
    user: Person,
    index: GuidanceIndexPage,
    harvest: HarvestPage,
    piece: str,
    title: str,
    text: str,
    cluster: Cluster,
) -> TipPage:
    longest = TipPage._meta.get_field("lead").max_length
    fits = text and len(text) <= longest
    paragraphs = ((line,) for line in text.splitlines() if line.strip())
    tip = TipPage(
        title=title,
        lead=text if fits else title,
        when_it_helps="" if fits else format_html_join("", "<p>{}</p>", paragraphs),
        cluster=cluster,
        harvest=harvest,
        harvest_tip=piece,
        live=False,
        owner=user,
    )
    source = harvest.get_parent()
    if issubclass(source.specific_class, StoryPage | DilemmaPage):
        tip.cases = [TipCase(page=source)]
    index.add_child(instance=tip)
    tip.save_revision(user=user, log_action="wagtail.create")
    return tip
