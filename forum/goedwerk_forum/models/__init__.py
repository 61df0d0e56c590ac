"""Data, and constraints that state the invariants."""

from .accounts import Account
from .appeals import OPEN_APPEALS, Appeal
from .audit import TAKEN_BACK, AuditHead, AuditRecord, AuditSeal, AuditVerification
from .checks import CheckSetting, ConductTerm, ConductVersion, HurtKind, HurtWeight
from .circles import (
    LARGEST,
    SMALLEST,
    Circle,
    CircleInvitation,
    CircleMark,
    CircleRemoval,
    CircleSession,
    CirclesPage,
)
from .contributions import (
    LEVELS,
    PINS,
    SEGMENT,
    Contribution,
    Naming,
    Revision,
    Urgency,
    Viewpoint,
    Waiting,
)
from .desk import Absence, CannedReason, CaseNote, Claim, Duty, SavedView
from .discussions import Discussion, Pace, Policy
from .follows import Follow
from .formats import Course, Format, FormatStep, RoundPass, Step
from .harvests import QUOTE_LENGTH, Composer, HarvestPage, HarvestQuote
from .hints import HINT_LENGTH, HINTS, GuideSentence, Hint
from .kinds import ContributionKind, Lens, LensWords, Shape
from .moderation import (
    ABOUT_TEXT,
    LONGEST_LAW,
    Notice,
    ReasonCode,
    Statement,
    last_about_text,
)
from .outbox import Lease, OutboxRow, RescuedText
from .participants import Membership, Participant, RoleLabel
from .practice import PracticeArrival, PracticeCase, PracticeVoice
from .precision import CheckPrecision
from .reports import GROUND_OF, KeptText, Report, ReportReason, place_of, place_of_page
from .search import SearchEntry, SearchFacet
from .series import Series, SeriesInvitation
from .settings import ForumSettings, HouseRule, SafePlace, Signal
from .standing import MeasureRequest, Standing
from .unmasking import Unmasking
from .waiting import DecisionTime, WaitingCount, WaitingSince, Within

__all__ = [
    "ABOUT_TEXT",
    "GROUND_OF",
    "HINTS",
    "HINT_LENGTH",
    "LARGEST",
    "LEVELS",
    "LONGEST_LAW",
    "OPEN_APPEALS",
    "PINS",
    "QUOTE_LENGTH",
    "SEGMENT",
    "SMALLEST",
    "TAKEN_BACK",
    "Absence",
    "Account",
    "Appeal",
    "AuditHead",
    "AuditRecord",
    "AuditSeal",
    "AuditVerification",
    "CannedReason",
    "CaseNote",
    "CheckPrecision",
    "CheckSetting",
    "Circle",
    "CircleInvitation",
    "CircleMark",
    "CircleRemoval",
    "CircleSession",
    "CirclesPage",
    "Claim",
    "Composer",
    "ConductTerm",
    "ConductVersion",
    "Contribution",
    "ContributionKind",
    "Course",
    "DecisionTime",
    "Discussion",
    "Duty",
    "Follow",
    "Format",
    "FormatStep",
    "ForumSettings",
    "GuideSentence",
    "HarvestPage",
    "HarvestQuote",
    "Hint",
    "HouseRule",
    "HurtKind",
    "HurtWeight",
    "KeptText",
    "Lease",
    "Lens",
    "LensWords",
    "MeasureRequest",
    "Membership",
    "Naming",
    "Notice",
    "OutboxRow",
    "Pace",
    "Participant",
    "Policy",
    "PracticeArrival",
    "PracticeCase",
    "PracticeVoice",
    "ReasonCode",
    "Report",
    "ReportReason",
    "RescuedText",
    "Revision",
    "RoleLabel",
    "RoundPass",
    "SafePlace",
    "SavedView",
    "SearchEntry",
    "SearchFacet",
    "Series",
    "SeriesInvitation",
    "Shape",
    "Signal",
    "Standing",
    "Statement",
    "Step",
    "Unmasking",
    "Urgency",
    "Viewpoint",
    "Waiting",
    "WaitingCount",
    "WaitingSince",
    "Within",
    "last_about_text",
    "place_of",
    "place_of_page",
]
