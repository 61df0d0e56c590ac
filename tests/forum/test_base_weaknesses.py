"""Weaknesses that the base package has, shown not to be ours; each test names what it protects.

| weakness of the base | protected here |
|---|---|
| w01 saving a parent publishes the held replies | test_saving_* |
| w02 the count of replies grows with every save | test_saving_*, test_count_* |
| w03 approving or removing a root changes all below it | test_decision_on_a_root_* |
| w04 removed and held texts at sequential URLs | test_nobody_reads_* |
| w05 the API names who reported; hash of an address | test_*_flag*, test_base_shows_no_person |
| w06 raw addresses in lists | test_base_shows_no_person |
| w07 real names, and names anybody can type | test_pseudonym_*, test_columns_* |
| w08 w09 a reply nowhere, or too deep, leaves an orphan | test_reply_to_*, test_deep_reply_* |
| w10 w11 w36 deleting leaves comments behind | test_deleting_* |
| w12 a stale save puts old values back | test_stale_* |
| w13 moderators without the right tools | test_right_to_moderate_* |
| w14 w15 template tags that break | test_template_tags_* |
| w16 a held text can be liked | test_nobody_likes_* |
| w17 a form sent twice is two comments | test_form_sent_twice_* |
| w18 w19 mails with texts; links that act | test_nothing_is_mailed, test_signed_*, test_no_get_* |
| w20 a signal from one path only | test_every_way_in_* |
| w21 name, address and IP stay when a user goes | test_deleted_account_* |
| w24 the base's 404 page becomes the site's | test_404_* |
| w30 permalinks that lead nowhere | test_permalink_* |
| w31 w32 w33 restricted and unpublished pages | test_restricted_*, test_page_that_is_not_* |
| w34 w35 generic and specific page differ | test_page_and_specific_* |
"""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from django_comments.models import Comment, CommentFlag
from django_comments_xtd import get_form, signed
from django_comments_xtd.conf import settings as base_settings
from django_comments_xtd.models import TmpXtdComment, XtdComment
from wagtail.models import Page, PageViewRestriction

from counting import counted
from goedwerk_forum import access, urls
from goedwerk_forum.actions import audit
from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.errors import DiscussionClosed, NotFound
from goedwerk_forum.forms import new_submission
from goedwerk_forum.models import (
    LEVELS,
    Contribution,
    Discussion,
    Notice,
    OutboxRow,
    Participant,
    Revision,
    Statement,
    place_of_page,
)
from goedwerk_forum.setup import prepare
from goedwerk_forum.system_checks import base_is_out_of_sight
from goedwerk_forum.transitions import Action, Display, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TEXT = "Wij hingen de vraag op bij de koffie en lazen samen wat erbij kwam te staan."


def rows_of(discussion):
    """All columns of all contributions in a discussion, in order."""
    return list(Contribution.objects.filter(discussion=discussion).order_by("pk").values())


def reply(make, discussion, parent, **fields):
    author = make.user()
    return contribute(
        user=author,
        participant=make.participant(discussion, author),
        discussion=discussion,
        words=Words(TEXT, "ervaring"),
        submission=new_submission(),
        in_reply_to=parent,
        **fields,
    )


@pytest.fixture
def with_base(settings):
    """A host that includes the URLs of the base package."""
    settings.ROOT_URLCONF = "urls_with_base"


@pytest.fixture
def thread(make):
    """A published root with a held, a published and a rejected reply."""
    discussion = make.discussion(discussion_policy="all_first")
    root = make.published(discussion)
    make.held(discussion, in_reply_to=root)
    make.published(discussion, in_reply_to=root)
    make.judged(make.held(discussion, in_reply_to=root), Action.REJECT, "conduct")
    return root


# --- saving ----------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Comment, XtdComment])
def test_saving_a_parent_through_the_base_changes_no_reply_and_no_count(thread, model):
    others = Contribution.objects.exclude(pk=thread.pk).order_by("pk")
    before = list(others.values())
    for _save in range(3):
        model.objects.get(pk=thread.pk).save()
    assert list(others.values()) == before
    assert not Contribution.objects.exclude(nested_count=0).exists()
    assert not Contribution.objects.filter(is_public=True).exists()


def test_saving_a_contribution_that_is_there_is_refused(thread):
    before = rows_of(thread.discussion)
    with pytest.raises(TypeError):
        Contribution.objects.get(pk=thread.pk).save()
    assert rows_of(thread.discussion) == before


def test_stale_copy_cannot_bring_a_withdrawn_text_back(make, thread):
    stale = Contribution.objects.get(pk=thread.pk)
    make.judged(thread, Action.HIDE, "conduct")
    with pytest.raises(TypeError):
        stale.save()
    thread.refresh_from_db()
    assert (thread.state, thread.comment) == (State.HIDDEN, "")


def test_inserting_a_contribution_writes_three_rows_of_its_own(make, thread):
    before = rows_of(thread.discussion)
    with counted() as work:
        reply(make, thread.discussion, thread)
    inserts = [sql for sql in work.statements if sql.startswith("INSERT")]
    updates = [sql for sql in work.statements if sql.startswith("UPDATE")]
    assert [sql.split('"')[1] for sql in inserts if "comment" in sql.split('"')[1]] == [
        "django_comments",
        "django_comments_xtd_xtdcomment",
    ]
    assert [sql.split('"')[1] for sql in updates] == ["goedwerk_forum_discussion"]
    assert rows_of(thread.discussion)[: len(before)] == before


@pytest.mark.parametrize("decision", [Action.HIDE, Action.REJECT, Action.PUBLISH])
def test_decision_on_a_root_changes_the_root_alone(make, thread, decision):
    if decision != Action.HIDE:
        thread = make.judged(thread, Action.HIDE, "conduct")
    others = Contribution.objects.exclude(pk=thread.pk).order_by("pk")
    before = list(others.values())
    make.judged(thread, decision, "" if decision == Action.PUBLISH else "conduct")
    assert list(others.values()) == before


def test_decision_costs_the_same_with_many_replies_as_with_none(make):
    work = []
    for size in (10, 60):
        discussion = make.discussion()
        root = make.crowd(discussion, size)[3]
        by = make.ambassador(discussion)
        with counted() as count:
            make.judged(root, Action.HIDE, "conduct", by=by)
        work.append((count.queries, count.rows))
    assert work[0] == work[1]


def test_count_of_readable_texts_is_right_after_every_kind_of_step(make, thread):
    def shown():
        return Discussion.objects.get(pk=thread.discussion_id).shown_count

    assert shown() == 2
    hidden = make.judged(thread, Action.HIDE, "conduct")
    assert shown() == 1
    make.judged(hidden, Action.REJECT, "conduct")
    assert shown() == 1


# --- orphans ---------------------------------------------------------------------------------


def test_reply_to_what_is_not_there_leaves_nothing(make, thread):
    missing = Contribution(pk=thread.pk + 1000)
    before = rows_of(thread.discussion)
    with pytest.raises(NotFound):
        reply(make, thread.discussion, missing)
    assert rows_of(thread.discussion) == before
    assert Comment.objects.count() == XtdComment.objects.count() == len(before)


def test_reply_to_a_contribution_of_another_discussion_leaves_nothing(make, thread):
    other = make.discussion()
    with pytest.raises(NotFound):
        reply(make, other, thread)
    assert rows_of(other) == []
    assert not OutboxRow.objects.filter(kind="check").exists()


@pytest.mark.parametrize("state", ["held", "hidden", "withdrawn"])
def test_reply_to_what_readers_cannot_read_leaves_nothing(make, state):
    discussion = make.discussion(discussion_policy="all_first")
    parent = make.held(discussion) if state == "held" else make.published(discussion)
    if state != "held":
        Contribution.objects.filter(pk=parent.pk).update(state=state, display=Display.TOMBSTONE)
    with pytest.raises(NotFound):
        reply(make, discussion, parent)
    assert Contribution.objects.count() == 1


def test_deep_reply_is_kept_and_shown_on_the_last_level(make):
    discussion = make.discussion(discussion_policy="all_first")
    parent = make.published(discussion)
    for _level in range(6):
        parent = make.published(discussion, in_reply_to=parent)
    depths = [row.depth for row in Contribution.objects.order_by("pk")]
    assert depths == [0, 1, 2, 2, 2, 2, 2]
    assert max(depths) == LEVELS - 1
    assert parent.level == 6


def test_failure_halfway_leaves_no_part_of_a_contribution(make, monkeypatch):
    def broken(_entries):
        raise IntegrityError

    discussion = make.discussion()
    monkeypatch.setattr(audit, "write", broken)
    with pytest.raises(IntegrityError), transaction.atomic():
        make.contribution(discussion)
    assert not Comment.objects.exists()
    assert not Revision.objects.exists()
    assert not OutboxRow.objects.exists()


def test_database_refuses_a_readable_text_that_was_not_released(make):
    contribution = make.held(make.discussion())
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(display=Display.TEXT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=contribution.pk).update(state="whatever")


# --- deleting --------------------------------------------------------------------------------


def test_deleting_a_page_takes_its_whole_discussion_along(make, thread):
    kept = make.published(make.discussion(discussion_policy="all_first"))
    Page.objects.get(pk=thread.discussion.page_id).delete()
    for model in (Comment, XtdComment, Contribution, Revision, Participant):
        assert model.objects.count() == 1
    assert not Statement.objects.exists()
    assert set(Notice.objects.values_list("contribution", flat=True)) <= {kept.pk}
    assert Discussion.objects.count() == 1


def test_deleting_the_section_above_takes_all_along(thread):
    thread.discussion.page.get_parent().delete()
    assert not Comment.objects.exists()
    assert not Participant.objects.exists()


@pytest.mark.parametrize("model", [Comment, XtdComment, Contribution])
def test_deleting_a_contribution_by_hand_leaves_no_reply_hanging(thread, model):
    model.objects.get(pk=thread.pk).delete()
    for left in (Comment, XtdComment, Contribution, Revision):
        assert not left.objects.exists()


def test_deleted_account_leaves_no_name_address_or_number(make, client):
    discussion = make.discussion(discussion_policy="all_first")
    author = make.user("wieisdit", email="wie@isdit.example", first_name="Wie", last_name="Isdit")
    contribution = make.published(discussion, author)
    account = author.goedwerk_account.uuid
    author.delete()
    page = client.get(discussion.page.url).text
    assert contribution.participant.pseudonym in page
    everything = str(rows_of(discussion)) + str(list(Participant.objects.values()))
    for trace in ("wieisdit", "isdit.example", "Isdit", account.hex, str(account)):
        assert trace not in everything


# --- what the base's tables hold -------------------------------------------------------------


def test_columns_for_persons_stay_empty(thread):
    columns = ["user", "user_name", "user_email", "user_url", "ip_address"]
    rows = set(Comment.objects.values_list(*columns))
    assert rows == {(None, "", "", "", None)}


def test_columns_for_moments_hold_the_day_only(thread):
    moments = {
        timezone.localtime(moment).time()
        for moment in Comment.objects.values_list("submit_date", flat=True)
    }
    assert moments == {datetime.time.min}


def test_base_table_holds_a_text_only_while_readers_see_it(secrets_in_every_state):
    for contribution in Contribution.objects.all():
        assert bool(contribution.comment) == (contribution.display == Display.TEXT)
    assert not Comment.objects.filter(comment__contains="geheim").exists()
    assert not Comment.objects.filter(is_public=True).exists()


def test_pseudonym_is_all_that_readers_see_of_a_person(make, client):
    discussion = make.discussion(discussion_policy="all_first")
    author = make.user("j.devries", first_name="Jantien", last_name="de Vries")
    contribution = make.published(discussion, author)
    page = client.get(discussion.page.url).text
    assert contribution.participant.pseudonym in page
    assert "Jantien" not in page
    assert "devries" not in page


# --- who may read and write ------------------------------------------------------------------


#: What stands in an address that names neither a discussion nor a contribution.
OTHER_KEYS = {
    "mark": "a-mark-that-nobody-has",
    "secret": "a-secret-that-nobody-has",
    "year": timezone.localdate().year,
    "kind": "dialoog",
    "series_id": "a-series-that-nobody-has",
}


def participant_urls(discussion):
    """Every URL of the plugin, for everything that there is."""
    ids = Contribution.objects.values_list("public_id", flat=True)
    keys = [*ids, *(str(pk) for pk in Contribution.objects.values_list("pk", flat=True)[:3])]
    for pattern in urls.urlpatterns:
        name = f"goedwerk_forum:{pattern.name}"
        wanted = list(pattern.pattern.converters)
        if wanted == ["uuid"]:
            for key in (discussion.uuid.hex, str(discussion.uuid), str(discussion.pk)):
                yield reverse(name, args=[key])
        elif wanted == ["public_id"]:
            for key in keys:
                yield reverse(name, args=[key])
        elif wanted == ["public_id", "decision"]:
            for key in keys:
                yield reverse(name, args=[key, "reject"])
        else:
            page = {"key": discussion.page.translation_key, "place": place_of_page(discussion.page)}
            here = {"address": discussion.uuid.hex, "target": discussion.uuid.hex}
            known = OTHER_KEYS | here | page
            yield reverse(name, args=[known[key] for key in wanted])


@pytest.mark.slow
def test_nobody_reads_an_unreleased_text_at_any_url(make, secrets_in_every_state):
    discussion = secrets_in_every_state
    participant = make.user()
    make.participant(discussion, participant)
    for reader in (None, participant):
        client = Client()
        if reader is not None:
            client.force_login(reader)
        for url in participant_urls(discussion):
            response = client.get(url, follow=True)
            assert "geheim" not in response.text, url


def test_no_url_takes_a_number(client, secrets_in_every_state):
    for pk in Contribution.objects.values_list("pk", flat=True):
        for path in (f"/bijdrage/{pk}/", f"/bijdrage/{pk}/reageer/", f"/gesprek/{pk}/schrijf/"):
            assert client.get(path).status_code == 404


def restrict(page, how):
    kinds = {
        "password": PageViewRestriction.PASSWORD,
        "groups": PageViewRestriction.GROUPS,
        "login": PageViewRestriction.LOGIN,
    }
    PageViewRestriction.objects.create(page=page, restriction_type=kinds[how], password="sesam")


def close_off(page, how):
    page = page.specific
    if how == "unpublished":
        page.unpublish()
    elif how == "expired":
        Page.objects.filter(pk=page.pk).update(
            expire_at=timezone.now() - datetime.timedelta(hours=1)
        )
        call_command("publish_scheduled")
    elif how == "above":
        restrict(page.get_parent(), "password")
    else:
        restrict(page, how)


@pytest.mark.parametrize("how", ["password", "groups", "above", "unpublished", "expired"])
def test_restricted_page_hides_and_closes_its_discussion(make, thread, how):
    discussion = thread.discussion
    author = make.user()
    make.participant(discussion, author)
    close_off(discussion.page, how)
    client = Client()
    client.force_login(author)
    before = rows_of(discussion)
    form = {"kind": "ervaring", "text": TEXT, "submission": new_submission()}
    for url in (
        reverse("goedwerk_forum:permalink", args=[thread.public_id]),
        reverse("goedwerk_forum:reply", args=[thread.public_id]),
        reverse("goedwerk_forum:write", args=[discussion.uuid.hex]),
        reverse("goedwerk_forum:join", args=[discussion.uuid.hex]),
    ):
        for response in (client.get(url), client.post(url, form)):
            assert response.status_code == 404, url
            assert make.CALM not in response.text
    assert make.CALM not in client.get(discussion.page.url or "/", follow=True).text
    assert rows_of(discussion) == before


def test_restricted_section_holds_below_an_alias_too(make, thread):
    discussion = thread.discussion
    section = discussion.page.get_parent()
    original = make.root().add_child(instance=Page(title="Besloten", slug="besloten"))
    Page.objects.filter(pk=section.pk).update(alias_of=original)
    restrict(original, "password")
    request = RequestFactory().get("/")
    request.user, request.session = make.user(), {}
    assert not access.is_readable(discussion.page, request)


def test_page_for_who_signs_in_is_readable_for_who_did(make, thread):
    restrict(thread.discussion.page, "login")
    url = reverse("goedwerk_forum:permalink", args=[thread.public_id])
    assert Client().get(url).status_code == 404
    client = Client()
    client.force_login(make.user())
    assert client.get(url).status_code == 302


@pytest.mark.parametrize("how", ["unpublished", "expired"])
def test_page_that_is_not_public_takes_no_writes_by_any_route(make, thread, how):
    discussion = thread.discussion
    author = make.user()
    participant = make.participant(discussion, author)
    close_off(discussion.page, how)
    before = rows_of(discussion)
    with pytest.raises(DiscussionClosed):
        contribute(
            user=author,
            participant=participant,
            discussion=discussion,
            words=Words(TEXT, "ervaring"),
            submission=new_submission(),
        )
    assert rows_of(discussion) == before


def test_page_that_is_a_draft_opens_nothing(make):
    page = make.story(live=False)
    assert not Discussion.objects.filter(page=page).exists()


def test_page_and_specific_page_have_one_discussion(thread):
    page = Page.objects.get(pk=thread.discussion.page_id)
    assert page.specific.discussion == page.goedwerk_discussions.get() == thread.discussion
    assert set(Comment.objects.values_list("content_type", flat=True)) == {
        ContentType.objects.get_for_model(Discussion).pk
    }


def test_right_to_moderate_is_ours_and_not_that_of_the_base(make, thread):
    user = make.user()
    user.user_permissions.set(Permission.objects.filter(codename="can_moderate"))
    assert not access.is_moderator(user)
    assert access.is_moderator(make.ambassador(thread.discussion))


def test_form_sent_twice_is_one_row(make):
    discussion = make.discussion()
    author = make.user()
    participant = make.participant(discussion, author)
    sent = {
        contribute(
            user=author,
            participant=participant,
            discussion=discussion,
            words=Words(TEXT, "ervaring"),
            submission="a" * 32,
        ).pk
        for _twice in range(2)
    }
    assert len(sent) == 1
    assert Comment.objects.count() == Revision.objects.count() == 1


@pytest.mark.slow
def test_no_get_changes_anything(make, secrets_in_every_state):
    discussion = secrets_in_every_state
    list(prepare())  # house rules and labels, as every installed site has
    participant = make.user()
    make.participant(discussion, participant)
    for reader in (None, participant, make.ambassador(discussion)):
        client = Client()
        if reader is not None:
            client.force_login(reader)
        for url in [discussion.page.url, *participant_urls(discussion)]:
            with counted() as work:
                client.get(url)
            assert work.rows == 0, url


def test_nothing_is_mailed_about_a_text(make, drive):
    discussion = make.discussion(discussion_policy="all_first")
    authors = [make.user(email=f"lezer{n}@voorbeeld.example") for n in range(3)]
    parent = make.published(discussion, authors[0])
    for author in authors[1:]:
        make.published(discussion, author, in_reply_to=parent)
    OutboxRow.objects.update(due_at=timezone.now())
    drive()
    assert mail.outbox == []


# --- links -----------------------------------------------------------------------------------


def test_permalink_of_every_readable_contribution_leads_to_it(client, thread):
    for contribution in Contribution.objects.filter(display=Display.TEXT):
        response = client.get(contribution.get_absolute_url(), follow=True)
        assert response.status_code == 200
        assert f'id="b-{contribution.public_id}"' in response.text


@pytest.mark.usefixtures("with_base")
def test_permalink_of_the_base_leads_to_the_dialogue(client, thread):
    url = reverse("comments-url-redirect", args=[thread.content_type_id, thread.discussion_id])
    location = client.get(url).headers["Location"]
    assert location.endswith(f"{thread.discussion.page.url}#dialoog")


def test_404_page_is_not_that_of_the_base(client):
    assert "django_comments" not in str(get_template("404.html").origin)
    response = client.get("/dit-is-er-niet/")
    assert response.status_code == 404
    assert not [
        template.origin
        for template in response.templates
        if "django_comments" in str(template.origin)
    ]


# --- the base package itself -----------------------------------------------------------------


def test_reference_site_has_none_of_the_pages_of_the_base():
    for name in (
        "comments-post-comment",
        "comments-xtd-reply",
        "comments-xtd-confirm",
        "comments-xtd-mute",
        "comments-xtd-api-list",
        "comments-flag",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert "django_comments_xtd" not in str(get_resolver().url_patterns)


@pytest.mark.usefixtures("with_base")
def test_site_that_includes_them_is_warned():
    assert "goedwerk_forum.W003" in [problem.id for problem in base_is_out_of_sight()]


def base_urls(discussion):
    """Every page and API call of the base that shows a comment, for all there are."""
    for pk in Comment.objects.values_list("pk", flat=True):
        for name in ("reply", "flag", "like", "dislike", "delete", "approve"):
            yield f"/comments/{name}/{pk}/"
        for name in ("sent", "posted"):
            yield f"/comments/{name}/?c={pk}"
    kinds = {
        "goedwerk_forum-discussion": [discussion.pk],
        "wagtailcore-page": [discussion.page_id],
        "goedwerk_casestudies-storypage": [discussion.page_id],
        "goedwerk_forum-contribution": [Contribution.objects.first().pk],
    }
    for kind, keys in kinds.items():
        for key in keys:
            yield f"/comments/api/{kind}/{key}/"
            yield f"/comments/api/{kind}/{key}/count/"


@pytest.mark.slow
@pytest.mark.usefixtures("with_base")
def test_base_shows_no_unreleased_text_and_changes_nothing(make, secrets_in_every_state):
    discussion = secrets_in_every_state
    before = rows_of(discussion)
    for reader in (None, make.user(is_superuser=True)):
        client = Client(raise_request_exception=False)
        if reader is not None:
            client.force_login(reader)
        for url in base_urls(discussion):
            for response in (client.get(url), client.post(url)):
                assert "geheim" not in response.text, url
    assert rows_of(discussion) == before
    assert not CommentFlag.objects.exists()
    assert mail.outbox == []


@pytest.mark.usefixtures("with_base")
def test_base_shows_no_person(make):
    discussion = make.discussion(discussion_policy="all_first")
    author = make.user("wieisdit", email="wie@isdit.example", last_name="Isdit")
    make.published(discussion, author)
    client = Client(raise_request_exception=False)
    client.force_login(make.user())
    for url in base_urls(discussion):
        page = client.get(url).text
        for trace in ("wieisdit", "isdit.example", "Isdit"):
            assert trace not in page, url


@pytest.mark.usefixtures("with_base")
def test_every_way_in_of_the_base_is_shut(make, thread):
    client = Client(raise_request_exception=False)
    client.force_login(make.user())
    discussion = thread.discussion
    before = rows_of(discussion)
    for target in (discussion, discussion.page.specific):
        form = get_form()(target)
        data = {name: form[name].value() or "" for name in form.fields} | {
            "name": "Moderator Beroepseer",
            "email": "iemand@voorbeeld.example",
            "comment": TEXT,
            "reply_to": thread.pk,
        }
        assert client.post("/comments/post/", data).status_code in (400, 403)
        sent = client.post("/comments/api/comment/", data, content_type="application/json")
        assert sent.status_code in (400, 403)
    assert rows_of(discussion) == before
    assert Comment.objects.count() == len(before)
    assert mail.outbox == []


def test_nobody_flags_or_likes_a_contribution(make, thread):
    for flag in ("I liked it", CommentFlag.SUGGEST_REMOVAL):
        with pytest.raises(PermissionDenied):
            CommentFlag.objects.create(user=make.user(), comment=thread, flag=flag)
    assert not CommentFlag.objects.exists()


@pytest.mark.usefixtures("with_base")
def test_signed_pickle_confirms_and_mutes_nothing(thread):
    discussion = thread.discussion
    before = rows_of(discussion)
    comment = TmpXtdComment(
        content_type=ContentType.objects.get_for_model(Discussion),
        object_pk=str(discussion.pk),
        comment=TEXT,
        user_email="iemand@voorbeeld.example",
        user_name="",
        followup=True,
        submit_date=timezone.now(),
        is_public=True,
    )
    key = signed.dumps(comment, compress=True, extra_key=base_settings.COMMENTS_XTD_SALT).decode()
    client = Client(raise_request_exception=False)
    for name in ("confirm", "mute"):
        assert TEXT not in client.get(f"/comments/{name}/{key}/").text
    assert rows_of(discussion) == before
    assert Comment.objects.count() == len(before)
    assert mail.outbox == []


TAGS = [
    "{% load comments %}{% get_comment_count for it as n %}{{ n }}",
    "{% load comments %}{% get_comment_list for it as l %}"
    "{% for c in l %}{{ c.comment }}{% endfor %}",
    "{% load comments_xtd %}{% get_xtdcomment_count as n for goedwerk_forum.discussion %}{{ n }}",
    "{% load comments_xtd %}{% get_last_xtdcomments 9 as l for goedwerk_forum.discussion %}"
    "{% for c in l %}{{ c.comment }}{{ c.user_email }}{% endfor %}",
    "{% load comments_xtd %}{% get_xtdcomment_tree for it as t %}"
    "{% for i in t %}{{ i.comment.comment }}{% endfor %}",
]


@pytest.mark.parametrize("source", TAGS)
def test_template_tags_of_the_base_show_nothing_unreleased(
    make, secrets_in_every_state, rf, source
):
    request = rf.get("/")
    request.user = make.user()
    discussion = secrets_in_every_state
    for it in (discussion, discussion.page, discussion.page.specific):
        context = Context({"it": it, "request": request, "user": request.user})
        try:
            shown = Template(source).render(context)
        except Exception as error:
            shown = str(error)
        assert "geheim" not in shown
