from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "bare_host.people"
    label = "people"
