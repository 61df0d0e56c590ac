"""The whole site as real processes: a database, a web server, workers, and a client in front."""

from .browser import Answer, Client
from .processes import Process, free_port, wait_until
from .servers import Mailhole, Postgres, Redis
from .site import LiveSite, Template

__all__ = [
    "Answer",
    "Client",
    "LiveSite",
    "Mailhole",
    "Postgres",
    "Process",
    "Redis",
    "Template",
    "free_port",
    "wait_until",
]
