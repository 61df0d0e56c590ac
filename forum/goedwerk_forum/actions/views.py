"""The filters of the queue that an ambassador keeps for herself."""

from __future__ import annotations

from .. import access
from ..models import SavedView
from ..people import Person, key_of


def save_view(*, user: Person, name: str, query: str) -> SavedView:
    """Keeps ``query`` ("waiting=edit&age=3") under a name; the same name again replaces it.

    Raises:
        NotFound: ``user`` is no ambassador.
    """
    access.require_moderator(user)
    view, _made = SavedView.objects.update_or_create(
        user_id=key_of(user), name=name, defaults={"query": query}
    )
    return view


def forget_view(*, user: Person, public_id: str) -> None:
    """Removes one of her own views; nothing happens where it is not hers.

    Raises:
        NotFound: ``user`` is no ambassador.
    """
    access.require_moderator(user)
    SavedView.objects.filter(user_id=key_of(user), public_id=public_id).delete()
