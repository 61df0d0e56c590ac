"""The lists of contributions in the admin: order, filters, search, pages, and what they cost."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.models import Contribution, Waiting
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


@pytest.mark.parametrize("rows", [1, 60])
def test_queue_costs_the_same_however_many_wait(
    client, make, discussion, ambassador, rows, django_assert_num_queries
):
    make.participant(discussion, ambassador)
    held_often(make, discussion, rows)
    client.get(QUEUE)
    last = f"{QUEUE}?p={-(-rows // 50)}"
    queries_of(client, django_assert_num_queries, 13, QUEUE)
    queries_of(client, django_assert_num_queries, 13, last)
    narrowed = f"{QUEUE}?discussion={discussion.uuid}&waiting=new&check=newcomer&q=collega"
    queries_of(client, django_assert_num_queries, 14, narrowed)


def test_queue_of_an_editor_who_is_ambassador_too_costs_little_more(
    client, make, discussion, ambassador, django_assert_num_queries
):
    make.participant(discussion, ambassador)
    editors = Group.objects.get(name="Editors")
    ambassador.groups.add(editors)
    make.held(discussion)
    client.get(QUEUE)
    queries_of(client, django_assert_num_queries, 14, QUEUE)


def test_pages_hold_fifty_and_miss_none(client, make, discussion, ambassador):
    held_often(make, discussion, 60)
    first, second = listed(client), listed(client, p=2)
    assert (len(first), len(second)) == (50, 10)
    everything = Contribution.objects.order_by("pk")
    assert first + second == list(everything)


def test_deep_page_skips_keys_not_texts(
    client, make, discussion, ambassador, django_assert_max_num_queries
):
    held_often(make, discussion, 60)
    with django_assert_max_num_queries(20) as captured:
        client.get(f"{QUEUE}?p=2")
    (skipping,) = [query["sql"] for query in captured if "OFFSET 50" in query["sql"]]
    selected = skipping.split(" FROM ")[0]
    assert selected == 'SELECT "goedwerk_forum_contribution"."xtdcomment_ptr_id" AS "pk"'


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
    html = client.get(QUEUE, {"waiting": "new", "p": "1"}).content.decode()
    assert f"{QUEUE}{contribution.public_id}/?waiting=new" in html


def test_hidden_contribution_waits_for_a_second_look(client, make, discussion, ambassador):
    contribution = make.published(discussion)
    decide(
        user=ambassador,
        public_id=contribution.public_id,
        version=contribution.version,
        action=Action.HIDE,
        reason="traceable",
    )
    assert listed(client, waiting=Waiting.SECOND_LOOK) == [contribution]
