from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "goedwerk_site.home"
    label = "home"

    def ready(self) -> None:
        from goedwerk_forum import setup

        setup.PERMISSIONS[setup.OWNERS] += [("home", "change_brand")]
