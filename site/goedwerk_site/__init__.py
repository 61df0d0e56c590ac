"""The reference site: settings, theme, accounts and demo content around the two plugins."""

from .celery import app as celery_app

__all__ = ["celery_app"]
