"""What can go wrong with an account, its link to a pseudonym, and the keys that guard it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .base import ForumError, NotAllowed


class GuideOfThis(NotAllowed):
    """An ambassador would let go of the link that keeps her from judging herself."""

    code = "guide_of_this"
    message = _(
        "Je bent ambassadeur van deze dialoog. Zonder band zou je over je eigen bijdrage kunnen "
        "beslissen. Vraag je collega’s om je eerst uit het team te halen."
    )


class LastOwner(NotAllowed):
    """The last account that can let people into the admin would go."""

    code = "last_owner"
    message = _("Jij bent de enige beheerder. Geef eerst een collega de sleutel van het beheer.")


class FollowsTooMuch(ForumError):
    """Somebody follows as much as her browser can keep track of."""

    code = "follows_too_much"
    message = _("Je volgt al 100 dingen. Laat er eerst een los.")


class KeyMissing(ForumError):
    """An identity key that this process needs is not there."""

    code = "key_missing"
    message = _("Schrijven kan nu even niet: een sleutel die je naam beschermt, ontbreekt.")


class KeysHalfPlaced(ForumError):
    """Some of the keys before are in KEYS_DIR and some are not: a rotation could lose one."""

    code = "keys_half_placed"
    message = _("Van sommige sleutels staat de vorige erbij, van andere niet. Zet ze eerst goed.")


class NobodyKnows(ForumError):
    """Nothing leads from a contribution to an account any more."""

    code = "nobody_knows"
    message = _("De band is verbroken: niemand kan nog weten wie dit schreef.")


class LinkIsCut(ForumError):
    """Nothing leads from a pseudonym to anybody any more, so that no measure can reach her."""

    code = "link_is_cut"
    message = _(
        "De band met deze schuilnaam is verbroken. Niemand weet meer wie dit is, dus een "
        "maatregel kan niet meer."
    )
