"""Rotating the keys, killed in the middle, while people write: nothing lost, and it goes on."""

from __future__ import annotations

import subprocess
import sys

import pytest

from live import LiveSite, wait_until
from live.site import ROOT

pytestmark = pytest.mark.fault

LINKED = (
    "SELECT key_id, count(*) FROM goedwerk_forum_participant WHERE token IS NOT NULL GROUP BY 1"
)
OPERATORS = ("functionaris", "eigenaar")


def linked(site: LiveSite) -> dict[str, int]:
    """Rows with a link, by the keys that they were made with."""
    return dict(site.rows(LINKED))


def rotation(site: LiveSite) -> subprocess.Popen:
    """The command, with two people at its terminal."""
    typed = "".join(f"{name}\n{site.seeded['password']}\n\n" for name in OPERATORS)
    process = subprocess.Popen(
        [sys.executable, str(ROOT / "site/manage.py"), "goedwerk_rotate_keys"],
        env=site.env,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    process.stdin.write(typed)
    process.stdin.close()
    return process


@pytest.fixture(params=["sqlite", "postgres"])
def site(request, open_site):
    template = request.getfixturevalue(f"on_{request.param}")
    return open_site(template, LIVE_GOEDWERK='{"WRITES_PER_HOUR": 10000, "LEASE_SECONDS": 2}')


def prepare(site: LiveSite) -> None:
    """Two people with the right, by a script in a process of the site."""
    script = (
        "import django; django.setup()\n"
        "import factories as make\n"
        "from django.contrib.auth.models import Permission\n"
        "rights = Permission.objects.filter(codename__in=['rotate_keys', 'unmask'])\n"
        f"for name in {OPERATORS!r}:\n"
        "    make.user(name).user_permissions.set(rights)\n"
    )
    subprocess.run([sys.executable, "-c", script], env=site.env, cwd=ROOT, check=True)


def test_killed_in_the_middle_it_goes_on_and_people_go_on_writing(site):
    prepare(site)
    site.web(workers=1)
    site.runner()
    writer = site.signed_in("schrijver1")
    mine = [site.post(writer, "Ik schreef dit voordat de sleutels werden vernieuwd, in alle rust.")]
    [(old, number)] = linked(site).items()

    hold = site.set_trap("slow-rotation")
    first = rotation(site)
    wait_until(
        lambda: first.poll() is not None or 0 < linked(site).get(old, 0) < number,
        seconds=90,
        why="some rows are rewritten",
    )
    assert first.poll() is None, first.stdout.read()
    first.kill()
    first.wait()
    half = linked(site)
    assert 0 < half[old] < number
    assert sum(half.values()) == number

    # In the middle, with both keys: she finds what is hers, and writes under her pseudonym.
    page = writer.ask("/mijn-bijdragen/").text
    assert mine[0] in page
    mine.append(site.post(writer, "Ik schreef dit terwijl de sleutels werden vernieuwd, ook zo."))
    assert sum(linked(site).values()) == number

    hold.unlink(missing_ok=True)
    site.change("UPDATE goedwerk_forum_lease SET until = seen_at WHERE name = 'rotation'")
    second = rotation(site)
    said = second.stdout.read()
    assert second.wait(timeout=120) == 0, said
    [(new, rewritten)] = linked(site).items()
    assert (new != old, rewritten) == (True, number)
    page = writer.ask("/mijn-bijdragen/").text
    assert all(public_id in page for public_id in mine)
    site.wait_decided(*mine)
    authors = site.rows(
        "SELECT DISTINCT participant_id FROM goedwerk_forum_contribution WHERE public_id IN "
        f"('{mine[0]}', '{mine[1]}')"
    )
    assert len(authors) == 1
    assert site.rows(
        "SELECT action FROM goedwerk_forum_auditrecord WHERE object_kind = 'keys' ORDER BY id"
    ) == [("rotate_begun",), ("rotate_done",)]


def test_unmasking_killed_at_any_moment_says_nothing_that_is_not_on_record(site):
    """Killed before its commit it printed nothing; the answer is there only with its record."""
    prepare(site)
    site.web(workers=1)
    writer = site.signed_in("schrijver2")
    public_id = site.post(writer, "Ik schreef dit, en niemand mocht weten dat ik het was.")
    ground = site.folder / "bevel.txt"
    ground.write_text("Rechtbank, 3 november, zaak 1.")
    for trap in ("kill-before-record", "kill-after-record", ""):
        if trap:
            site.set_trap(trap)
        said = unmasked(site, public_id, ground)
        records = site.rows(
            f"SELECT count(*) FROM goedwerk_forum_auditrecord WHERE action = 'unmask' "
            f"AND object_id = '{public_id}'"
        )[0][0]
        assert ("schrijver2" in said) == (trap == "")
        assert records == {"kill-before-record": 0, "kill-after-record": 1, "": 2}[trap]
    assert site.rows("SELECT count(*) FROM goedwerk_forum_unmasking") == [(1,)]
    assert site.rows(
        "SELECT count(*) FROM goedwerk_forum_outboxrow WHERE kind = 'tell_unmasked'"
    ) == [(1,)]


def unmasked(site: LiveSite, public_id: str, ground) -> str:
    """What the command prints."""
    typed = "".join(f"{name}\n{site.seeded['password']}\n\n" for name in OPERATORS)
    done = subprocess.run(
        [
            *(sys.executable, str(ROOT / "site/manage.py"), "goedwerk_unmask", public_id),
            *("--key", str(site.folder / "keys/unseal.key"), "--ground", str(ground)),
        ],
        env=site.env,
        cwd=ROOT,
        input=typed,
        capture_output=True,
        check=False,
        text=True,
    )
    return done.stdout
