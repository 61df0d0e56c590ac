"""Leaving: the account goes, what stays is said before, half-way is no harm."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.templatetags.static import static
from django.urls import reverse

from goedwerk_forum.actions import own
from goedwerk_forum.models import Account, AuditRecord, Contribution, Participant
from goedwerk_forum.transitions import State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def author(make, home):
    who = make.user("otter-merel-4821")
    EmailAddress.objects.create(user=who, email="prive@example.org", verified=True)
    RecoveryCodes.activate(who)
    return who


@pytest.fixture
def two(make, author):
    return [
        make.published(make.discussion(discussion_policy="all_first"), author) for _time in range(2)
    ]


@pytest.fixture
def signed_in(client, make, author):
    make.sign_in_again(client, author)
    return client


def leave(client, **sent):
    return client.post(reverse("account_leave"), sent)


def states():
    return set(Contribution.objects.values_list("state", flat=True))


def is_there(django_user_model):
    return django_user_model.objects.filter(username="otter-merel-4821").exists()


def test_it_says_before_what_goes_and_what_stays(signed_in, two):
    page = signed_in.get(reverse("account_leave")).content.decode()
    for words in (
        "Wat er verdwijnt",
        "Wat er blijft",
        "Wat gebeurt er met je 2 bijdragen?",
        "Dit kan niet terug.",
        "dan valt dat samen op",
    ):
        assert words in page


def test_a_look_removes_nothing(signed_in, two, django_user_model):
    signed_in.get(reverse("account_leave"))
    assert is_there(django_user_model)


def test_without_a_choice_nothing_happens(signed_in, two, django_user_model):
    page = leave(signed_in).content.decode()
    assert "<title>Fout: Haal je account weg" in page
    assert is_there(django_user_model)
    assert states() == {State.PUBLISHED}


def test_she_is_asked_again_first(client, author, two, django_user_model):
    client.force_login(author)
    assert reverse("account_reauthenticate") in leave(client, texts="withdraw").url
    assert is_there(django_user_model)
    assert states() == {State.PUBLISHED}


def test_a_stranger_removes_nothing(client, author, two, django_user_model):
    leave(client, texts="keep")
    assert is_there(django_user_model)


def test_what_she_typed_goes_from_her_device_once_she_is_gone_and_not_before(signed_in, two):
    assert "data-gw-forget" not in signed_in.get(reverse("account_leave")).text
    assert "data-gw-gone" not in leave(signed_in).text
    gone = signed_in.post(reverse("account_leave"), {"texts": "keep"}, follow=True)
    assert "data-gw-gone" in gone.text
    assert f'<script type="module" src="{static("goedwerk_forum/draft.js")}">' in gone.text


def test_her_words_stay_under_their_pseudonym(signed_in, author, two, django_user_model):
    before = list(Participant.objects.order_by("pk").values())
    response = leave(signed_in, texts="keep")
    assert response.url == reverse("account_gone")
    assert "Je account is weg" in signed_in.get(response.url).content.decode()
    assert not is_there(django_user_model)
    assert states() == {State.PUBLISHED}
    assert list(Participant.objects.order_by("pk").values()) == before
    assert not Account.objects.filter(user_id=author.pk).exists()
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert signed_in.get(reverse("account")).status_code == 302


def test_or_are_withdrawn_first(signed_in, two, django_user_model):
    leave(signed_in, texts="withdraw")
    assert states() == {State.WITHDRAWN}
    assert not is_there(django_user_model)


def test_half_way_the_account_is_there_and_the_rest_can_go(
    signed_in, two, django_user_model, monkeypatch
):
    monkeypatch.setattr(own, "AT_ONCE", 1)
    page = leave(signed_in, texts="withdraw").content.decode()
    assert "Er is nog 1 bijdrage over. Je account is er nog." in page
    assert is_there(django_user_model)
    assert states() == {State.PUBLISHED, State.WITHDRAWN}
    leave(signed_in, texts="withdraw")
    assert states() == {State.WITHDRAWN}
    assert not is_there(django_user_model)


def test_broken_off_half_way_it_goes_on_at_the_next_press(
    signed_in, two, django_user_model, monkeypatch
):
    def breaks(**_):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(own, "leave", breaks)
        with pytest.raises(RuntimeError):
            leave(signed_in, texts="withdraw")
    assert is_there(django_user_model)
    leave(signed_in, texts="withdraw")
    assert not is_there(django_user_model)
    assert AuditRecord.objects.filter(action="withdraw").count() == 2


def test_the_record_names_nobody(signed_in, author, two):
    leave(signed_in, texts="keep")
    record = AuditRecord.objects.get(action="leave")
    assert (record.actor, record.object_kind, record.object_id) == ("author", "account", "")


def test_the_last_owner_stays(client, make, home, django_user_model):
    owner = make.user(is_superuser=True)
    make.sign_in_again(client, owner)
    response = leave(client, texts="keep")
    assert response.status_code == 409
    assert "Jij bent de enige beheerder." in response.content.decode()
    assert django_user_model.objects.filter(pk=owner.pk).exists()


def test_an_editor_leaves_and_her_pages_stay(client, make, home):
    editor = make.user(groups=(make.ambassador_group(),))
    home.owner = editor
    home.save()
    home.save_revision(user=editor)
    make.sign_in_again(client, editor)
    assert leave(client, texts="keep").status_code == 302
    home.refresh_from_db()
    assert home.owner is None
    assert home.revisions.get().user is None
