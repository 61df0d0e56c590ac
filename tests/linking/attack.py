"""What somebody with the dumps of seven nights and the logs can try, without any key.

Each attempt guesses, for every participant, an account (``ACCOUNT_ATTEMPTS``) or a participant
in another discussion that would be the same person (``PAIR_ATTEMPTS``). An attempt that finds
nothing to go by guesses at random, as the attacker would.
"""

from __future__ import annotations

import bisect
import datetime
import hashlib
import hmac
import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property

from .dumps import ACCOUNTS, BESIDE, Dump

PARTICIPANTS = "goedwerk_forum_participant"
CONTRIBUTIONS = "goedwerk_forum_contribution"
COMMENTS = "django_comments"
REVISIONS = "goedwerk_forum_revision"
AUDIT = "goedwerk_forum_auditrecord"
SUBMISSIONS = "goedwerk_casestudies_submission"
#: Rows that hang below a submission.
BELOW = ("goedwerk_casestudies_letter", "goedwerk_casestudies_news")
#: Rows that hang below a contribution, and by which column.
REPORTS = "goedwerk_forum_report"
STATEMENTS = "goedwerk_forum_statement"
OF_CONTRIBUTION = (STATEMENTS, "goedwerk_forum_notice", "goedwerk_forum_measurerequest")
APPEALS = "goedwerk_forum_appeal"
STANDING = "goedwerk_forum_standing"
FOLLOWS = "goedwerk_forum_follow"
MARKS = "goedwerk_forum_circlemark"
VOTES = "goedwerk_casestudies_ballottoken"
SHORTEST = 8

Guesses = dict[int, int]


def all_participants(dump: Dump) -> list[dict]:
    """Participants; a submission, report, follow, vote or mark is one in a place of its own."""
    told = apart(dump, SUBMISSIONS) + signed_reports(dump) + circle_marks(dump)
    told += apart(dump, VOTES)
    return dump.rows(PARTICIPANTS) + told + apart(dump, FOLLOWS)


def apart(dump: Dump, table: str) -> list[dict]:
    return [row | {"discussion_id": -row["id"], "role_label": ""} for row in dump.rows(table)]


def signed_reports(dump: Dump) -> list[dict]:
    """What signed-in people reported: somebody whom only the key knows, as a participant is."""
    return [
        row | {"token": row["reporter"], "sealed_account": row["sealed"], "key_id": ""}
        for row in apart(dump, REPORTS)
        if row["reporter"]
    ]


def circle_marks(dump: Dump) -> list[dict]:
    """Who said yes to the rules of a circle, or comes to a session: a token of its own each."""
    return apart(dump, MARKS)


def held_back(dump: Dump) -> list[dict]:
    """What holds somebody back: a row on the content's side about nobody in the clear."""
    return apart(dump, STANDING)


class Evidence:
    """The dumps, read in the ways that the attempts share."""

    def __init__(
        self,
        nights: list[Dump],
        seed: int = 1,
        who: Callable[[Dump], list[dict]] = all_participants,
    ) -> None:
        self.nights = nights
        self.who = who
        self.last = nights[-1]
        self.chance = random.Random(seed)

    # --- the content's side -------------------------------------------------------------------

    @cached_property
    def participants(self) -> dict[int, dict]:
        return {row["id"]: row for row in self.who(self.last)}

    @cached_property
    def night_of(self) -> dict[int, int]:
        """The first night whose dump has a participant."""
        found: dict[int, int] = {}
        for night, dump in enumerate(self.nights):
            for row in self.who(dump):
                found.setdefault(row["id"], night)
        return found

    @cached_property
    def beside(self) -> dict[int, list[tuple[str, dict]]]:
        """(kind, row) of what else tells of each: records, letters, news, statements, appeals."""
        found: dict[int, list[tuple[str, dict]]] = defaultdict(list)
        ids = {row["public_id"]: row["id"] for row in self.last.rows(SUBMISSIONS)}
        for row in self.last.rows(AUDIT):
            if row["object_id"] in ids:
                found[ids[row["object_id"]]].append(("record", row))
        for table in BELOW:
            for row in self.last.rows(table):
                found[row["submission_id"]].append((table, row))
        self._add_below_contributions(found)
        return found

    def _add_below_contributions(self, found: dict[int, list[tuple[str, dict]]]) -> None:
        writer = {
            row["xtdcomment_ptr_id"]: row["participant_id"] for row in self.last.rows(CONTRIBUTIONS)
        }
        for table in OF_CONTRIBUTION:
            for row in self.last.rows(table):
                found[row.get("participant_id", writer[row["contribution_id"]])].append(
                    (table, row)
                )
        about = {row["id"]: writer[row["contribution_id"]] for row in self.last.rows(STATEMENTS)}
        for row in self.last.rows(APPEALS):
            found[about[row["statement_id"]]].append((APPEALS, row))

    def rows_of(self, participant: int) -> list[dict]:
        """Everything on the content's side that tells of a participant."""
        beside = [row for _kind, row in self.beside.get(participant, [])]
        return [
            self.participants[participant],
            *self.contributions.get(participant, []),
            *beside,
        ]

    @cached_property
    def new_participants(self) -> dict[int, list[int]]:
        by_night = defaultdict(list)
        for participant, night in self.night_of.items():
            by_night[night].append(participant)
        return by_night

    @cached_property
    def contributions(self) -> dict[int, list[dict]]:
        """Rows that tell of each participant: contributions with their base rows and records."""
        comments = {row["id"]: row for row in self.last.rows(COMMENTS)}
        revisions = {row["contribution_id"]: row for row in self.last.rows(REVISIONS)}
        records = {
            row["object_id"]: row for row in self.last.rows(AUDIT) if row["action"] == "post"
        }
        found = defaultdict(list)
        for row in self.last.rows(CONTRIBUTIONS):
            comment = row["xtdcomment_ptr_id"]
            joined = dict(row)
            for name, other in (
                ("comment", comments[comment]),
                ("revision", revisions[comment]),
                ("record", records[row["public_id"]]),
            ):
                joined |= {f"{name}.{column}": value for column, value in other.items()}
            found[row["participant_id"]].append(joined)
        return found

    @cached_property
    def content_numbers(self) -> dict[str, dict[int, int]]:
        """Per number that the content's side keeps, its least value for each participant."""
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for participant, row in self.participants.items():
            for column, value in row.items():
                if isinstance(value, int) and not column.endswith("_id"):
                    found[f"participant.{column}"][participant] = value
            for name in ("xmin", "comment.id", "revision.id", "record.id", "revision.xmin"):
                values = [c[name] for c in self.contributions.get(participant, []) if name in c]
                if values:
                    found[name][participant] = min(values)
            for kind, row in self.beside.get(participant, []):
                for column in ("id", "xmin", "rowid"):
                    if isinstance(value := row.get(column), int):
                        least = found[f"{kind}.{column}"].get(participant, value)
                        found[f"{kind}.{column}"][participant] = min(least, value)
        return found

    # --- the accounts' side -------------------------------------------------------------------

    @cached_property
    def users(self) -> list[int]:
        return sorted(row["id"] for row in self.last.rows(ACCOUNTS))

    def account_rows(self, dump: Dump) -> Iterator[tuple[str, int, dict]]:
        """(table, user, row) of everything on the accounts' side."""
        for row in dump.rows(ACCOUNTS):
            yield ACCOUNTS, row["id"], row
        for table, column in BESIDE.items():
            for row in dump.rows(table):
                yield table, row[column], row

    @cached_property
    def changed(self) -> dict[str, dict[int, list[int]]]:
        """Per accounts' table and night: the users of whom a row is new or different.

        Hidden columns do not count here: a nightly rewriting changes them all.
        """
        found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        before: set = set()
        for night, dump in enumerate(self.nights):
            now = set()
            for table, user, row in self.account_rows(dump):
                shown = tuple(v for c, v in row.items() if c not in ("xmin", "ctid", "rowid"))
                now.add((table, user, shown))
            if night:
                for table, user, _row in now - before:
                    found[table][night].append(user)
            before = now
        return found

    @cached_property
    def account_numbers(self) -> dict[str, dict[int, int]]:
        """Per number that the accounts' side keeps, its value for each user."""
        found: dict[str, dict[int, int]] = defaultdict(dict)
        for table, user, row in self.account_rows(self.last):
            for column, value in row.items():
                if isinstance(value, int) and not isinstance(value, bool):
                    found[f"{table}.{column}"][user] = value
        return found

    def anybody(self) -> int:
        return self.chance.choice(self.users)


# --- which account? ----------------------------------------------------------------------------


def by_shared_values(seen: Evidence) -> Guesses:
    """A value, or something computed from it without a key, that stands on both sides."""
    theirs: dict[object, set[int]] = defaultdict(set)
    for _table, user, row in seen.account_rows(seen.last):
        for value in row.values():
            for made in _derived(value):
                theirs[made].add(user)
    few = {value: users for value, users in theirs.items() if len(users) < 4}
    guesses: Guesses = {}
    for participant in seen.participants:
        values = {str(value) for item in seen.rows_of(participant) for value in item.values()}
        hits = set().union(*(few.get(value, set()) for value in values))
        guesses[participant] = seen.chance.choice(sorted(hits)) if hits else seen.anybody()
    return guesses


def _derived(value: object) -> Iterator[str]:
    text = str(value)
    if len(text) < SHORTEST:
        return
    plain = text.replace("-", "")
    yield from (text, plain)
    for form in {text, plain}:
        for algorithm in ("md5", "sha1", "sha256"):
            yield hashlib.new(algorithm, form.encode()).hexdigest()
        yield hmac.new(b"", form.encode(), hashlib.sha256).hexdigest()


def by_changed_rows(table: str) -> Callable[[Evidence], Guesses]:
    """Somebody of whom a row in ``table`` is new or different since the night before."""

    def attempt(seen: Evidence) -> Guesses:
        return {
            participant: seen.chance.choice(candidates) if candidates else seen.anybody()
            for participant, night in seen.night_of.items()
            for candidates in [seen.changed[table][night]]
        }

    attempt.__name__ = f"by_changed_rows({table})"
    return attempt


def by_order(seen: Evidence) -> dict[str, Guesses]:
    """New participants and new account rows of a day, each in some order, laid side by side."""
    found: dict[str, Guesses] = {}
    ranked = {
        ours: [
            (night, sorted((p for p in new if p in mine), key=mine.__getitem__))
            for night, new in seen.new_participants.items()
        ]
        for ours, mine in seen.content_numbers.items()
    }
    for (theirs, values), table in itertools.product(
        seen.account_numbers.items(), [ACCOUNTS, *BESIDE]
    ):
        candidates = {
            night: sorted((user for user in users if user in values), key=values.__getitem__)
            for night, users in seen.changed[table].items()
        }
        for ours, nights in ranked.items():
            if guesses := _side_by_side(nights, candidates):
                found[f"by_order({ours}, {theirs}, new in {table})"] = guesses
    return found


def _side_by_side(nights: list[tuple[int, list[int]]], candidates: dict[int, list[int]]) -> Guesses:
    """Each night's participants against its accounts, both in order."""
    guesses: Guesses = {}
    for night, known in nights:
        users = candidates.get(night, [])
        for rank, participant in enumerate(known):
            if users:
                guesses[participant] = users[(2 * rank + 1) * len(users) // (2 * len(known))]
    return guesses


def by_transaction(seen: Evidence) -> dict[str, Guesses]:
    """Whose row was written by the transaction nearest before the participant's."""
    return {
        f"by_transaction({name})": guesses
        for name, values in seen.account_numbers.items()
        if name.endswith(".xmin") and "participant.xmin" in seen.content_numbers
        for guesses in [_nearest(seen, values, seen.content_numbers["participant.xmin"])]
    }


def _nearest(seen: Evidence, theirs: dict[int, int], ours: dict[int, int]) -> Guesses:
    by_number: dict[int, list[int]] = defaultdict(list)
    for user, number in theirs.items():
        by_number[number].append(user)
    numbers = sorted(by_number)
    guesses = {}
    for participant, number in ours.items():
        place = bisect.bisect_right(numbers, number) - 1
        guesses[participant] = seen.chance.choice(by_number[numbers[max(place, 0)]])
    return guesses


def by_moments(seen: Evidence) -> Guesses:
    """Exact times on both sides, the nearest taken; a day or a month is no time."""
    theirs = [
        (moment, user)
        for _table, user, row in seen.account_rows(seen.last)
        for moment in _moments(row)
    ]
    theirs.sort()
    guesses = {}
    for participant in seen.participants:
        ours = [m for item in seen.rows_of(participant) for m in _moments(item)]
        if not theirs or not ours:
            guesses[participant] = seen.anybody()
            continue
        place = bisect.bisect_right(theirs, (min(ours), 2**63)) - 1
        guesses[participant] = theirs[max(place, 0)][1]
    return guesses


def _moments(row: dict) -> Iterator[datetime.datetime]:
    for value in row.values():
        moment = _as_moment(value)
        if moment and (moment.minute or moment.second or moment.microsecond):
            yield moment


def _as_moment(value: object) -> datetime.datetime | None:
    if isinstance(value, str) and len(value) > 10 and value[4:5] == "-" and value[10] in " T":
        try:
            value = datetime.datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime.datetime):
        return None
    return value if value.tzinfo else value.replace(tzinfo=datetime.UTC)


def guess_accounts(
    nights: list[Dump], who: Callable[[Dump], list[dict]] = all_participants
) -> dict[str, Guesses]:
    """Every attempt's guesses, by its name."""
    seen = Evidence(nights, who=who)
    attempts = [by_shared_values, by_moments, *map(by_changed_rows, [ACCOUNTS, *BESIDE])]
    return (
        {attempt.__name__: attempt(seen) for attempt in attempts}
        | by_order(seen)
        | by_transaction(seen)
    )


# --- the same person? --------------------------------------------------------------------------


def guess_pairs(nights: list[Dump]) -> dict[str, Guesses]:
    """Every attempt's guess of the same person in another discussion, by the attempt's name."""
    seen = Evidence(nights)
    found = {"pairs_by_shared_values": _pairs_by_values(seen)}
    for name, numbers in seen.content_numbers.items():
        found[f"pairs_by_neighbour({name})"] = _pairs_by_neighbour(seen, numbers)
    found["pairs_by_trust"] = _pairs_by_trust(seen)
    for column in ("sealed_account", "token", "key_id"):
        # A mark in a circle has no seal: that it is one of the members' is no secret.
        lengths = {
            p: len(row[column] or "") for p, row in seen.participants.items() if column in row
        }
        found[f"pairs_by_length({column})"] = _pairs_alike(seen, lengths)
    return found


def guess_pairs_by_label(nights: list[Dump]) -> Guesses:
    """People who chose to show the same label: what a participant shows on purpose."""
    seen = Evidence(nights)
    shown = {p: row["role_label"] for p, row in seen.participants.items() if row["role_label"]}
    return _pairs_alike(seen, shown)


def _others(seen: Evidence, participant: int, among: list[int]) -> list[int]:
    here = seen.participants[participant]["discussion_id"]
    return [p for p in among if seen.participants[p]["discussion_id"] != here]


def _pairs_alike(seen: Evidence, trait: dict[int, object]) -> Guesses:
    alike: dict[object, list[int]] = defaultdict(list)
    for participant, value in trait.items():
        alike[value].append(participant)
    guesses = {}
    for participant, value in trait.items():
        if others := _others(seen, participant, alike[value]):
            guesses[participant] = seen.chance.choice(others)
    return guesses


def _pairs_by_values(seen: Evidence) -> Guesses:
    values: dict[int, set[str]] = {}
    for participant in seen.participants:
        rows = seen.rows_of(participant)
        parts = {str(value) for item in rows for value in item.values()}
        values[participant] = {part for part in parts if len(part) >= SHORTEST}
        values[participant] |= {part[:16] for part in values[participant]}
    common = Counter(value for found in values.values() for value in found)
    rare = {
        v: [p for p, found in values.items() if v in found] for v, n in common.items() if n == 2
    }
    guesses = {p: seen.chance.choice(_others(seen, p, list(values))) for p in values}
    for first, second in rare.values():
        if seen.participants[first]["discussion_id"] != seen.participants[second]["discussion_id"]:
            guesses[first], guesses[second] = second, first
    return guesses


def _pairs_by_trust(seen: Evidence) -> Guesses:
    """Who is no newcomer at the first word here has been published elsewhere before."""
    known = {
        participant: min(row["day"] for row in rows)
        for participant, rows in seen.contributions.items()
        if not any(row["by_newcomer"] for row in rows)
    }
    published = {
        participant: min(row["day"] for row in rows)
        for participant, rows in seen.contributions.items()
        if any(row["state"] == "published" for row in rows)
    }
    guesses = {}
    for participant, day in known.items():
        earlier = [p for p, before in published.items() if before <= day and p != participant]
        if others := _others(seen, participant, earlier):
            guesses[participant] = seen.chance.choice(others)
    return guesses


def _pairs_by_neighbour(seen: Evidence, numbers: dict[int, int]) -> Guesses:
    """The nearest in some order, of another discussion."""
    ordered = sorted(numbers, key=numbers.__getitem__)
    guesses = {}
    for place, participant in enumerate(ordered):
        near = ordered[max(0, place - 8) : place] + ordered[place + 1 : place + 9]
        others = _others(seen, participant, near)
        if others:
            guesses[participant] = min(
                others, key=lambda p, here=numbers[participant]: abs(numbers[p] - here)
            )
    return guesses
