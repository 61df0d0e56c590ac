"""A guided, pseudonymous discussion for any Wagtail page."""
