"""The kinds of finding, how serious each is, and why, in plain Dutch and English."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    MUST = "must"
    SHOULD = "should"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class KindInfo:
    severity: Severity
    why_nl: str
    why_en: str


def _must(why_nl: str, why_en: str) -> KindInfo:
    return KindInfo(Severity.MUST, why_nl, why_en)


def _should(why_nl: str, why_en: str) -> KindInfo:
    return KindInfo(Severity.SHOULD, why_nl, why_en)


def _hint(why_nl: str, why_en: str) -> KindInfo:
    return KindInfo(Severity.HINT, why_nl, why_en)


DIRECT: dict[str, KindInfo] = {
    "person": _must(
        "Dit lijkt een naam. Met een naam weet de lezer om wie het gaat.",
        "This looks like a name. A name tells the reader who it is.",
    ),
    "bsn": _must(
        "Dit lijkt een burgerservicenummer. Dat hoort bij één persoon.",
        "This looks like a citizen service number. It belongs to one person.",
    ),
    "iban": _must(
        "Dit lijkt een rekeningnummer. Daarmee is iemand te vinden.",
        "This looks like a bank account number. It leads to a person.",
    ),
    "phone": _must(
        "Dit lijkt een telefoonnummer. Daarmee is iemand te vinden.",
        "This looks like a phone number. It leads to a person.",
    ),
    "email": _must(
        "Dit lijkt een e-mailadres. Daar staat vaak een naam in.",
        "This looks like an e-mail address. It often holds a name.",
    ),
    "url": _must(
        "Dit lijkt een webadres. De pagina kan laten zien om wie het gaat.",
        "This looks like a web address. The page may show who it is about.",
    ),
    "handle": _must(
        "Dit lijkt een accountnaam. Daarmee is iemand te vinden.",
        "This looks like an account name. It leads to a person.",
    ),
    "address": _must(
        "Dit lijkt een adres. Daarmee is te zien waar iemand woont of werkt.",
        "This looks like an address. It shows where someone lives or works.",
    ),
    "postcode": _must(
        "Dit lijkt een postcode. Die wijst naar een paar huizen.",
        "This looks like a postcode. It points to a few houses.",
    ),
    "plate": _must(
        "Dit lijkt een kenteken. Dat hoort bij één auto en één eigenaar.",
        "This looks like a licence plate. It belongs to one car and one owner.",
    ),
    "birthdate": _must(
        "Dit lijkt een geboortedatum. Samen met een plaats wijst die iemand aan.",
        "This looks like a date of birth. With a place it singles out a person.",
    ),
    "casenumber": _must(
        "Dit lijkt een zaak- of documentnummer. Daarmee is het dossier te vinden.",
        "This looks like a case or document number. It leads to the file.",
    ),
}

QUASI: dict[str, KindInfo] = {
    "role_at_place": _should(
        "Een functie bij een plek of organisatie: vaak is dat maar één persoon.",
        "A job at a place or organisation: often that is only one person.",
    ),
    "organisation": _should(
        "De naam van een organisatie of team. Collega's weten dan om wie het gaat.",
        "The name of an organisation or team. Colleagues then know who it is.",
    ),
    "municipality": _should(
        "De naam van een plaats of streek. Dat maakt de groep mensen klein.",
        "The name of a place or region. It makes the group of people small.",
    ),
    "date": _hint(
        "Een precieze datum. Daarmee is een gebeurtenis op te zoeken.",
        "An exact date. With it an event can be looked up.",
    ),
    "amount": _hint(
        "Een precies bedrag. Daarmee is een besluit of zaak op te zoeken.",
        "An exact amount. With it a decision or case can be looked up.",
    ),
    "unique_event": _should(
        "Iets dat maar één keer of bij één persoon voorkomt. Dat valt te herkennen.",
        "Something that happened once or to one person. It can be recognised.",
    ),
    "confidential": _should(
        "Dit lijkt uit een vertrouwelijk stuk te komen. Mag dit naar buiten?",
        "This seems to come from a confidential document. May it be shared?",
    ),
}

INFO: dict[str, KindInfo] = DIRECT | QUASI
DIRECT_KINDS: tuple[str, ...] = tuple(DIRECT)
QUASI_KINDS: tuple[str, ...] = tuple(QUASI)
KINDS: tuple[str, ...] = tuple(INFO)
