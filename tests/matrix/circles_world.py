"""A circle that runs: the participant sits in it, the ambassador guides it with somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import circles as rings
import together_in_series as together
from goedwerk_forum.models import Discussion

if TYPE_CHECKING:
    from .world import World


def circle(world: World) -> dict[str, list[Any]]:
    """The arguments of its addresses, by kind of object."""
    found, _members = rings.running(members=5, and_so=[world.people["participant"]])
    world.free_circle = rings.circle()
    # Guiding a circle alone gives no right anywhere else.
    Discussion.objects.filter(in_circle=True).update(second_guide=world.people["ambassador"])
    world.circle = rings.fresh(found)
    world.series = together.begun(world.circle)
    together.joined(world.series)
    together.released(world.series)
    together.written(world.series, "Een nieuwere versie.")
    return {
        "circle in no series": [world.free_circle.uuid],
        "series": [world.series.public_id],
        "series invitation": [together.link(world.series)],
        "circle": [found.uuid],
        "session": [rings.first_session(found).uuid.hex],
        "circle invitation": [rings.link(world.circle, 3)],
    }
