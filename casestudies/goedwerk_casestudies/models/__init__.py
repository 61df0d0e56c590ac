"""Pages and snippets of the case studies."""

from .assignments import AssignmentMixin, AssignmentPage, BallotIndexPage
from .ballot_pages import BallotPageMixin
from .ballots import BallotToken, Round
from .clearances import Clearance
from .guidance import Cluster, GuidanceIndexPage, TipCase, TipMixin, TipPage
from .pages import CaseStudyIndexPage, DilemmaPage, Organisation, StoryMixin, StoryPage
from .statements import StatementMixin, StatementPage
from .submissions import Letter, News, Submission
from .tasks import ConsentTask, SecondEditorTask
from .theme_pages import ThemeIndexPage, ThemePage
from .themes import Theme

__all__ = [
    "AssignmentMixin",
    "AssignmentPage",
    "BallotIndexPage",
    "BallotPageMixin",
    "BallotToken",
    "CaseStudyIndexPage",
    "Clearance",
    "Cluster",
    "ConsentTask",
    "DilemmaPage",
    "GuidanceIndexPage",
    "Letter",
    "News",
    "Organisation",
    "Round",
    "SecondEditorTask",
    "StatementMixin",
    "StatementPage",
    "StoryMixin",
    "StoryPage",
    "Submission",
    "Theme",
    "ThemeIndexPage",
    "ThemePage",
    "TipCase",
    "TipMixin",
    "TipPage",
]
