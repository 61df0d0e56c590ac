"""Pages and snippets of the case studies."""

from .pages import CaseStudyIndexPage, DilemmaPage, Organisation, StoryMixin, StoryPage
from .themes import Theme

__all__ = [
    "CaseStudyIndexPage",
    "DilemmaPage",
    "Organisation",
    "StoryMixin",
    "StoryPage",
    "Theme",
]
