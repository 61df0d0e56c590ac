"""Data, and constraints that state the invariants."""

from .accounts import Account
from .audit import AuditRecord, AuditSeal
from .checks import CheckSetting, ConductTerm, ConductVersion, HurtKind, HurtWeight
from .contributions import LEVELS, SEGMENT, Contribution, Kind, Lens, Revision, Urgency, Waiting
from .discussions import Discussion, Policy
from .moderation import Notice, ReasonCode, Statement
from .outbox import Lease, OutboxRow, RescuedText
from .participants import Participant, RoleLabel
from .practice import PracticeArrival, PracticeCase, PracticeVoice
from .precision import CheckPrecision
from .settings import ForumSettings, HouseRule, SafePlace, Signal
from .waiting import DecisionTime, WaitingCount, WaitingSince, Within

__all__ = [
    "LEVELS",
    "SEGMENT",
    "Account",
    "AuditRecord",
    "AuditSeal",
    "CheckPrecision",
    "CheckSetting",
    "ConductTerm",
    "ConductVersion",
    "Contribution",
    "DecisionTime",
    "Discussion",
    "ForumSettings",
    "HouseRule",
    "HurtKind",
    "HurtWeight",
    "Kind",
    "Lease",
    "Lens",
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
    "Signal",
    "Statement",
    "Urgency",
    "Waiting",
    "WaitingCount",
    "WaitingSince",
    "Within",
]
