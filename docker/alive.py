"""Whether a container does its work; Docker asks it now and then.

    alive.py web                 the process answers
    alive.py moderation 60       somebody drove this queue within so many seconds
    alive.py beat 600            the schedule was kept within so many seconds

A queue is asked by what it leaves behind in the database, not by whether a process exists.
"""

from __future__ import annotations

import os
import sys
import time
import urllib.request
from pathlib import Path

FOLDER = Path("/tmp")  # the container's own memory


def web_answers() -> bool:
    with urllib.request.urlopen("http://127.0.0.1:8000/healthz", timeout=3) as answer:
        return answer.status == 200


def queue_is_driven(queue: str, seconds: int) -> bool:
    import psycopg

    url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://", 1)
    password = Path(os.environ["DATABASE_PASSWORD_FILE"]).read_text(encoding="utf-8").strip()
    with psycopg.connect(url, password=password, connect_timeout=3) as connection:
        row = connection.execute(
            "SELECT now() - seen_at < %s * interval '1 second' FROM goedwerk_forum_lease "
            "WHERE name = %s",
            (seconds, f"driver:{queue}"),
        ).fetchone()
    return bool(row and row[0])


def schedule_is_kept(seconds: int) -> bool:
    files = FOLDER.glob("celerybeat-schedule*")
    return time.time() - max(file.stat().st_mtime for file in files) < seconds


def main(what: str, seconds: int) -> bool:
    try:
        if what == "web":
            return web_answers()
        if what == "beat":
            return schedule_is_kept(seconds)
        return queue_is_driven(what, seconds)
    except Exception as error:  # a traceback could hold an address; its kind says enough
        print(type(error).__name__)
        return False


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0))
