"""How the site is served, in the demonstration and in production alike.

No access log: it would say who wrote when. What goes wrong is logged by Django, without a text,
an address or a person (``goedwerk_site.logs``).
"""

import os

wsgi_app = "goedwerk_site.wsgi:application"
bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSES", "1"))
threads = int(os.environ.get("WEB_THREADS", "8"))
timeout = 30
graceful_timeout = 10
keepalive = 5
accesslog = None
loglevel = "warning"
control_socket_disable = True


def on_starting(_server: object) -> None:
    """A wrong setting ends the start with a sentence; what is right, the workers share."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goedwerk_site.settings")
    from goedwerk_site.start import require_settings

    require_settings()
