from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users app without the column that would show when somebody was last here."""

    user_viewset = "goedwerk_site.accounts.viewsets.UserViewSet"
