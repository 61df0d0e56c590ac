"""Groups, permissions, house rules and role labels that a fresh site needs. Safe to run again."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.contrib.auth.models import Group, Permission
from wagtail.models import Site

from .actions import formats, practice
from .models import (
    CannedReason,
    ForumSettings,
    GuideSentence,
    HouseRule,
    Lens,
    Naming,
    ReasonCode,
    RoleLabel,
    SafePlace,
)
from .models.settings import DEFAULT_PLACES

AMBASSADORS, EDITORS, PRIVACY, OWNERS = (
    "Ambassadeurs",
    "Redactie",
    "Privacy",
    "Beheer",
)

#: Permissions of the plugin (app label, code) per group; page permissions are the site's own.
PERMISSIONS = {
    AMBASSADORS: [
        ("wagtailadmin", "access_admin"),
        ("goedwerk_forum", "moderate_discussion"),
        ("goedwerk_forum", "guide_discussion"),
        ("goedwerk_forum", "view_checkprecision"),
    ],
    EDITORS: [
        ("wagtailadmin", "access_admin"),
        ("goedwerk_forum", "add_format"),
        ("goedwerk_forum", "change_format"),
        ("goedwerk_forum", "delete_format"),
        ("goedwerk_forum", "view_format"),
        ("goedwerk_forum", "change_forumsettings"),
    ],
    PRIVACY: [
        ("wagtailadmin", "access_admin"),
        ("goedwerk_forum", "view_auditrecord"),
        ("goedwerk_forum", "unmask"),
        ("goedwerk_forum", "rotate_keys"),
        ("goedwerk_forum", "view_checkprecision"),
    ],
    OWNERS: [
        ("wagtailadmin", "access_admin"),
        ("goedwerk_forum", "unmask"),
        ("goedwerk_forum", "rotate_keys"),
        ("goedwerk_forum", "change_checksetting"),
        ("goedwerk_forum", "view_conductterm"),
        ("goedwerk_forum", "add_conductterm"),
        ("goedwerk_forum", "change_conductterm"),
        ("goedwerk_forum", "delete_conductterm"),
        ("goedwerk_forum", "add_format"),
        ("goedwerk_forum", "change_format"),
        ("goedwerk_forum", "delete_format"),
        ("goedwerk_forum", "view_format"),
        ("goedwerk_forum", "change_forumsettings"),
        ("goedwerk_forum", "view_checkprecision"),
        ("goedwerk_forum", "view_decisiontime"),
        ("goedwerk_forum", "add_practicecase"),
        ("goedwerk_forum", "change_practicecase"),
        ("goedwerk_forum", "delete_practicecase"),
        ("goedwerk_forum", "add_cannedreason"),
        ("goedwerk_forum", "change_cannedreason"),
        ("goedwerk_forum", "delete_cannedreason"),
        ("goedwerk_forum", "view_cannedreason"),
        ("goedwerk_forum", "add_guidesentence"),
        ("goedwerk_forum", "change_guidesentence"),
        ("goedwerk_forum", "delete_guidesentence"),
        ("goedwerk_forum", "view_guidesentence"),
        ("goedwerk_forum", "export_research"),
        ("goedwerk_forum", "view_contributionkind"),
        ("goedwerk_forum", "add_contributionkind"),
        ("goedwerk_forum", "change_contributionkind"),
        ("goedwerk_forum", "view_lenswords"),
        ("goedwerk_forum", "change_lenswords"),
        ("goedwerk_forum", "add_rolelabel"),
        ("goedwerk_forum", "change_rolelabel"),
        ("goedwerk_forum", "delete_rolelabel"),
    ],
}

HOUSE_RULES = [
    ("Over het werk, niet over mensen.", Lens.CAPABLE),
    ("Geen namen, ook niet van jezelf.", Lens.CAPABLE),
    ("Eerst nieuwsgierig, dan een oordeel.", Lens.ENGAGED),
    ("Gelijken, welke functie je ook hebt.", Lens.ENGAGED),
    ("Wat hier staat, wijst naar niemand terug.", Lens.TRUSTWORTHY),
]

ROLE_LABELS = [
    "beleid",
    "communicatie",
    "ICT",
    "juridisch",
    "leidinggevende",
    "ondersteuning",
    "toezicht",
    "uitvoering",
]


#: Texts to start from: what went well, what is in the way, how it can be said. Owners edit them.
CANNED_REASONS = [
    (
        ReasonCode.TRACEABLE,
        "Minder precies",
        "Dank voor je verhaal, het helpt anderen. Eén ding nog: met deze plek, functie of dag "
        "erbij is te zien om wie het gaat. Maak het wat algemener, dan blijft staan wat je deed.",
    ),
    (
        ReasonCode.TRACEABLE,
        "Een naam eruit",
        "Mooi beschreven. Er staat nog een naam in. Vervang hem door wat iemand doet, "
        "bijvoorbeeld ‘een collega’ of ‘mijn leidinggevende’.",
    ),
    (
        ReasonCode.CONFIDENTIAL,
        "Niet openbaar",
        "Dit lijkt uit een stuk te komen dat niet openbaar is. Vertel wat jij deed en waarom, "
        "zonder wat er in dat stuk staat.",
    ),
    (
        ReasonCode.ABOUT_PERSON,
        "Over het werk",
        "Je raakt iets belangrijks. Nu gaat het over hoe iemand is. Kun je vertellen wat er "
        "gebeurde, en wat jij toen deed?",
    ),
    (
        ReasonCode.CONDUCT,
        "De toon",
        "Ik snap dat je hier boos over bent. Zoals het er nu staat, raakt het mensen. Zeg wat "
        "het met je doet, zonder er iemand mee te raken.",
    ),
    (
        ReasonCode.OFF_TOPIC,
        "Past ergens anders",
        "Dank je. Dit gaat over iets anders dan de vraag bij dit verhaal. Past het bij een ander "
        "verhaal? Schrijf het dan daar.",
    ),
    (
        ReasonCode.DUPLICATE,
        "Staat er al",
        "Dit staat er al van jou, iets eerder in deze dialoog. Wil je er iets aan toevoegen? "
        "Antwoord dan daar.",
    ),
    (
        ReasonCode.LINKS,
        "Vertel het zelf",
        "Er staan veel links in. Vertel in je eigen woorden wat je ervan leerde, met hooguit één "
        "link erbij.",
    ),
    (
        ReasonCode.UNLAWFUL,
        "Mag niet van de wet",
        "Dit mag hier niet staan, volgens de wet of regel die erbij staat. Dat zegt niets over wat "
        "je meemaakte. Vertel dat gerust opnieuw, in je eigen woorden.",
    ),
    (
        ReasonCode.HAND_OVER,
        "Een andere plek",
        "Dank je dat je dit opschreef. Je hoeft er niet alleen mee rond te lopen. Hieronder staan "
        "mensen die nu met je kunnen praten.",
    ),
]


#: Sentences that name what happens, without a judgement. Owners edit them.
GUIDE_SENTENCES = [
    (Naming.EMOTION, "Ik merk dat dit mensen raakt. Wil iemand zeggen wat het met je doet?"),
    (Naming.EMOTION, "Er klinkt boosheid, en daaronder misschien zorg. Klopt dat?"),
    (
        Naming.RELATION,
        "Ik zie dat we op elkaar reageren, en minder op de vraag. Gaan we terug?",
    ),
    (Naming.RELATION, "Twee mensen zijn nu samen in gesprek. Wie ziet het nog anders?"),
    (Naming.PROCESS, "Wij zijn al bij de oplossing. Weten we al genoeg van wat er speelt?"),
    (Naming.PROCESS, "Ik hoor twee vragen door elkaar. Zullen we met de eerste beginnen?"),
]


#: What other apps prepare after the forum; each yields its own sentences.
MORE: list[Callable[[], Iterator[str]]] = []


def prepare() -> Iterator[str]:
    """Does it, and yields a sentence for each thing that was missing."""
    yield from _groups()
    yield from practice.bring_in()
    yield from formats.bring_in_shipped()
    for name in ROLE_LABELS:
        _label, made = RoleLabel.objects.get_or_create(slug=name.lower(), defaults={"name": name})
        if made:
            yield f"Made the role label '{name}'."
    if not CannedReason.objects.exists():
        CannedReason.objects.bulk_create(
            CannedReason(reason=reason, title=title, text=text)
            for reason, title, text in CANNED_REASONS
        )
        yield "Made the texts that ambassadors can start from."
    if not GuideSentence.objects.exists():
        GuideSentence.objects.bulk_create(
            GuideSentence(naming=naming, text=text) for naming, text in GUIDE_SENTENCES
        )
        yield "Made the sentences that guides can start from."
    for site in Site.objects.all():
        settings = ForumSettings.for_site(site)
        if not settings.house_rules.exists():
            _add_house_rules(settings)
            yield f"Made the house rules of {site}."
        if not settings.safe_places.exists():
            _add_safe_places(settings)
            yield f"Made the addresses for help of {site}."
    for more in MORE:
        yield from more()


def _groups() -> Iterator[str]:
    for name, wanted in PERMISSIONS.items():
        group, made = Group.objects.get_or_create(name=name)
        for app_label, code in wanted:
            group.permissions.add(
                Permission.objects.get(content_type__app_label=app_label, codename=code)
            )
        if made:
            yield f"Made the group '{name}'."


def _add_house_rules(settings: ForumSettings) -> None:
    HouseRule.objects.bulk_create(
        HouseRule(settings=settings, text=text, lens=lens, sort_order=order)
        for order, (text, lens) in enumerate(HOUSE_RULES)
    )


def _add_safe_places(settings: ForumSettings) -> None:
    SafePlace.objects.bulk_create(
        SafePlace(settings=settings, sort_order=order, **fields)
        for order, fields in enumerate(DEFAULT_PLACES)
    )
