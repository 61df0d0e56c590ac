"""The detectors in the order in which they run."""

from __future__ import annotations

from .addresses import AddressDetector, PostcodeDetector
from .amounts import AmountDetector
from .base import Detector
from .casenumbers import CaseNumberDetector
from .confidential import ConfidentialDetector
from .dates import DateDetector
from .events import UniqueEventDetector
from .numbers import BsnDetector, IbanDetector
from .online import EmailDetector, HandleDetector, UrlDetector
from .organisations import OrganisationDetector
from .person import PersonDetector
from .phone import PhoneDetector
from .places import PlaceDetector
from .plate import PlateDetector
from .roles import RoleDetector


def all_detectors() -> tuple[Detector, ...]:
    """Roles come last: they look for a place or organisation that was found before."""
    return (
        BsnDetector(),
        IbanDetector(),
        PhoneDetector(),
        EmailDetector(),
        UrlDetector(),
        HandleDetector(),
        AddressDetector(),
        PostcodeDetector(),
        PlateDetector(),
        DateDetector(),
        CaseNumberDetector(),
        AmountDetector(),
        PersonDetector(),
        PlaceDetector(),
        OrganisationDetector(),
        UniqueEventDetector(),
        ConfidentialDetector(),
        RoleDetector(),
    )
