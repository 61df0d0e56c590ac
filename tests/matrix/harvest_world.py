"""The part of the world with harvests in it: words that wait for a yes, and tips to make."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import factories as make
import harvesting
from goedwerk_casestudies.models import Cluster, GuidanceIndexPage
from goedwerk_forum.actions import harvests as acts

if TYPE_CHECKING:
    from .world import World


def harvested(world: World) -> dict[str, list[Any]]:
    """A harvest on the site with a question that waits, and a draft of another to ask in."""
    guide, said = world.people["guide"], world.contributions["published"]
    index = GuidanceIndexPage(title="Handvatten", slug="handvatten")
    make.root().add_child(instance=index)
    cluster = Cluster.objects.create(name="Proefgroep", slug="proefgroep")
    page = harvesting.live(harvesting.begun(world.discussion, guide))
    asked = harvesting.picked(page, guide, said, text=said.comment)
    acts.ask(user=guide, page_id=page.pk)
    draft = harvesting.begun(world.discussion, guide)
    harvesting.picked(draft, guide, said, text=said.comment)
    elsewhere = harvesting.begun(world.elsewhere, harvesting.guide_of(world.elsewhere))
    return {
        "harvest": [page.pk],
        "harvest draft": [draft.pk],
        "harvest elsewhere": [elsewhere.pk],
        "harvest words": [page.pk, world.contributions["edited"].public_id],
        "harvest quote": [page.pk, asked.public_id],
        "quote asked": [asked.public_id],
        "tip of harvest": [str(page.tips[0].id)],
        "cluster": [cluster.pk],
    }
