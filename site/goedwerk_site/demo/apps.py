from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Installed in demo mode and in tests only."""

    name = "goedwerk_site.demo"
    label = "goedwerk_demo"
