"""Words in a harvest, asked for, given and taken back: rules of the machine."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from goedwerk_forum import harvests
from goedwerk_forum.actions import consents
from goedwerk_forum.actions import harvests as composing
from goedwerk_forum.models import Contribution, HarvestQuote
from goedwerk_forum.transitions import Display

from .killing import DEATHS

NUMBERS = st.integers(0, 7)
Consent = HarvestQuote.Consent


class QuotingRules:
    """Mixed into the machine; ``world``, ``_try``, ``_one`` and ``agreed`` are its."""

    world: Any
    #: Public ids of words whose writer said yes, and did not take that back since.
    agreed: set[str]
    _try: Any
    _one: Any

    @rule(which=NUMBERS, dies=DEATHS)
    def pick_and_ask(self, which: int, dies: int | None) -> None:
        """Words that readers see; their writer is asked at once."""
        page, guide = self.world.harvest, self.world.composer
        said = self._one(harvests.pickable(page), which)
        if said is None:
            return
        words = said.comment.split(",")[0]

        def act() -> None:
            composing.pick(
                user=guide,
                page_id=page.pk,
                public_id=said.public_id,
                form="quote",
                place="tips",
                text=words,
            )
            composing.ask(user=guide, page_id=page.pk)

        self._try(dies, act)

    @rule(which=NUMBERS, agrees=st.sampled_from([True, True, False]), dies=DEATHS)
    def answer(self, which: int, agrees: bool, dies: int | None) -> None:
        quote = self._one(HarvestQuote.objects.exclude(consent=Consent.PICKED), which)
        if quote is None:
            return
        asked = quote.consent == Consent.ASKED
        done = self._try(dies, lambda: consents.answer(quote=quote, agrees=agrees) or True)
        assert asked or not done
        if done and agrees:
            self.agreed.add(quote.public_id)

    @rule(which=NUMBERS, dies=DEATHS)
    def take_consent_back(self, which: int, dies: int | None) -> None:
        quote = self._one(HarvestQuote.objects.filter(consent=Consent.GIVEN), which)
        if quote is not None and self._try(dies, lambda: consents.take_back(quote=quote) or True):
            self.agreed.discard(quote.public_id)


def no_words_without_a_yes(page: Any, agreed: set[str]) -> None:
    """Words are read in a harvest only by a yes that stands, while their text is read itself."""
    for quotes in harvests.shown_quotes(page).values():
        for quote in quotes:
            if quote.text:
                assert quote.public_id in agreed, quote
                assert quote.contribution.display == Display.TEXT, quote
    kept = HarvestQuote.objects.exclude(text="")
    gone = Contribution.objects.filter(state="withdrawn").values("pk")
    assert not kept.filter(contribution__in=gone).exists()
