"""The settings for tests with the linter of migrations."""

from settings_for_tests import *  # noqa: F403
from settings_for_tests import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
