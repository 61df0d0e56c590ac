"""Pages and snippets of the case studies."""

from .clearances import Clearance
from .pages import CaseStudyIndexPage, DilemmaPage, Organisation, StoryMixin, StoryPage
from .submissions import Letter, News, Submission
from .tasks import ConsentTask, SecondEditorTask
from .themes import Theme

__all__ = [
    "CaseStudyIndexPage",
    "Clearance",
    "ConsentTask",
    "DilemmaPage",
    "Letter",
    "News",
    "Organisation",
    "SecondEditorTask",
    "StoryMixin",
    "StoryPage",
    "Submission",
    "Theme",
]
