"""Words for the codes in the record: who did it, and what."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import HurtKind, Signal
from ..transitions import Action, Measure

#: Roles, never persons.
ACTORS: dict[str, str | Promise] = {
    "ambassador": _("een ambassadeur"),
    "author": _("de schrijver"),
    "checks": _("de automatische controle"),
    "editor": _("de redactie"),
    "clock": _("de klok"),
    "guide": _("de begeleider"),
    "owner": _("het beheer"),
    "reporter": _("een lezer"),
    "researcher": _("wie cijfers voor onderzoek mag meenemen"),
    "two_people": _("twee mensen met het recht"),
}
#: Actions on something else than a contribution.
OTHER_ACTIONS: dict[str, str | Promise] = {
    "policy": _("manier van modereren gewijzigd"),
    "sensitive": _("gevoelig verhaal aan of uit"),
    "check": _("controle anders ingesteld"),
    "words": _("woorden die raken gewijzigd"),
    "kind": _("soort bijdrage gewijzigd"),
    "lens": _("lens gewijzigd"),
    "template": _("werkvorm"),
    "sentence": _("zin voor begeleiders"),
    "canned_reason": _("standaardtekst"),
    "role_label": _("rollabel"),
    "practice_case": _("oefengeval"),
    "research": _("cijfers voor onderzoek meegenomen"),
    "banner": _("tekst boven de dialoog"),
    "pace": _("tempo van de dialoog"),
    "read_only": _("dialoog stilgezet of weer geopend"),
    "closing": _("laatste dag gewijzigd"),
    "pin": _("vastgezet"),
    "unpin": _("losgemaakt"),
    "naming": _("benoemen wat er gebeurt"),
    "format": _("werkvorm gekozen"),
    "step": _("naar een andere stap"),
    "announce_step": _("een stap aangekondigd, of niet meer"),
    "open_floor": _("rondje beëindigd"),
    "close_branch": _("deel van de dialoog gesloten"),
    "reopen_branch": _("deel van de dialoog weer geopend"),
    "move_branch": _("een eigen plek gegeven"),
    "call": _("om een stem gevraagd"),
    "call_off": _("de vraag om een stem teruggenomen"),
    "end_with_thanks": _("afgesloten met een slotwoord"),
    "reopen_ended": _("weer geopend"),
    "hint": _("een bericht aan de schrijver gestuurd"),
    "hint_answer": _("een bericht van de begeleider beantwoord"),
    "move_back": _("teruggezet op de oude plek"),
    "cut": _("band van een schuilnaam verbroken"),
    "cut_all": _("alle banden van een account verbroken"),
    "leave": _("account weggehaald"),
    "undo": _("beslissing teruggenomen"),
    "second_opinion": _("tweede blik gevraagd"),
    "unmask": _("bekendgemaakt wie het schreef, op bevel"),
    "unmask_refused": _("gevraagd wie het schreef; niet bekendgemaakt"),
    "unmask_told": _("de schrijver hoorde van de bekendmaking"),
    "rotate_begun": _("sleutels vernieuwen begonnen"),
    "rotate_done": _("sleutels vernieuwd"),
    "ask_exclusion": _("uitsluiting gevraagd"),
    "no_exclusion": _("uitsluiting niet bevestigd"),
    "lift": _("maatregel opgeheven"),
    "report": _("gemeld"),
    "report_added": _("melding: de melder schreef er iets bij"),
    "report_upheld": _("melding: gelijk gegeven"),
    "report_refused": _("melding: de tekst bleef staan"),
    "report_gone": _("melding: de tekst was al weg"),
    "appeal": _("bezwaar gemaakt"),
    "appeal_question": _("bezwaar: een vraag aan de schrijver"),
    "appeal_answer": _("bezwaar: antwoord van de schrijver"),
    "appeal_refused": _("bezwaar afgewezen"),
    "appeal_dropped": _("bezwaar vervallen"),
    "harvest_begun": _("opbrengst begonnen"),
    "consent_asked": _("opbrengst: gevraagd of woorden erin mogen"),
    "consent_given": _("opbrengst: de schrijver zei ja"),
    "consent_refused": _("opbrengst: de schrijver zei nee"),
    "consent_withdrawn": _("opbrengst: de schrijver trok haar ja in"),
    "quote_left_out": _("opbrengst: woorden weer weggelaten"),
    "circle": _("kring gemaakt"),
    "circle_plan": _("plan van een kring gewijzigd"),
    "circle_start": _("kring begonnen"),
    "circle_close": _("kring gesloten"),
    "circle_rules": _("huisregels van een kring gewijzigd"),
    "circle_invite": _("kring: uitnodiging gemaakt"),
    "circle_revoke": _("kring: uitnodiging ingetrokken"),
    "circle_join": _("kring: iemand werd lid"),
    "circle_leave": _("kring: iemand stopte"),
    "circle_remove": _("kring: iemand eruit gehaald"),
    "series": _("traject begonnen"),
    "series_words": _("naam of doel van een traject gewijzigd"),
    "series_invite": _("traject: uitnodiging gemaakt"),
    "series_revoke": _("traject: uitnodiging ingetrokken"),
    "series_join": _("traject: kring erbij"),
    "series_leave": _("traject: kring eruit"),
    "series_draft": _("traject: aan het verslag geschreven"),
    "series_release": _("traject: verslag vrijgegeven"),
    "series_take_back": _("traject: verslag teruggenomen"),
    "import": _("verslag geïmporteerd"),
    "let_go": _("geïmporteerd verslag weggegooid of verlopen"),
}

#: Kinds of finding.
KINDS: dict[str, str | Promise] = {
    "person": _("naam"),
    "bsn": _("burgerservicenummer"),
    "iban": _("rekeningnummer"),
    "phone": _("telefoonnummer"),
    "email": _("e-mailadres"),
    "url": _("webadres"),
    "handle": _("accountnaam"),
    "address": _("adres"),
    "postcode": _("postcode"),
    "plate": _("kenteken"),
    "birthdate": _("geboortedatum"),
    "casenumber": _("zaaknummer"),
    "role_at_place": _("functie op een plek"),
    "organisation": _("organisatie of team"),
    "municipality": _("plaats of streek"),
    "date": _("datum"),
    "amount": _("bedrag"),
    "unique_event": _("iets wat maar één keer voorkomt"),
    "confidential": _("vertrouwelijk stuk"),
    **dict(HurtKind.choices),
    **dict(Signal.choices),
}


def kind_label(code: str) -> str:
    return str(KINDS.get(code, code or "–"))


def actor_label(code: str) -> str:
    return str(ACTORS.get(code, code))


def action_label(code: str) -> str:
    if code in Action.values:
        return str(Action(code).label)
    if code in Measure.values:
        return str(Measure(code).label)
    return str(OTHER_ACTIONS.get(code, code))
