"""The queue with many waiting: as many queries as with a thousand, and no sort over all.

``GOEDWERK_MANY=100000`` makes it a hundred thousand, which takes some minutes.
"""

from __future__ import annotations

import os

import pytest
from django.db import connection
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment

from counting import counted
from factories import _insert
from goedwerk_forum import access
from goedwerk_forum.admin import queue
from goedwerk_forum.admin.queue import Place
from goedwerk_forum.models import Contribution, Revision, Urgency
from goedwerk_forum.models.contributions import new_public_id
from goedwerk_forum.transitions import Display, RevisionState, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUEUE = "/beheer/moderatie/"
MANY = int(os.environ.get("GOEDWERK_MANY", "20000"))
#: One in a thousand is urgent.
URGENT_EACH = 1000


def waiting_rows(make, discussion, size):
    """``size`` contributions that wait, put in by plain SQL."""
    crowd = make.crowd(discussion, 1)
    model, who = crowd[0], make.participant(discussion)
    rows = []
    for number in range(2, size + 2):
        row = Contribution.objects.model()
        row.__dict__.update({k: v for k, v in model.__dict__.items() if k != "_state"})
        row.pk = row.id = row.comment_ptr_id = row.xtdcomment_ptr_id = None
        row.public_id, row.path = new_public_id(), f"{number:08d}"
        row.submission, row.participant_id = f"sent-{number}", who.pk
        row.state, row.display, row.waiting, row.comment = State.HELD, Display.NOTHING, "new", ""
        row.urgency = Urgency.URGENT if number % URGENT_EACH == 0 else Urgency.ORDINARY
        rows.append(row)
    _put_in(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return rows


def _put_in(rows):
    comments = [
        Comment(
            **{
                field.attname: getattr(row, field.attname)
                for field in Comment._meta.local_concrete_fields
                if not field.primary_key
            }
        )
        for row in rows
    ]
    for row, comment in zip(rows, Comment.objects.bulk_create(comments, 500), strict=True):
        row.comment_ptr_id = row.xtdcomment_ptr_id = row.pk = comment.pk
    _insert(XtdComment, rows)
    _insert(Contribution, rows)
    Revision.objects.bulk_create(
        [
            Revision(
                contribution_id=row.pk,
                number=1,
                text="Ik zei het gewoon.",
                kind=row.kind,
                state=RevisionState.HELD,
                day=row.day,
            )
            for row in rows
        ],
        500,
    )


def plan_of(queryset, most):
    """How the database finds the keys of a page."""
    return queryset.values_list("pk", flat=True)[:most].explain()


def has_full_sort(plan):
    """Whether rows are put in order after they were read, instead of read in order."""
    return "Sort" in plan or "USE TEMP B-TREE FOR ORDER BY" in plan


def test_as_many_queries_as_with_a_thousand_and_no_sort(client, make):
    discussion = make.discussion()
    ambassador = make.ambassador(discussion)
    make.participant(discussion, ambassador)
    client.force_login(ambassador)
    waiting_rows(make, discussion, 1_000)
    asked_of_a_thousand = asked(client)
    many = make.discussion(discussion_group=discussion.group)
    rows = waiting_rows(make, many, MANY - 1_000)
    assert Contribution.objects.filter(waiting="new").count() == MANY
    assert asked(client) == asked_of_a_thousand
    assert max(asked_of_a_thousand) <= 15

    judgeable = access.judgeable_contributions(ambassador).filter(waiting__isnull=False)
    assert not has_full_sort(plan_of(judgeable.order_by(*queue.IN_TURN), 51))
    middle = Place.of(rows[MANY // 2])
    behind = judgeable.filter(urgency=Urgency.ORDINARY, pk__gt=middle.pk)
    assert not has_full_sort(plan_of(behind.order_by(*queue.IN_TURN), 51))
    first = [row.urgency for row in client.get(QUEUE).context["object_list"]]
    assert first[:20] == [Urgency.URGENT] * 20


def asked(client):
    """Queries of the first page, one in the middle, and the last."""
    places = Contribution.objects.filter(waiting="new", urgency=0).order_by("pk")
    middle = places[places.count() // 2].public_id
    found = []
    for address in (QUEUE, f"{QUEUE}?na=0.{middle}", f"{QUEUE}?einde=1"):
        client.get(address)
        with counted() as work:
            assert client.get(address).status_code == 200
        found.append(work.queries)
    return found
