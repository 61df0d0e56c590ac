"""Pages and snippets of the case studies."""

from .clearances import Clearance
from .pages import CaseStudyIndexPage, DilemmaPage, Organisation, StoryMixin, StoryPage
from .submissions import Letter, Submission
from .themes import Theme

__all__ = [
    "CaseStudyIndexPage",
    "Clearance",
    "DilemmaPage",
    "Letter",
    "Organisation",
    "StoryMixin",
    "StoryPage",
    "Submission",
    "Theme",
]
