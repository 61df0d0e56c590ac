"""Data, and constraints that state the invariants."""

from .accounts import Account
from .appeals import OPEN_APPEALS, Appeal
from .audit import TAKEN_BACK, AuditHead, AuditRecord, AuditSeal, AuditVerification
from .checks import CheckSetting, ConductTerm, ConductVersion, HurtKind, HurtWeight
from .contributions import (
    LEVELS,
    PINS,
    SEGMENT,
    Contribution,
    Kind,
    Lens,
    Naming,
    Revision,
    Urgency,
    Waiting,
)
from .desk import Absence, CannedReason, CaseNote, Claim, Duty, SavedView
from .discussions import Discussion, Pace, Policy
from .moderation import ABOUT_TEXT, Notice, ReasonCode, Statement
from .outbox import Lease, OutboxRow, RescuedText
from .participants import Participant, RoleLabel
from .practice import PracticeArrival, PracticeCase, PracticeVoice
from .precision import CheckPrecision
from .reports import GROUND_OF, KeptText, Report, ReportReason
from .settings import ForumSettings, HouseRule, SafePlace, Signal
from .standing import MeasureRequest, Standing
from .unmasking import Unmasking
from .waiting import DecisionTime, WaitingCount, WaitingSince, Within

__all__ = [
    "ABOUT_TEXT",
    "GROUND_OF",
    "LEVELS",
    "OPEN_APPEALS",
    "PINS",
    "SEGMENT",
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
    "Claim",
    "ConductTerm",
    "ConductVersion",
    "Contribution",
    "DecisionTime",
    "Discussion",
    "Duty",
    "ForumSettings",
    "HouseRule",
    "HurtKind",
    "HurtWeight",
    "KeptText",
    "Kind",
    "Lease",
    "Lens",
    "MeasureRequest",
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
    "SafePlace",
    "SavedView",
    "Signal",
    "Standing",
    "Statement",
    "Unmasking",
    "Urgency",
    "Waiting",
    "WaitingCount",
    "WaitingSince",
    "Within",
]
