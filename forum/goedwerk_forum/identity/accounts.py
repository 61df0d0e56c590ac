"""Every user has an account row before she needs one.

A row made when somebody first joins a discussion would stand beside her pseudonym: in the next
night's dump both are new, and in PostgreSQL their transaction numbers follow each other.
"""

from __future__ import annotations

import random
import uuid
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection, models, transaction

from ..errors import LastOwner
from ..models import Account, Follow, HarvestQuote
from ..people import Person, key_of


def follow_user(instance: AbstractBaseUser, created: bool, raw: bool = False, **_: Any) -> None:
    """Signal: a new user has an account at once. A fixture brings its own."""
    if created and not raw:
        Account.objects.get_or_create(user_id=instance.pk)


def follow_migrations(**_: Any) -> None:
    """Signal: a site that adds the plugin has users already; one that takes it out has no table."""
    if Account._meta.db_table in connection.introspection.table_names():
        create_missing()


def create_missing() -> int:
    """Accounts for all users without one: of a site that adds the plugin, or made in bulk."""
    without = get_user_model()._default_manager.filter(goedwerk_account__isnull=True)
    ids = list(without.values_list("pk", flat=True))
    random.shuffle(ids)
    Account.objects.bulk_create([Account(user_id=pk) for pk in ids], ignore_conflicts=True)
    return len(ids)


def uuid_made_now(user: Person) -> uuid.UUID:
    """For a user made in bulk: accounts are made for all such users, so that hers says nothing."""
    create_missing()
    return Account.objects.get(user_id=key_of(user)).uuid


def renew(user: Person) -> None:
    """A new identity for ``user``: whatever was made of the old one leads to nobody from now on."""
    create_missing()
    Account.objects.filter(user_id=key_of(user)).update(uuid=uuid.uuid4())
    if hasattr(user, "goedwerk_account"):
        user.goedwerk_account.refresh_from_db()


def remove(user: Person) -> None:
    """Deletes ``user`` and her identity, and nothing on the other side of the wall.

    Raises:
        LastOwner: no other active superuser is left.
    """
    users = get_user_model()._default_manager
    with transaction.atomic():
        if user.is_superuser:
            owners = users.select_for_update().filter(is_superuser=True, is_active=True)
            if not [owner for owner in owners if owner.pk != user.pk]:
                raise LastOwner
        users.filter(pk=key_of(user)).delete()


def described(account: uuid.UUID) -> str:
    """Who an account is, in one line: its login name, its name and its addresses; or that it went.

    Only for the command that two people run after a written order.
    """
    user = get_user_model()._default_manager.filter(goedwerk_account__uuid=account).first()
    if user is None:
        return "The account was removed, or its owner cut all her links: nobody is known by it."
    addresses = {getattr(user, "email", "")}
    if apps.is_installed("allauth.account"):
        found = apps.get_model("account.EmailAddress").objects.filter(user=user)
        addresses |= set(found.values_list("email", flat=True))
    parts = [user.get_username(), user.get_full_name(), *sorted(addresses)]
    return " · ".join(part for part in parts if part)


#: Models of other apps whose rows tell of one sitting, too; added in ``ready``.
ALSO_REWRITTEN: list[type[models.Model]] = []


def forget_order() -> None:
    """Makes the account tables tell nothing of the order in which people came.

    Nor the follows which of them were made in one sitting, nor the words in harvests which of
    them somebody answered about in one.

    PostgreSQL keeps the number of the transaction that wrote a row, and keeps rows in the order
    of writing, in dumps too: all rows are written again in one transaction, then laid in the
    order of their keys. SQLite keeps rows by key, and no such number.

    Rows that the transaction around it wrote wait to be checked, and as long PostgreSQL lays no
    table in order: they are checked first.
    """
    if connection.vendor != "postgresql":
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for model in _rewritten_models():
            table, key = _quoted(model._meta.db_table), _quoted(model._meta.pk.column or "id")
            cursor.execute(f"UPDATE {table} SET {key} = {key}")  # noqa: S608 - names, not values
    connection.check_constraints()
    with connection.cursor() as cursor:
        for model in _rewritten_models():
            cursor.execute(f"CLUSTER {_quoted(model._meta.db_table)} USING {_key_index(model)}")


def _rewritten_models() -> list[type[models.Model]]:
    found: list[type[models.Model]] = [get_user_model(), Account, Follow, HarvestQuote]
    found += ALSO_REWRITTEN
    for name in ("account.EmailAddress", "mfa.Authenticator", "socialaccount.SocialAccount"):
        label = name.partition(".")[0]
        if apps.is_installed(f"allauth.{label}"):
            found.append(apps.get_model(name))
    return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _key_index(model: type[models.Model]) -> str:
    table = model._meta.db_table
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    return _quoted(next(name for name, found in constraints.items() if found["primary_key"]))
