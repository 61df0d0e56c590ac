"""Fills a fresh database; ``python -m live.seed writers`` prints what is in it as JSON.

``writers``: two discussions and people to write in them; ``formats``: a discussion for each
shipped format, with three who take part and a guide; ``world``: one of everything, as the matrix
of who gets in where has it; ``demo``: the demonstration.
"""

from __future__ import annotations

import json
import os
import sys

import django

WRITERS = 10


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "live.settings")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("goedwerk_setup", stdout=sys.stderr)
    contents = {"writers": writers, "formats": formats, "world": world, "demo": demo}
    json.dump(contents[sys.argv[1]](), sys.stdout)


def writers() -> dict:
    from allauth.account.models import EmailAddress

    import factories as make
    from goedwerk_forum.identity import links
    from goedwerk_forum.models import Account
    from goedwerk_forum.outbox.drive import drive

    discussion = make.discussion(title="Het rapport in de la")
    second = make.discussion(title="De sleutel van de buurman")
    ambassador = make.ambassador(discussion, "ambassadeur")
    people = [make.user(f"schrijver{number}") for number in range(WRITERS)]
    for writer in people:
        make.participant(discussion, writer)
    mailed = make.user("gemaild", email="gemaild@example.org")
    links.account_uuid(mailed)
    Account.objects.filter(user=mailed).update(wants_mail=True)
    EmailAddress.objects.create(user=mailed, email=mailed.email, primary=True, verified=True)
    voices = [make.user("kenner"), make.user("kenner2"), make.user("kenner3")]
    texts = [
        "Wij hebben het rapport toen samen hardop voorgelezen in de kantine.",
        "Bij ons hielp het om eerst te vragen wie er last van zou krijgen.",
        "Ik vroeg een maand uitstel en heb die gekregen, zonder gedoe.",
    ]
    roots = [
        make.published(discussion, voice, by=ambassador, text=text).public_id
        for voice, text in zip(voices, texts, strict=True)
    ]
    drive("notices")
    return {
        "password": make.PASSWORD,
        "discussion": discussion.uuid.hex,
        "second": second.uuid.hex,
        "page": discussion.page.url,
        "roots": roots,
        "writers": [writer.username for writer in people],
    }


def formats() -> dict:
    from django.contrib.auth.models import Group

    import asking
    import factories as make
    from goedwerk_forum.models import Discussion, Format, Policy
    from goedwerk_forum.setup import AMBASSADORS, EDITORS
    from goedwerk_site.demo.accounts import let_editors_edit

    team = Group.objects.get(name=AMBASSADORS)
    guide = make.user("begeleider", groups=(team,))
    make.user("redacteur", groups=(Group.objects.get(name=EDITORS),))
    let_editors_edit()
    people = [make.user(f"stem{number}") for number in range(3)]
    found = {}
    for template in Format.objects.order_by("pk"):
        fields = {
            "has_discussion": True,
            "discussion_question": "Wat zou jij doen?",
            "discussion_policy": Policy.AFTER,
            "discussion_guide": guide,
            "discussion_group": team,
            "title": f"Een gesprek: {template.name}",
        }
        is_vote = any(step.task for step in template.steps.all())
        page = asking.statement(**fields) if is_vote else make.story(**fields)
        discussion = Discussion.objects.get(page_id=page.pk)
        for who in people:
            make.participant(discussion, who)
        found[template.name] = {
            "discussion": discussion.uuid.hex,
            "page": page.url,
            "steps": [[step.name, step.is_round, step.task] for step in template.steps.all()],
        }
    return {
        "password": make.PASSWORD,
        "formats": found,
        "people": [who.username for who in people],
        # Three who take part are too few for a picture; these vote and say nothing.
        "voters": [_session(make.user()) for _one in range(7)],
        "assignment": asking.assignment("place", title="Wie telt hier mee?").url,
    }


def _session(who) -> dict[str, str]:
    """The cookies of somebody who is signed in."""
    from django.test import Client

    browser = Client()
    browser.force_login(who)
    return _cookies(browser)


def world() -> dict:
    """Addresses by the place of their row, and the cookies of who is signed in as each role."""
    from matrix.rows import ROWS, address_of
    from matrix.second_steps import half_way, with_second_step
    from matrix.world import World

    made = World()
    found = {
        f"{name} {number}": address_of(name, row, made)
        for name, rows in ROWS.items()
        for number, row in enumerate(rows)
    }
    her, hers = with_second_step()
    found |= {f"{name} 0": address for name, address in hers.items()}
    browsers = made.browsers | {"second_step": her, "half_way": half_way()}
    cookies = {role: _cookies(browser) for role, browser in browsers.items()}
    return {"addresses": found, "cookies": cookies}


def _cookies(browser) -> dict[str, str]:
    return {name: morsel.value for name, morsel in browser.cookies.items()}


def demo() -> dict:
    from django.core.management import call_command

    call_command("goedwerk_demo", stdout=sys.stderr)
    from goedwerk_site.demo.accounts import password

    return {"password": password()}


if __name__ == "__main__":
    main()
