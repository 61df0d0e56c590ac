"""Ten thousand contributions, or a hundred thousand, copied in the database from one.

A copy has every column of its example, so that columns that come later come along.
"""

from __future__ import annotations

import itertools
import random
from typing import Any

from django.db import connection, models
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from goedwerk_forum.models import SEGMENT, Contribution, Discussion, OutboxRow, Revision
from goedwerk_forum.outbox.rows import Kind

#: Characters of a contribution, about.
LENGTH = 400
#: Of ten, how many are replies to the example's parent.
REPLIES = 6


def copied(model: type[models.Model], example: Any, number: int, **columns: str) -> None:
    """Inserts ``number`` rows like ``example``; ``columns`` are SQL of ``n``, from 1 on."""
    fields = model._meta.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    values = ", ".join(columns.get(field.column, f'"{field.column}"') for field in fields)
    table, key = model._meta.db_table, model._meta.pk.column
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, "
            f"generate_series(1, {number}) AS n WHERE {key} = {example.pk}"
        )


def contributions(
    example: Contribution, number: int, parent: Contribution, texts: list[str] = ()
) -> list[int]:
    """Copies of a contribution and its one revision; returns the keys of the revisions."""
    base = Comment.objects.order_by("-pk")[0].pk
    revision = example.revisions.get()
    first = Revision.objects.order_by("-pk")[0].pk
    place = Discussion.objects.get(pk=example.discussion_id).last_position
    is_reply, here = (
        f"n %% 10 < {REPLIES}".replace("%%", "%"),
        f"lpad(({place} + n)::text, {SEGMENT}, '0')",
    )
    copied(Comment, Comment.objects.get(pk=example.pk), number, id=f"{base} + n")
    copied(XtdComment, example, number, comment_ptr_id=f"{base} + n")
    copied(
        Contribution,
        example,
        number,
        xtdcomment_ptr_id=f"{base} + n",
        public_id=f"substr(md5('{base}' || n::text), 1, 20)",
        submission=f"'{base}-' || n::text",
        path=f"CASE WHEN {is_reply} THEN '{parent.path}' || {here} ELSE {here} END",
        in_reply_to_id=f"CASE WHEN {is_reply} THEN {parent.pk} ELSE NULL END",
        by_newcomer="n % 2 = 0",
    )
    copied(
        Revision,
        revision,
        number,
        id=f"{first} + n",
        contribution_id=f"{base} + n",
        text="'Bijdrage ' || n::text || '. ' || text",
    )
    Discussion.objects.filter(pk=example.discussion_id).update(last_position=place + number)
    made = [first + n for n in range(1, number + 1)]
    if texts:
        rows = [Revision(pk=key, text=text) for key, text in zip(made, texts, strict=True)]
        Revision.objects.bulk_update(rows, ["text"], batch_size=2000)
    _count_on()
    return made


def asked(revisions: list[int]) -> None:
    """A check of each waits in the outbox."""
    OutboxRow.objects.bulk_create(
        [
            OutboxRow(queue="moderation", kind=Kind.CHECK, object_id=key, object_version=1)
            for key in revisions
        ],
        batch_size=5000,
    )


def _count_on() -> None:
    """The database's counters go on after the highest key; its planner knows the new sizes."""
    with connection.cursor() as cursor:
        for table in (Comment._meta.db_table, Revision._meta.db_table):
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"
            )
        cursor.execute("ANALYZE")


def texts(number: int, seed: int = 1) -> list[str]:
    """Different texts of about LENGTH characters, of the harmless comments of the labelled set.

    Of the short ones: what is a whole contribution there would make longer texts.
    """
    from conduct_labels import TRAINING, read_set

    labelled = [one for name in TRAINING for one in read_set(name) if not one.is_hurtful]
    sentences = [one.text for one in labelled if len(one.text) < LENGTH / 2]
    chance = random.Random(seed)

    def text() -> str:
        chosen: list[str] = []
        while sum(map(len, chosen)) < LENGTH:
            chosen.append(chance.choice(sentences))
        return " ".join(chosen)

    return list(itertools.islice(iter(text, None), number))
