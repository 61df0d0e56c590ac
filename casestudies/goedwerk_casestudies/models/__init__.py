"""Pages and snippets of the case studies."""

from .clearances import Clearance
from .pages import CaseStudyIndexPage, DilemmaPage, Organisation, StoryMixin, StoryPage
from .submissions import Letter, News, Submission
from .themes import Theme

__all__ = [
    "CaseStudyIndexPage",
    "Clearance",
    "DilemmaPage",
    "Letter",
    "News",
    "Organisation",
    "StoryMixin",
    "StoryPage",
    "Submission",
    "Theme",
]
