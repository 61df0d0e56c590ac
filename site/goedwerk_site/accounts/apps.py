from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "goedwerk_site.accounts"
    label = "accounts"
