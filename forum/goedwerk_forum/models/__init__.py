"""Data, and constraints that state the invariants."""

from .accounts import Account
from .audit import AuditRecord, AuditSeal
from .checks import CheckSetting, ConductTerm, ConductVersion, HurtKind, HurtWeight
from .contributions import LEVELS, SEGMENT, Contribution, Kind, Lens, Revision, Urgency, Waiting
from .desk import Absence, CannedReason, CaseNote, Claim, Duty, SavedView
from .discussions import Discussion, Policy
from .moderation import Notice, ReasonCode, Statement
from .outbox import Lease, OutboxRow, RescuedText
from .participants import Participant, RoleLabel
from .practice import PracticeArrival, PracticeCase, PracticeVoice
from .precision import CheckPrecision
from .settings import ForumSettings, HouseRule, SafePlace, Signal
from .standing import MeasureRequest, Standing
from .waiting import DecisionTime, WaitingCount, WaitingSince, Within

__all__ = [
    "LEVELS",
    "SEGMENT",
    "Absence",
    "Account",
    "AuditRecord",
    "AuditSeal",
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
    "Kind",
    "Lease",
    "Lens",
    "MeasureRequest",
    "Notice",
    "OutboxRow",
    "Participant",
    "Policy",
    "PracticeArrival",
    "PracticeCase",
    "PracticeVoice",
    "ReasonCode",
    "RescuedText",
    "Revision",
    "RoleLabel",
    "SafePlace",
    "SavedView",
    "Signal",
    "Standing",
    "Statement",
    "Urgency",
    "Waiting",
    "WaitingCount",
    "WaitingSince",
    "Within",
]
