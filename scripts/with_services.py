#!/usr/bin/env python3
"""Runs a command beside a PostgreSQL and a Redis of its own, and stops them afterwards.

scripts/with_services.py pytest -m fault        GOEDWERK_TEST_POSTGRES, GOEDWERK_TEST_REDIS set
scripts/with_services.py --database pytest      … and DATABASE_URL set to that PostgreSQL
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from services import NotInstalled, Postgres, Redis, Service


def main(arguments: list[str]) -> int:
    as_database = arguments[:1] == ["--database"]
    command = arguments[1:] if as_database else arguments
    if not command:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(143))
    running: list[Service] = []
    try:
        for kind in (Postgres, Redis):
            service = kind()
            running.append(service)
            service.start()
        postgres, redis = running
        environment = os.environ | {
            "GOEDWERK_TEST_POSTGRES": postgres.url,
            "GOEDWERK_TEST_REDIS": redis.url,
        }
        if as_database:
            environment["DATABASE_URL"] = postgres.url
        return subprocess.run(command, env=environment, check=False).returncode
    except NotInstalled as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        for service in running:
            service.remove()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
