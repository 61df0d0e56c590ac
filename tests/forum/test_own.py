"""All that is hers: seen, taken along, taken back, let go of; by her alone."""

from __future__ import annotations

import datetime
import io
import json
import zipfile

import pytest
from django.db import connection
from django.urls import reverse

from counting import counted
from goedwerk_forum import access, belongings
from goedwerk_forum.actions import own
from goedwerk_forum.actions.contributions import Words, send_again
from goedwerk_forum.errors import GuideOfThis, LastOwner, NotFound, StaleDecision
from goedwerk_forum.identity import links
from goedwerk_forum.models import Account, AuditRecord, Contribution, Participant, Revision
from goedwerk_forum.own_file import everything, streamed
from goedwerk_forum.transitions import Action, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ACTS = ["own_download", "own_erase", "own_cut"]


@pytest.fixture
def author(make):
    return make.user("schrijfster")


@pytest.fixture
def two(make, author):
    """Two published contributions of one author, in two discussions."""
    return [
        make.published(make.discussion(discussion_policy="all_first"), author) for _time in range(2)
    ]


@pytest.fixture
def signed_in(client, make, author):
    make.sign_in_again(client, author)
    return client


def url(name, *discussions):
    return reverse(f"goedwerk_forum:{name}", args=[one.uuid.hex for one in discussions])


def state_of(contribution):
    return Contribution.objects.get(pk=contribution.pk).state


def link_of(contribution):
    row = Participant.objects.get(pk=contribution.participant_id)
    return row.token, row.sealed_account


def unpacked(response):
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


class TestWhoMay:
    @pytest.mark.parametrize("name", ["own_data", *ACTS])
    def test_a_stranger_signs_in_first(self, client, two, name):
        response = client.post(url(name)) if name in ACTS else client.get(url(name))
        assert response.status_code == 302
        assert "/account/inloggen/" in response.url
        assert {state_of(one) for one in two} == {State.PUBLISHED}

    @pytest.mark.parametrize("name", ACTS)
    def test_she_is_asked_again_who_she_is(self, client, author, two, name):
        client.force_login(author)
        before = Account.objects.get(user=author).uuid
        for response in (client.get(url(name)), client.post(url(name))):
            assert response.status_code == 302
            assert "/account/opnieuw/" in response.url
        assert {state_of(one) for one in two} == {State.PUBLISHED}
        assert Account.objects.get(user=author).uuid == before
        assert all(all(link_of(one)) for one in two)

    @pytest.mark.parametrize("name", ["own_erase_here", "own_cut_here"])
    def test_somebody_elses_discussion_is_not_there(self, signed_in, make, name):
        other = make.published(make.discussion(discussion_policy="all_first"))
        assert signed_in.post(url(name, other.discussion)).status_code == 404
        assert state_of(other) == State.PUBLISHED
        assert all(link_of(other))

    @pytest.mark.parametrize("name", ["own_data", *ACTS])
    def test_no_cache_keeps_it(self, signed_in, two, name):
        assert "no-store" in signed_in.get(url(name)).headers["Cache-Control"]

    @pytest.mark.parametrize("name", ["own_erase", "own_cut"])
    def test_a_look_does_nothing(self, signed_in, author, two, name):
        page = signed_in.get(url(name)).content.decode()
        assert "Wat er gebeurt" in page
        assert "Wat er blijft" in page
        assert {state_of(one) for one in two} == {State.PUBLISHED}
        assert access.own_contributions(author).count() == 2

    @pytest.mark.parametrize("name", ["own_erase_here", "own_cut_here"])
    def test_what_is_no_discussion_is_not_there(self, signed_in, name):
        address = (
            url("own_data") + {"own_erase_here": "trek-in/x/", "own_cut_here": "verbreek/x/"}[name]
        )
        assert signed_in.get(address).status_code == 404


class TestSeeing:
    def test_it_lists_her_pseudonyms_and_nobody_elses(self, signed_in, make, two):
        other = make.published(two[0].discussion)
        page = signed_in.get(url("own_data")).content.decode()
        for one in two:
            assert one.participant.pseudonym in page
        assert other.participant.pseudonym not in page

    @pytest.mark.parametrize("name", ["own_data", "own_erase", "own_cut"])
    def test_it_costs_the_same_with_one_and_with_many(self, client, make, monkeypatch, name):
        monkeypatch.setattr(belongings, "SOURCES", {})
        work = []
        for many in (1, 5):
            who = make.user()
            for _number in range(many):
                make.published(make.discussion(discussion_policy="all_first"), who)
            make.sign_in_again(client, who)
            client.get(url(name))
            with counted() as counts:
                assert client.get(url(name)).status_code == 200
            work.append((counts.queries, counts.rows))
        assert work[0] == work[1] == (QUERIES[name], 0)


#: Of each page with nobody's things of other apps beside it; being asked again costs three, and
#: saying when the link is cut one, and finding her circles two.
QUERIES = {"own_data": 12, "own_erase": 8, "own_cut": 13}


class TestTakingAlong:
    def test_the_file_holds_all_her_versions_and_nobody_elses_words(self, signed_in, make, author):
        discussion = make.discussion(discussion_policy="all_first")
        other = make.published(
            discussion, text="Dit schreef een ander, en dat blijft van een ander."
        )
        mine = make.published(discussion, author, text="De eerste tekst die ik hier opschreef.")
        mine.refresh_from_db()
        send_again(
            contribution=mine,
            version=mine.version,
            words=Words("De tweede tekst, die beter zegt wat ik bedoelde.", "vraag"),
        )
        files = unpacked(signed_in.post(url("own_download")))
        content = json.loads(files["alles.json"])
        versions = content["discussions"][0]["contributions"][0]["versions"]
        assert [version["text"][:9] for version in versions] == ["De eerste", "De tweede"]
        assert content["discussions"][0]["pseudonym"] == mine.participant.pseudonym
        assert content["discussions"][0]["notices"]
        for text in files.values():
            assert "De eerste tekst" in text
            assert "schreef een ander" not in text
            assert other.participant.pseudonym not in text

    def test_statements_are_in_it(self, signed_in, make, author):
        returned = make.held(make.discussion(discussion_policy="all_first"), author)
        make.judged(returned, Action.RETURN, "conduct")
        files = unpacked(signed_in.post(url("own_download")))
        (told,) = json.loads(files["alles.json"])["discussions"][0]["contributions"][0][
            "statements"
        ]
        assert told["reason"] == "De toon raakt mensen"
        assert told["decided_by_software"] is False
        assert "De toon raakt mensen" in files["alles.html"]

    def test_it_names_no_account(self, signed_in, author, two):
        author.email = "prive@example.org"
        author.save()
        account = Account.objects.get(user=author)
        for text in unpacked(signed_in.post(url("own_download"))).values():
            for word in (author.username, author.email, str(account.uuid), account.uuid.hex):
                assert word not in text
            assert str(account.pk) not in text
            assert str(author.pk) not in text

    def test_it_is_streamed_and_kept_nowhere(self, signed_in, two):
        with counted() as work:
            response = signed_in.post(url("own_download"))
            assert response.streaming
            unpacked(response)
        assert work.rows == 0
        assert "no-store" in response.headers["Cache-Control"]

    def test_what_another_app_brings_is_in_it(self, signed_in, author, monkeypatch):
        thing = belongings.Thing(
            "Een verhaal", "Concept", datetime.date(2026, 5, 4), [("Wat gebeurde er?", "Dit.")]
        )
        source = belongings.Source(
            "x", "Inzendingen", "goedwerk_forum:mine", "", lambda who: [thing]
        )
        monkeypatch.setattr(belongings, "SOURCES", {"x": source})
        files = unpacked(signed_in.post(url("own_download")))
        assert json.loads(files["alles.json"])["other"][0]["things"][0]["texts"] == [
            {"heading": "Wat gebeurde er?", "text": "Dit."}
        ]
        assert "Wat gebeurde er?" in files["alles.html"]
        assert "Een verhaal" in signed_in.get(url("own_data")).content.decode()

    def test_markup_in_a_text_stays_text(self, make, author):
        make.published(
            make.discussion(discussion_policy="all_first"),
            author,
            text="<b>vet</b> en <i>schuin</i> zo",
        )
        data = b"".join(streamed(everything(author)))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert "&lt;b&gt;vet" in archive.read("alles.html").decode()

    def test_it_costs_the_same_with_one_and_with_many(self, make):
        work = []
        for many in (1, 5):
            who = make.user()
            for _number in range(many):
                make.published(make.discussion(discussion_policy="all_first"), who)
            everything(who)
            with counted() as counts:
                everything(who)
            work.append(counts.queries)
        assert work[0] == work[1]

    def test_a_withdrawn_text_is_not_in_it(self, signed_in, author, two):
        own.withdraw_all(user=author)
        content = json.loads(unpacked(signed_in.post(url("own_download")))["alles.json"])
        versions = [c["versions"] for d in content["discussions"] for c in d["contributions"]]
        assert {version["text"] for all_of_one in versions for version in all_of_one} == {""}


class TestTakingBack:
    def test_everything_goes_and_answers_stay(self, signed_in, make, author, two):
        two[0].refresh_from_db()
        make.published(two[0].discussion, in_reply_to=two[0])
        response = signed_in.post(url("own_erase"))
        assert response.status_code == 302
        assert "zijn ingetrokken" in signed_in.get(response.url).content.decode()
        assert {state_of(one) for one in two} == {State.WITHDRAWN}
        assert set(
            Revision.objects.filter(contribution__in=two).values_list("text", flat=True)
        ) == {""}
        assert Contribution.objects.filter(state=State.PUBLISHED).count() == 1
        assert access.own_participants(author).count() == 2

    def test_in_one_discussion_only(self, signed_in, two):
        signed_in.post(url("own_erase_here", two[0].discussion))
        assert [state_of(one) for one in two] == [State.WITHDRAWN, State.PUBLISHED]

    def test_nobody_elses_goes_along(self, signed_in, make, two):
        other = make.published(two[0].discussion)
        signed_in.post(url("own_erase"))
        assert state_of(other) == State.PUBLISHED

    def test_it_goes_on_where_it_broke_off(self, signed_in, two, monkeypatch):
        monkeypatch.setattr(own, "AT_ONCE", 1)
        page = signed_in.post(url("own_erase")).content.decode()
        assert "Er is nog 1 bijdrage over" in page
        assert sorted(state_of(one) for one in two) == [State.PUBLISHED, State.WITHDRAWN]
        assert signed_in.post(url("own_erase")).status_code == 302
        assert {state_of(one) for one in two} == {State.WITHDRAWN}

    def test_pressed_twice_it_is_done_once(self, signed_in, two):
        signed_in.post(url("own_erase"))
        assert signed_in.post(url("own_erase")).status_code == 302
        assert AuditRecord.objects.filter(action=Action.WITHDRAW).count() == 2

    def test_a_decision_at_the_same_moment_does_not_stop_it(self, author, two, monkeypatch):
        from goedwerk_forum.actions.contributions import withdraw

        refused = iter([StaleDecision()])

        def sometimes(*, contribution):
            if error := next(refused, None):
                raise error
            return withdraw(contribution=contribution)

        monkeypatch.setattr(own, "withdraw", sometimes)
        assert own.withdraw_all(user=author) == 0

    def test_each_in_a_transaction_of_its_own_in_no_order(self, author, two, monkeypatch):
        seen = []

        class Backwards:
            def shuffle(self, rows):
                rows.sort(reverse=True)

        def watched(*, contribution):
            seen.append((contribution.pk, len(connection.savepoint_ids)))
            return contribution

        monkeypatch.setattr(own.secrets, "SystemRandom", Backwards)
        monkeypatch.setattr(own, "withdraw", watched)
        depth = len(connection.savepoint_ids)
        own.withdraw_all(user=author)
        assert seen == [(pk, depth) for pk in sorted((one.pk for one in two), reverse=True)]

    def test_it_says_what_days_tell(self, signed_in, two):
        assert "op dezelfde dag verdwijnen" in signed_in.get(url("own_erase")).content.decode()
        here = signed_in.get(url("own_erase_here", two[0].discussion)).content.decode()
        assert "op dezelfde dag verdwijnen" not in here


class TestLettingGoHere:
    def test_the_link_is_null_and_the_text_stays(self, signed_in, author, two):
        response = signed_in.post(url("own_cut_here", two[0].discussion))
        assert "De band is verbroken" in signed_in.get(response.url).content.decode()
        assert link_of(two[0]) == (None, None)
        assert all(link_of(two[1]))
        assert state_of(two[0]) == State.PUBLISHED
        assert [one.pk for one in access.own_contributions(author)] == [two[1].pk]

    def test_afterwards_she_can_do_nothing_with_it(self, signed_in, two):
        signed_in.post(url("own_cut_here", two[0].discussion))
        for name in ("own", "edit", "withdraw"):
            address = reverse(f"goedwerk_forum:{name}", args=[two[0].public_id])
            assert signed_in.get(address).status_code == 404
            assert signed_in.post(address).status_code in (404, 405)
        assert state_of(two[0]) == State.PUBLISHED

    def test_pressed_twice_it_is_gone(self, signed_in, author, two):
        signed_in.post(url("own_cut_here", two[0].discussion))
        assert signed_in.post(url("own_cut_here", two[0].discussion)).status_code == 404
        with pytest.raises(NotFound):
            own.cut_link(user=author, discussion=two[0].discussion)
        assert AuditRecord.objects.filter(action="cut").count() == 1

    def test_the_record_names_the_discussion_and_nobody(self, author, two):
        own.cut_link(user=author, discussion=two[0].discussion)
        record = AuditRecord.objects.get(action="cut")
        assert (record.actor, record.object_id) == ("author", two[0].discussion.uuid.hex)

    def test_an_ambassador_keeps_the_link_that_keeps_her_from_judging_herself(self, client, make):
        discussion = make.discussion(discussion_policy="all_first")
        who = make.ambassador(discussion)
        mine = make.contribution(discussion, who)
        make.sign_in_again(client, who)
        for address in (url("own_cut"), url("own_cut_here", discussion)):
            response = client.post(address)
            assert response.status_code == 409
            assert "Je bent ambassadeur van deze dialoog" in response.content.decode()
        assert all(link_of(mine))
        assert access.own_contributions(who).count() == 1
        with pytest.raises(GuideOfThis):
            own.cut_all_links(user=who)
        assert not AuditRecord.objects.filter(action__startswith="cut").exists()

    def test_she_hears_before_what_is_still_undecided(self, signed_in, make, author):
        held = make.held(make.discussion(discussion_policy="all_first"), author)
        page = signed_in.get(url("own_cut_here", held.discussion)).content.decode()
        assert "Over 1 bijdrage is nog niet besloten." in page


class TestLettingGoOfAll:
    def test_nothing_leads_to_her_any_more(self, signed_in, author, two):
        old = Account.objects.get(user=author).uuid
        response = signed_in.post(url("own_cut"))
        assert "De band is verbroken" in signed_in.get(response.url).content.decode()
        now = type(author).objects.get(pk=author.pk)
        assert access.own_contributions(now).count() == 0
        assert access.own_participants(now).count() == 0
        assert not Account.objects.filter(uuid=old).exists()
        assert {state_of(one) for one in two} == {State.PUBLISHED}

    def test_a_dump_before_and_after_differs_in_nothing_that_she_wrote(self, author, two):
        def rows():
            return [
                list(model.objects.order_by("pk").values())
                for model in (Participant, Contribution, Revision)
            ]

        before = rows()
        own.cut_all_links(user=author)
        assert rows() == before

    def test_with_all_keys_a_seal_leads_to_nobody(self, author, two):
        own.cut_all_links(user=author)
        opened = {links.unseal(link_of(one)[1]) for one in two}
        assert not Account.objects.filter(uuid__in=opened).exists()

    def test_she_can_take_part_again_as_somebody_new(self, make, author, two):
        own.cut_all_links(user=author)
        again = make.participant(two[0].discussion, author)
        assert again.pk != two[0].participant_id

    def test_another_apps_things_are_named_before(self, signed_in, two, monkeypatch):
        thing = belongings.Thing("Een verhaal", "Concept")
        source = belongings.Source(
            "x",
            "Inzendingen",
            "goedwerk_forum:mine",
            "Je antwoordt niet meer.",
            lambda who: [thing],
        )
        monkeypatch.setattr(belongings, "SOURCES", {"x": source})
        assert "Je antwoordt niet meer." in signed_in.get(url("own_cut")).content.decode()

    def test_the_record_names_nobody(self, author, two):
        own.cut_all_links(user=author)
        record = AuditRecord.objects.get(action="cut_all")
        assert (record.actor, record.object_kind, record.object_id) == ("author", "account", "")


class TestLeaving:
    def test_the_account_goes_and_her_words_stay(self, author, two, django_user_model):
        own.leave(user=author)
        assert not django_user_model.objects.filter(username="schrijfster").exists()
        assert not Account.objects.filter(user_id=author.pk).exists()
        assert {state_of(one) for one in two} == {State.PUBLISHED}
        assert AuditRecord.objects.get(action="leave").object_id == ""

    def test_the_last_owner_stays(self, make, django_user_model):
        owner = make.user(is_superuser=True)
        with pytest.raises(LastOwner):
            own.leave(user=owner)
        assert django_user_model.objects.filter(pk=owner.pk).exists()
        assert not AuditRecord.objects.filter(action="leave").exists()
        make.user(is_superuser=True)
        own.leave(user=owner)
        assert not django_user_model.objects.filter(pk=owner.pk).exists()
