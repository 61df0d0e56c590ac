"""One contribution through the whole stack, as people do it, in Chromium, through the proxy.

    .venv/bin/python docker/smoke.py http://127.0.0.1:18080

Needs a stack that runs on plain HTTP with GOEDWERK_RELEASE_EVERY=0 (docs/how-to/deploy.md), and
leaves a story, a participant and three ambassadors in it: run it on a trial, not on a site in use.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
STORY = "/verhalen/rookproef/"
#: Another text at each run: the one of the run before may stand on the same page.
TEXT = "Eerst praatte ik met een collega, daarna schreef ik op wat ik zag. " + " ".join(
    secrets.choice(["rustig", "eerlijk", "kort", "samen", "vroeg", "open", "scherp", "mild"])
    for _ in range(6)
)
CHROMIUM = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-sync"]
#: Which secrets each container may see.
SECRETS = {
    "web": {"secret_key", "site_database_password", "link.key", "unseal.pub", "standing.key"},
    "worker": {"worker_secret_key", "site_database_password", "audit.key"},
    "notifier": {"worker_secret_key", "site_database_password", "unseal.key", "standing.key"},
    "beat": {"worker_secret_key", "site_database_password"},
    "postgres": {"database_password"},
}

started = time.monotonic()


def say(line: str) -> None:
    print(f"[{time.monotonic() - started:5.1f} s] {line}")


def compose(*arguments: str, typed: str = "", check: bool = True) -> str:
    done = subprocess.run(
        ["docker", "compose", *arguments],
        cwd=ROOT,
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )
    if check and done.returncode:
        sys.exit(f"docker compose {' '.join(arguments)}:\n{done.stderr}{done.stdout}")
    return done.stdout.strip()


def inside(service: str, *command: str, check: bool = True) -> str:
    return compose("exec", "-T", service, *command, check=check)


def wait_for(found: Callable[[], object], what: str, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not found():
        if time.monotonic() > until:
            sys.exit(f"Not within {seconds:.0f} s: {what}")
        time.sleep(0.5)
    say(what)


def must(right: object, what: str) -> None:
    if not right:
        sys.exit(f"Does not hold: {what}")
    say(what)


def status_of(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def asked(sql: str) -> str:
    """What the owner of the tables is told."""
    return inside("postgres", "psql", "-U", "goedwerk", "-Atc", sql)


def state() -> str:
    return asked(
        "SELECT state || '/' || coalesce(waiting, '') || '/' || display FROM "
        "goedwerk_forum_contribution ORDER BY xtdcomment_ptr_id DESC LIMIT 1"
    )


# --- people ----------------------------------------------------------------------------------


def sign_up_and_write(browser: Browser, url: str) -> None:
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(f"{url}/account/aanmelden/")
    word = secrets.token_urlsafe(12)
    page.fill("input[name=password1]", word)
    page.fill("input[name=password2]", word)
    page.press("input[name=password2]", "Enter")
    page.wait_for_url(lambda there: "aanmelden" not in there)
    say("a civil servant made an account")
    page.goto(url + STORY)
    page.goto(url + (page.locator("a[href*='/schrijf/']").first.get_attribute("href") or "/"))
    page.click("button[name=join]")
    page.wait_for_url("**/schrijf/")
    say("drew a pseudonym and joined")
    page.check("input[name=kind][value=ervaring]", force=True)
    page.fill("textarea[name=text]", TEXT)
    page.click("button.utrecht-button--submit")
    page.wait_for_url("**/mijn-bijdragen/*/")
    must(TEXT in page.content(), "wrote a contribution, and sees it as hers")


def code_of_now(secret: str) -> str:
    """What an app with codes would show (RFC 6238)."""
    counter = int(time.time() // 30).to_bytes(8, "big")
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    at = digest[-1] & 15
    return f"{(int.from_bytes(digest[at : at + 4], 'big') & 0x7FFFFFFF) % 10**6:06}"


def decide(browser: Browser, url: str, word: str, secret: str) -> None:
    page = browser.new_context(locale="nl-NL").new_page()
    page.goto(f"{url}/account/inloggen/?next=/beheer/moderatie/")
    page.fill("input[name=login]", "rook-ambassadeur")
    page.fill("input[name=password]", word)
    page.press("input[name=password]", "Enter")
    page.fill("input[name=code]", code_of_now(secret))
    page.press("input[name=code]", "Enter")
    page.wait_for_url("**/beheer/moderatie/")
    links = page.locator("main a[href*='/beheer/moderatie/']:not([href*='/alle/'])").all()
    for path in dict.fromkeys(link.get_attribute("href") or "/" for link in links):
        page.goto(url + path)
        if TEXT in page.inner_text("main"):
            break
    must(TEXT in page.inner_text("main"), "the ambassador finds it in her queue")
    page.check("input[name=action][value=publish]", force=True)
    page.get_by_role("button", name="Beslis en ga door").click()
    page.wait_for_load_state()


def reads(page: Page, url: str) -> bool:
    page.goto(url + STORY)
    return TEXT in page.content()


# --- the stack -------------------------------------------------------------------------------


def check_the_stack(url: str) -> None:
    for service, expected in SECRETS.items():
        seen = set(inside(service, "ls", "/run/secrets").split())
        must(seen == expected, f"{service} sees {', '.join(sorted(seen))}")
        user = inside(service, "id", "-u")
        must(user != "0", f"{service} runs as user {user}")
        refused = inside(service, "sh", "-c", "touch /etc/rook 2>&1", check=False)
        must("Read-only file system" in refused, f"{service} has a root that nobody can write")
    must(status_of(f"{url}/readyz") == 404, "the proxy hides /readyz")
    ready = inside(
        "web", "python", "-c",
        "import urllib.request as u; print(u.urlopen('http://127.0.0.1:8000/readyz').read().decode())",
    )  # fmt: skip
    must(json.loads(ready)["migrations_applied"], f"web is ready: {ready}")
    must(compose("exec", "-T", "proxy", "getent", "hosts", "web"), "the proxy finds web")
    for name in ("postgres", "redis"):
        known = compose("exec", "-T", "proxy", "getent", "hosts", name, check=False)
        must(not known, f"the proxy cannot find {name}")
    keep = inside("redis", "redis-cli", "CONFIG", "GET", "appendonly").split()
    must(keep == ["appendonly", "yes"], "redis appends")
    kept = inside("redis", "redis-cli", "CONFIG", "GET", "maxmemory-policy").split()
    must(kept == ["maxmemory-policy", "noeviction"], "redis refuses rather than forgets")


def check_the_role() -> None:
    """Who serves pages and runs checks adds to the record, and changes nothing in it."""
    for service in ("web", "worker", "notifier", "beat"):
        address = inside(service, "printenv", "DATABASE_URL")
        must("//goedwerk_site@" in address, f"{service} signs in to {address}")
    for table in ("auditrecord", "auditseal", "audithead"):
        rights = ", ".join(
            f"has_table_privilege('goedwerk_site', 'goedwerk_forum_{table}', '{right}')"
            for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
        )
        must(asked(f"SELECT {rights}") == "t|f|f|f", f"and adds to {table}, no more")


def check_what_was_left_behind() -> None:
    logs = compose("logs", "--no-color")
    must(TEXT[:30] not in logs, "no log of any container holds the text")
    must("rook-ambassadeur" not in logs, "nor a name of an account")
    must("GET /" not in logs and "POST /" not in logs, "nor a line per request")
    verdict = inside("worker", "python", "manage.py", "verify_audit")
    must("is whole" in verdict, verdict.splitlines()[-1])


def main(url: str) -> None:
    word = secrets.token_urlsafe(12)
    secret = base64.b32encode(secrets.token_bytes(20)).decode()
    seed = (ROOT / "docker" / "smoke_seed.py").read_text(encoding="utf-8")
    compose(
        "exec", "-T", "-e", f"SMOKE_PASSWORD={word}", "-e", f"SMOKE_TOTP={secret}",
        "web", "python", "manage.py", "shell",
        typed=seed,
    )  # fmt: skip
    say("a story with an open discussion stands ready")
    check_the_stack(url)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        sign_up_and_write(browser, url)
        wait_for(lambda: state() == "held/new/nothing", "the worker held it for a person")
        reader = browser.new_context(locale="nl-NL")
        page = reader.new_page()
        must(not reads(page, url), "a reader does not see it")
        decide(browser, url, word, secret)
        wait_for(lambda: state().startswith("published"), "the ambassador published it")
        wait_for(lambda: reads(page, url), "a reader reads it, through the proxy")
        must(reader.cookies() == [], "and has no cookie")
        browser.close()
    check_the_role()
    check_what_was_left_behind()
    say("All of it holds.")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:18080")
