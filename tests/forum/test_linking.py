"""The linking test: a week on the site, and what the dumps of its seven nights give away.

Some of those who write tell a story to the editors, too: a submission is to be as far from an
account, and from what its writer says elsewhere, as a participant is.

The insider has every table of every night, the columns that the database hides, and the logs;
she has no key. Her guesses are held against the best that somebody can do who knows days only:
on which day an account came, and on which day a pseudonym appeared. Days cannot be hidden from
nightly dumps; anything better would be a leak.

They read their inbox, get digests, follow what others say, report and appeal, and some are warned
or excluded: what is left of that tells no more. Some take a place in a circle, say yes to its
rules, say that they come to a session, and speak there. Some vote, and say why at the same
sitting, as the page asks them to; some fill in a map.

Two limits of what is shown here. Each person writes in two or three discussions on occasions of
their own: who writes in two discussions in one sitting leaves neighbouring rows there. And what
people choose to show (a role label) narrows down, as the promise card says.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict

import pytest
from django.contrib.auth import get_user_model
from django.db import DataError, transaction
from django.test import Client, override_settings

from goedwerk_forum.marks import preview_of
from goedwerk_forum.models import Revision
from linking import dumps, week
from linking.attack import (
    BELOW,
    COMMENTS,
    FOLLOWS,
    MARKS,
    PARTICIPANTS,
    REPORTS,
    STANDING,
    SUBMISSIONS,
    VOTES,
    all_participants,
    guess_accounts,
    guess_pairs,
    guess_pairs_by_label,
    held_back,
)
from linking.chance import most_by_chance

pytestmark = pytest.mark.slow

SEED = 20260302
QUICK = {
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
    "EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend",
    "ACCOUNT_RATE_LIMITS": False,
}


@pytest.fixture(scope="module")
def simulated(django_db_setup, django_db_blocker, identity_keys):
    from django.conf import settings

    forum = settings.GOEDWERK | {"RELEASE_EVERY": 60, "WRITES_PER_HOUR": 10_000}
    with (
        django_db_blocker.unblock(),
        override_settings(**QUICK, GOEDWERK=forum),
        transaction.atomic(),
    ):
        lived = week.live_through(SEED)
        transaction.set_rollback(True)
    return lived


# --- what chance is ----------------------------------------------------------------------------


def chance_of_account(lived) -> float:
    """The mean probability of a right guess for who knows days, and even how many are new."""
    came = Counter(_night(p.signs_up) for p in lived.people if p.signs_up)
    before = len(lived.people) - sum(came.values())
    by_night = defaultdict(list)
    for visit in lived.visits:
        by_night[_night(visit.moment)].append(visit)
    right = 0.0
    for night, visits in by_night.items():
        new = sum(_night(v.person.signs_up) == night for v in visits if v.person.signs_up)
        share = new / len(visits)
        right += len(visits) * max(share / max(came[night], 1), (1 - share) / before)
    return right / len(lived.visits)


def chance_of_pair(lived, among=None) -> float:
    """The mean probability that a participant of another discussion is the same person.

    Of those that still stand: who said to come to a session is forgotten when it is over.
    """
    place = lived_discussion(lived)
    ids = set(among or lived.account_of) & set(place)
    size = Counter(place[p] for p in ids)
    right = 0.0
    for participant in ids:
        others = len(ids) - size[place[participant]]
        mine = sum(
            lived.account_of[p] == lived.account_of[participant] for p in ids if p != participant
        )
        right += mine / others if others else 0
    return right / len(ids)


def lived_discussion(lived) -> dict[int, int]:
    return {row["id"]: row["discussion_id"] for row in all_participants(lived.last)}


def _night(moment: datetime.datetime) -> int:
    return (moment - week.MONDAY).days


def hits(lived, guesses) -> int:
    return sum(lived.account_of[participant] == user for participant, user in guesses.items())


def pair_hits(lived, guesses) -> int:
    owner = lived.account_of
    return sum(owner[first] == owner[second] for first, second in guesses.items())


def better_than_chance(lived, attempts, count, probability) -> dict[str, str]:
    return {
        name: f"{count(lived, guesses)} of {len(guesses)}, chance allows {most}"
        for name, guesses in attempts.items()
        for most in [most_by_chance(len(guesses), probability)]
        if count(lived, guesses) > most
    }


# --- the attack --------------------------------------------------------------------------------


def test_the_week_is_worth_attacking(simulated):
    assert len(simulated.dumps[-1].rows(dumps.ACCOUNTS)) >= 2000
    assert len(simulated.dumps) == 7
    assert len(simulated.visits) > 400
    writers = Counter(visit.person for visit in simulated.visits)
    # Who is excluded on Monday writes no more.
    assert sum(number < 2 for number in writers.values()) < len(writers) / 20
    states = Counter(row["state"] for row in simulated.last.rows("goedwerk_forum_contribution"))
    assert states["published"] > 200
    stories = Counter(row["state"] for row in simulated.last.rows(SUBMISSIONS))
    assert stories["in_hand"] > 30
    assert stories["draft"] > 5
    assert all(simulated.last.rows(table) for table in BELOW)
    assert len(simulated.last.rows(REPORTS)) > 30
    appeals = Counter(row["state"] for row in simulated.last.rows("goedwerk_forum_appeal"))
    assert min(appeals["granted"], appeals["refused"]) > 3
    held = simulated.last.rows(STANDING)
    assert len(held) > 10
    assert {row["id"] for row in held} == set(simulated.held_back)
    assert simulated.mails > 20
    followed = simulated.last.rows(FOLLOWS)
    assert min(Counter(row["sealed_account"] is None for row in followed).values()) > 20
    assert len(simulated.last.rows(MARKS)) > 20
    assert len(said_in_circles(simulated)) > 20
    assert len(simulated.last.rows(VOTES)) > 100
    assert len(reasons(simulated)) > 30


def reasons(lived) -> list[tuple[int, int]]:
    """(vote, participant) of who said why at the sitting in which she voted."""
    votes = {row["id"] for row in lived.last.rows(VOTES)}
    pairs = zip(lived.visits, lived.visits[1:], strict=False)
    return [
        (vote.participant, said.participant)
        for vote, said in pairs
        if vote.participant in votes and said.contribution and vote.moment == said.moment
    ]


def said_in_circles(lived) -> list[dict]:
    discussions = lived.last.rows("goedwerk_forum_discussion")
    closed = {row["id"] for row in discussions if row["in_circle"]}
    said = lived.last.rows("goedwerk_forum_contribution")
    return [row for row in said if row["discussion_id"] in closed and row["display"] == "text"]


def test_no_attempt_finds_the_account_of_a_participant(simulated):
    attempts = guess_accounts(simulated.dumps)
    assert len(attempts) > 20
    probability = chance_of_account(simulated)
    assert not better_than_chance(simulated, attempts, hits, probability)


def test_no_attempt_finds_whom_something_holds_back(simulated):
    """Chance is the best that knows days only: whoever had an account before, or came that day."""
    attempts = guess_accounts(simulated.dumps, who=held_back)
    owner = simulated.held_back
    most = most_by_chance(len(owner), 1 / min(Counter(map(_came, simulated.people)).values()))
    found = {
        name: sum(owner[row] == user for row, user in guesses.items())
        for name, guesses in attempts.items()
    }
    assert max(found.values()) <= most, found


def _came(person) -> int:
    return _night(person.signs_up) if person.signs_up else -1


def test_rows_that_hold_somebody_back_have_nothing_in_common(simulated):
    rows = simulated.last.rows(STANDING)
    for column in ("token", "sealed"):
        assert len({row[column] for row in rows}) == len(rows)
        assert len({len(row[column]) for row in rows}) == 1
    tokens = {row["token"] for row in all_participants(simulated.last)}
    assert not tokens & {row["token"] for row in rows}


def test_no_attempt_finds_the_same_person_in_another_discussion(simulated):
    attempts = guess_pairs(simulated.dumps)
    assert not better_than_chance(simulated, attempts, pair_hits, chance_of_pair(simulated))


def test_a_shown_label_narrows_down_to_who_shows_it_and_no_further(simulated):
    guesses = guess_pairs_by_label(simulated.dumps)
    rows = {row["id"]: row["role_label"] for row in simulated.last.rows(PARTICIPANTS)}
    labels = {label for label in rows.values() if label}
    groups = [[p for p, label in rows.items() if label == shown] for shown in labels]
    right = sum(len(group) * chance_of_pair(simulated, group) for group in groups)
    probability = right / sum(map(len, groups))
    assert pair_hits(simulated, guesses) <= most_by_chance(len(guesses), probability)


def test_every_seal_and_token_looks_alike(simulated):
    unsealed = {row["id"] for name in (REPORTS, MARKS, VOTES) for row in simulated.last.rows(name)}
    rows = [row for row in all_participants(simulated.last) if row["id"] not in unsealed]
    for column in ("sealed_account", "token", "key_id"):
        # Who follows without a mail has no seal there.
        assert len({len(row[column]) for row in rows if row[column] is not None}) == 1
    sealed = [row["sealed_account"] for row in rows if row["sealed_account"] is not None]
    assert len(set(sealed)) == len(sealed)
    assert len({row["key_id"] for row in rows}) == 1


# --- the attack works where there is something to find -------------------------------------------


def assert_found(lived, nights) -> None:
    best = max(hits(lived, guesses) for guesses in guess_accounts(nights).values())
    most = most_by_chance(len(lived.visits), chance_of_account(lived))
    assert best > most


def test_exact_times_of_visits_would_give_people_away(simulated):
    """Had accounts a last sign-in, and contributions a moment."""
    moment_of = {visit.contribution: visit.moment for visit in simulated.visits}
    last_seen = {}
    for visit in simulated.visits:
        last_seen[simulated.account_of[visit.participant]] = visit.moment
    leaky = simulated.last.copy()
    users = leaky.rows(dumps.ACCOUNTS)
    leaky.replace(dumps.ACCOUNTS, [row | {"last_login": last_seen.get(row["id"])} for row in users])
    comments = leaky.rows(COMMENTS)
    leaky.replace(
        COMMENTS,
        [
            # What was said in a circle is not among the visits.
            row | {"submit_date": moment_of.get(row["id"], row["submit_date"])}
            for row in comments
        ],
    )
    assert_found(simulated, [*simulated.dumps[:-1], leaky])


def test_account_rows_made_at_first_joining_would_give_people_away(simulated):
    """Had an account got its row, with a counting number, when it first joined a discussion."""
    first_night: dict[int, int] = {}
    number: dict[int, int] = {}
    for visit in simulated.visits:
        account = simulated.account_of[visit.participant]
        first_night.setdefault(account, _night(visit.moment))
        number.setdefault(account, len(number) + 1)
    assert_found(
        simulated,
        _with_accounts(simulated, lambda user, night: first_night.get(user, 99) <= night, number),
    )


def _with_accounts(lived, is_there, number) -> list[dumps.Dump]:
    nights = []
    for night, dump in enumerate(lived.dumps):
        leaky = dump.copy()
        rows = [
            row for row in leaky.rows("goedwerk_forum_account") if is_there(row["user_id"], night)
        ]
        numbered = [row | {"id": number[row["user_id"]]} for row in rows]
        leaky.replace("goedwerk_forum_account", numbered)
        nights.append(leaky)
    return nights


def test_numbers_of_writing_transactions_would_give_people_away(simulated):
    """Were the accounts' rows left as PostgreSQL writes them: who signs up and writes at once."""
    ids = {row["username"]: row["id"] for row in simulated.last.rows(dumps.ACCOUNTS)}
    written = [(p.signs_up, ("user", ids[p.username])) for p in simulated.people if p.signs_up]
    written += [(visit.moment, ("participant", visit.participant)) for visit in simulated.visits]
    number = {what: n for n, (_moment, what) in enumerate(sorted(written), start=1000)}
    leaky = simulated.last.copy()
    for table, kind in ((dumps.ACCOUNTS, "user"), (PARTICIPANTS, "participant")):
        rows = leaky.rows(table)
        leaky.replace(table, [row | {"xmin": number.get((kind, row["id"]), 3)} for row in rows])
    assert_found(simulated, [*simulated.dumps[:-1], leaky])


def test_participants_numbered_in_one_sitting_would_be_seen_together(simulated):
    """Had participants counting numbers, and were each person's discussions joined in a row."""
    in_a_row = sorted(simulated.account_of, key=lambda p: (simulated.account_of[p], p))
    number = {participant: n for n, participant in enumerate(in_a_row)}
    leaky = simulated.last.copy()
    rows = leaky.rows(PARTICIPANTS)
    leaky.replace(PARTICIPANTS, [row | {"number": number[row["id"]]} for row in rows])
    assert_pairs_found(simulated, leaky)


def assert_pairs_found(lived, leaky: dumps.Dump) -> None:
    attempts = guess_pairs([*lived.dumps[:-1], leaky])
    best = max(pair_hits(lived, guesses) for guesses in attempts.values())
    assert best > most_by_chance(len(lived.visits), chance_of_pair(lived))


def test_a_yes_signed_with_the_token_of_a_member_would_give_her_away(simulated):
    """Had a mark in a circle no token of its own; nobody here sits in two circles."""
    circles = {row["discussion_id"] for row in simulated.last.rows("goedwerk_forum_circle")}
    token = {
        simulated.account_of[row["id"]]: row["token"]
        for row in simulated.last.rows(PARTICIPANTS)
        if row["discussion_id"] in circles
    }
    leaky = simulated.last.copy()
    marks = leaky.rows(MARKS)
    signed = [row | {"token": token[simulated.account_of[row["id"]]]} for row in marks]
    leaky.replace(MARKS, signed)
    assert_pairs_found(simulated, leaky)


def test_votes_numbered_beside_their_reasons_would_be_seen_together(simulated):
    """Had votes and participants counting numbers; who says why does so at one sitting."""
    number = {visit.participant: n for n, visit in enumerate(simulated.visits)}
    leaky = simulated.last.copy()
    for table in (VOTES, PARTICIPANTS):
        rows = leaky.rows(table)
        leaky.replace(table, [row | {"number": number.get(row["id"], -1)} for row in rows])
    assert_pairs_found(simulated, leaky)


def test_a_vote_has_nothing_in_common_with_its_reason(simulated):
    """Not by a value, nor by the places of their rows; many pairs, so luck would not hide it."""
    votes = {row["id"]: row for row in simulated.last.rows(VOTES)}
    participants = {row["id"]: row for row in simulated.last.rows(PARTICIPANTS)}
    order = sorted([*votes, *participants])
    place = {row: n for n, row in enumerate(order)}
    neighbours = 0
    for vote, said in reasons(simulated):
        theirs = {str(value) for value in participants[said].values() if len(str(value)) > 8}
        assert not theirs & {str(value) for value in votes[vote].values()}
        neighbours += abs(place[vote] - place[said]) == 1
    assert neighbours <= most_by_chance(len(reasons(simulated)), 2 / len(order))


# --- what stands where -------------------------------------------------------------------------


def test_no_name_address_or_browser_outside_the_accounts_tables_and_none_in_the_logs(simulated):
    planted = {person.username for person in simulated.people}
    planted |= {person.email for person in simulated.people if person.email}
    planted |= {week.AGENT, week.ADDRESS.removesuffix("%d"), "adres.example"}
    uuids = {
        str(row["uuid"]).replace("-", "") for row in simulated.last.rows("goedwerk_forum_account")
    }
    users = {
        str(row["id"])
        for row in simulated.last.rows(dumps.ACCOUNTS)
        if row["username"] in planted  # an editor stands beside what she works on
    }
    for name, table in simulated.last.tables.items():
        if name == dumps.ACCOUNTS or name in dumps.BESIDE:
            continue
        values = {str(value).replace("-", "") for row in table.rows for value in row}
        assert not values & (uuids | {text.replace("-", "") for text in planted}), name
        everything = "\n".join(str(value) for row in table.rows for value in row)
        for word in (
            week.AGENT,
            week.ADDRESS.removesuffix("%d"),
            "adres.example",
            "oud1",
            "nieuw1",
        ):
            assert word not in everything, name
        assert not values & users, name
    for word in planted | uuids | users:
        assert word not in simulated.logs


def test_no_exact_time_stays_in_the_content(simulated):
    evidence = [PARTICIPANTS, COMMENTS, "goedwerk_forum_contribution", "goedwerk_forum_revision"]
    evidence += [SUBMISSIONS, *BELOW, FOLLOWS, VOTES, "goedwerk_casestudies_round"]
    evidence += ["goedwerk_forum_notice", "goedwerk_forum_statement", "goedwerk_forum_auditrecord"]
    from linking.attack import _moments

    for name in evidence:
        local = [
            {
                c: v.astimezone(week.MONDAY.tzinfo) if isinstance(v, datetime.datetime) else v
                for c, v in row.items()
            }
            for row in simulated.last.rows(name)
        ]
        assert not [moment for row in local for moment in _moments(row)], name


@pytest.mark.django_db
def test_sign_in_changes_no_row(make, settings):
    """Not the account's, not by an older password hash that Django would renew."""
    settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    user = make.user("aanmelder", email="aanmelder@adres.example")
    algorithm, _rounds, salt, digest = user.password.split("$")
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    old = PBKDF2PasswordHasher().encode(make.PASSWORD, salt, iterations=1000)
    get_user_model().objects.filter(pk=user.pk).update(password=old)
    before = dumps.take()
    answer = Client().post("/account/inloggen/", {"login": "aanmelder", "password": make.PASSWORD})
    assert (answer.status_code, algorithm, bool(digest)) == (302, "pbkdf2_sha256", True)
    assert dumps.take() == before


@pytest.mark.django_db
def test_failing_post_leaves_no_text_in_any_log(make, monkeypatch, client):
    user = make.user("schrijver")
    discussion = make.discussion()
    make.participant(discussion, user)
    client.force_login(user)
    text = "Mijn directeur Quixotius vroeg mij om het stuk te laten liggen."

    def refuse(**fields):
        raise DataError(f"value too long; DETAIL: Failing row contains ({fields['text']}).")

    monkeypatch.setattr(Revision.objects, "create", refuse)
    client.raise_request_exception = False
    with week.captured_logs() as logs:
        answer = client.post(
            f"/gesprek/{discussion.uuid.hex}/schrijf/",
            {
                "text": text,
                "kind": "ervaring",
                "submission": "x" * 30,
                "seen": preview_of(text).seen,
            },
        )
    assert answer.status_code == 503
    assert text in answer.content.decode()
    assert "Quixotius" not in logs.getvalue()
    assert "schrijver" not in logs.getvalue()
