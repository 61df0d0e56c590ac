from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "goedwerk_site.home"
    label = "home"
