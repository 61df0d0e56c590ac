"""The lists of contributions in the admin: order, filters, search, pages, and what they cost."""

from __future__ import annotations

import itertools

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.models import Contribution, Urgency, Waiting
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db

QUEUE = "/beheer/moderatie/"
EVERYTHING = "/beheer/moderatie/alle/"


@pytest.fixture
def discussion(make):
    return make.discussion(title="Het rapport in de la")


@pytest.fixture
def ambassador(make, discussion, client):
    ambassador = make.ambassador(discussion)
    client.force_login(ambassador)
    return ambassador


def listed(client, url=QUEUE, **parameters):
    """The contributions on a list, in its order."""
    response = client.get(url, parameters)
    assert response.status_code == 200
    return list(response.context["object_list"])


def test_oldest_waits_first(client, make, discussion, ambassador):
    first = make.held(discussion, text="Wij vroegen het gewoon aan de balie, en dat werkte.")
    second = make.held(discussion, text="Ik wachtte een week voordat ik er iets over zei.")
    assert listed(client) == [first, second]


def test_row_tells_what_waits_where_by_whom_and_what_was_found(
    client, make, discussion, ambassador
):
    contribution = make.held(discussion, text="Jij bent een sukkel, dat je het niet zag.")
    html = client.get(QUEUE).content.decode()
    for expected in (
        "nieuwe bijdrage",
        "Het rapport in de la",
        contribution.participant.pseudonym,
        "Jij bent een sukkel",
        "Woorden die mensen raken",
        "Nieuwkomer",
    ):
        assert expected in html


def test_list_names_no_account_token_or_key_of_a_row(client, make, discussion, ambassador):
    author = make.user("een-echte-naam")
    contribution = make.held(discussion, author)
    for url in (QUEUE, EVERYTHING, f"{QUEUE}{contribution.public_id}/"):
        html = client.get(url).content.decode()
        for secret in (
            "een-echte-naam",
            contribution.participant.token,
            contribution.participant.sealed_account,
            author.goedwerk_account.uuid.hex,
        ):
            assert secret not in html


def test_filters_narrow_the_queue(client, make, discussion, ambassador, drive):
    other = make.discussion(discussion_group=discussion.group)
    hurtful = make.held(discussion, text="Jij bent een sukkel, dat je het niet zag.")
    elsewhere = make.held(other)
    edited = make.published(discussion, text="Wij belden de burger eerst op en hoorden toen meer.")
    words = Words("Ik schreef het later toch op, en gaf het aan mijn chef.", "vraag")
    send_again(contribution=edited, version=edited.version, words=words)
    drive()
    assert listed(client) == [hurtful, elsewhere, edited]
    assert listed(client, discussion=other.uuid) == [elsewhere]
    assert listed(client, waiting=Waiting.EDIT) == [edited]
    assert listed(client, check="conduct") == [hurtful]
    assert listed(client, check="links") == []
    results = reverse("goedwerk_moderation:index_results")
    assert listed(client, results, waiting=Waiting.NEW) == [hurtful, elsewhere]


def test_discussion_of_others_cannot_be_filtered_on(client, make, discussion, ambassador):
    mine = make.held(discussion)
    foreign = make.discussion(title="Van een ander")
    make.held(foreign)
    assert listed(client, discussion=foreign.uuid) == [mine]
    assert "Van een ander" not in client.get(QUEUE).content.decode()


def test_search_reads_pseudonyms_and_the_text_that_waits(
    client, make, discussion, ambassador, drive
):
    contribution = make.published(
        discussion, text="Ik liep eerst zelf naar het loket en stelde daar een vraag."
    )
    words = Words("Bij nader inzien was een telefoontje beter geweest.", "ervaring")
    send_again(contribution=contribution, version=contribution.version, words=words)
    drive()
    other = make.held(discussion)
    assert listed(client, q="TELEFOONTJE") == [contribution]
    assert listed(client, q="loket") == [contribution]
    assert listed(client, q=other.participant.pseudonym) == [other]
    assert listed(client, q="komt nergens voor") == []


def test_published_contributions_are_found_to_be_hidden(client, make, discussion, ambassador):
    published = make.published(discussion)
    waiting = make.held(discussion, text="Ik wachtte een week voordat ik er iets over zei.")
    assert listed(client) == [waiting]
    assert listed(client, EVERYTHING) == [waiting, published]
    assert listed(client, EVERYTHING, state="published") == [published]


def test_what_software_still_reads_or_the_author_erased_is_on_no_list(
    client, make, discussion, ambassador
):
    withdraw(contribution=make.published(discussion))
    make.contribution(discussion)
    assert listed(client) == []
    assert listed(client, EVERYTHING) == []


def test_empty_queue_says_thank_you(client, make, discussion, ambassador):
    make.published(discussion)
    assert "Er wacht niemand op je" in client.get(QUEUE).content.decode()
    assert "Niets gevonden" in client.get(QUEUE, {"q": "onvindbaar"}).content.decode()


def test_without_a_discussion_the_list_says_who_grants_one(client, make):
    client.force_login(make.user(groups=(make.ambassador_group(),)))
    assert "nog geen dialoog aan jou toegewezen" in client.get(QUEUE).content.decode()


def held_often(make, discussion, number):
    """Contributions that wait, made as rows: their number is what matters here."""
    first = make.held(discussion)
    revision = first.revisions.get()
    for position in range(2, number + 1):
        contribution = Contribution.objects.get(pk=first.pk)
        contribution.pk = contribution.id = contribution.comment_ptr_id = None
        contribution.xtdcomment_ptr_id = None
        contribution._state.adding = True
        contribution.public_id = f"{position:020x}"
        contribution.path = f"{position:08d}"
        contribution.submission = f"sent-{position}"
        contribution.save(force_insert=True)
        revision.pk, revision.contribution = None, contribution
        revision._state.adding = True
        revision.save(force_insert=True)


def queries_of(client, django_assert_num_queries, number, url):
    with django_assert_num_queries(number):
        response = client.get(url)
    assert response.status_code == 200


#: The queue, whatever waits in it: who she is (4), her discussions, themes, keys, rows, her views,
#: the rota, and what Wagtail asks around each page (4).
QUERIES = 14


@pytest.mark.parametrize("rows", [1, 60])
def test_queue_costs_the_same_however_many_wait(
    client, make, discussion, ambassador, rows, django_assert_num_queries
):
    make.participant(discussion, ambassador)
    held_often(make, discussion, rows)
    client.get(QUEUE)
    queries_of(client, django_assert_num_queries, QUERIES, QUEUE)
    narrowed = f"{QUEUE}?discussion={discussion.uuid}&waiting=new&check=newcomer&q=collega"
    queries_of(client, django_assert_num_queries, QUERIES + 1, narrowed)


def test_deep_page_costs_no_more_than_the_first(
    client, make, discussion, ambassador, django_assert_num_queries
):
    held_often(make, discussion, 120)
    rows = Contribution.objects.order_by("pk")
    client.get(QUEUE)
    for parameters in (f"na=0.{rows[30].public_id}", f"tot=2.{rows[90].public_id}", "einde=1"):
        queries_of(client, django_assert_num_queries, QUERIES, f"{QUEUE}?{parameters}")


def test_queue_of_an_editor_who_is_ambassador_too_costs_little_more(
    client, make, discussion, ambassador, django_assert_num_queries
):
    make.participant(discussion, ambassador)
    editors = Group.objects.get(name="Editors")
    ambassador.groups.add(editors)
    make.held(discussion)
    client.get(QUEUE)
    queries_of(client, django_assert_num_queries, QUERIES + 1, QUEUE)


def joined(pages):
    return list(itertools.chain.from_iterable(pages))


def walked(client, direction="next", url=QUEUE):
    """The pages of a list from ``url`` on, by the link that each has."""
    pages = []
    while True:
        page = client.get(url).context["page_obj"]
        pages.append(list(page.object_list))
        if not (further := getattr(page, direction)):
            return pages
        url = QUEUE + further


def test_pages_hold_fifty_and_miss_none(client, make, discussion, ambassador):
    held_often(make, discussion, 120)
    forwards = walked(client)
    assert [len(page) for page in forwards] == [50, 50, 20]
    assert joined(forwards) == list(Contribution.objects.order_by("pk"))
    backwards = walked(client, "previous", f"{QUEUE}?einde=1")
    assert [len(page) for page in backwards] == [50, 50, 20]
    assert joined(reversed(backwards)) == joined(forwards)


def test_urgent_ones_come_first_across_pages(client, make, discussion, ambassador):
    held_often(make, discussion, 120)
    rows = list(Contribution.objects.order_by("pk"))
    raised, urgent = rows[10:70], rows[80:85]
    Contribution.objects.filter(pk__in=[row.pk for row in raised]).update(urgency=Urgency.RAISED)
    Contribution.objects.filter(pk__in=[row.pk for row in urgent]).update(urgency=Urgency.URGENT)
    in_turn = [*urgent, *raised, *rows[:10], *rows[70:80], *rows[85:]]
    assert joined(walked(client)) == in_turn
    assert joined(reversed(walked(client, "previous", f"{QUEUE}?einde=1"))) == in_turn


def test_page_goes_on_where_the_last_one_was_decided_meanwhile(
    client, make, discussion, ambassador
):
    held_often(make, discussion, 60)
    page = client.get(QUEUE).context["page_obj"]
    last = page.object_list[-1]
    Contribution.objects.filter(pk=last.pk).update(waiting=None, state="published")
    assert len(client.get(QUEUE + page.next).context["object_list"]) == 10


@pytest.mark.parametrize("cursor", ["1.bestaat-niet", "9.x", "x", "0.", "0.%00"])
def test_cursor_that_names_nothing_breaks_nothing(client, make, discussion, ambassador, cursor):
    make.held(discussion)
    assert client.get(f"{QUEUE}?na={cursor}").status_code == 200
    assert client.get(f"{QUEUE}?tot={cursor}").status_code == 200


def test_no_address_of_a_page_holds_a_primary_key(client, make, discussion, ambassador):
    held_often(make, discussion, 60)
    page = client.get(QUEUE).context["page_obj"]
    assert page.next == f"?na=0.{page.object_list[-1].public_id}"


def test_badge_counts_what_she_may_judge(client, make, discussion, ambassador):
    make.held(discussion)
    make.held(discussion, ambassador, text="Ik wachtte een week voordat ik er iets over zei.")
    make.held(make.discussion())
    assert '"data-gw-waiting": "1"' in client.get("/beheer/account/").content.decode()


def test_nothing_waiting_shows_no_badge(client, discussion, ambassador):
    html = client.get("/beheer/account/").content.decode()
    assert QUEUE in html
    assert "data-gw-waiting" not in html


def test_menu_is_not_for_others(client, make, discussion):
    client.force_login(make.user(is_superuser=True))
    assert "data-gw-waiting" not in client.get("/beheer/account/").content.decode()
    group = make.ambassador_group()
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(make.user(groups=(group,)))
    assert QUEUE not in client.get("/beheer/account/").content.decode()


def test_links_to_a_case_keep_the_filters(client, make, discussion, ambassador):
    contribution = make.held(discussion)
    html = client.get(QUEUE, {"waiting": "new", "einde": "1"}).content.decode()
    assert f"{QUEUE}{contribution.public_id}/?waiting=new" in html


def test_hidden_contribution_waits_for_a_second_look(client, make, discussion, ambassador):
    contribution = make.published(discussion)
    decide(
        user=ambassador,
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.HIDE,
        reason="traceable",
        words="Dit raakt mensen.",
    )
    assert listed(client, waiting=Waiting.SECOND_LOOK) == [contribution]
