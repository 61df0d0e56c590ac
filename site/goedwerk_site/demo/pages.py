"""Pages of the demonstration, from the TOML files in ``content/``."""

from __future__ import annotations

import datetime
import tomllib
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.html import escape
from django.utils.text import slugify
from wagtail.models import Page, Site

from goedwerk_casestudies.actions.clearance import sign
from goedwerk_casestudies.models import CaseStudyIndexPage, DilemmaPage, StoryPage, Theme
from goedwerk_forum.setup import AMBASSADORS
from goedwerk_site.accounts.models import User
from goedwerk_site.home.models import Brand, HomePage, TextPage

CONTENT = Path(__file__).parent / "content"


def content() -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """(the site, its stories and dilemmas in file order)."""
    site = tomllib.loads((CONTENT / "site.toml").read_text(encoding="utf-8"))
    files = sorted(path for path in CONTENT.glob("*.toml") if path.name != "site.toml")
    return site, [tomllib.loads(path.read_text(encoding="utf-8")) for path in files]


def paragraphs(text: str) -> str:
    """Plain paragraphs, with ``## `` headings and ``- `` lists, as rich text."""
    html = []
    for block in text.strip().split("\n\n"):
        block = block.strip()
        if block.startswith("## "):
            html.append(f"<h2>{escape(block[3:])}</h2>")
        elif block.startswith("- "):
            items = "".join(f"<li>{escape(line[2:])}</li>" for line in block.splitlines())
            html.append(f"<ul>{items}</ul>")
        elif block:
            html.append(f"<p>{escape(' '.join(block.split()))}</p>")
    return "".join(html)


def days_ago(days: int) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=days)


def make_site(site: dict[str, Any]) -> HomePage:
    """The home page in the place of Wagtail's welcome page, with its text pages and overviews."""
    wagtail_root = Page.objects.get(depth=1)
    home = wagtail_root.add_child(
        instance=HomePage(
            title=site["home"]["title"],
            slug="voorpagina",
            lead=site["home"]["lead"],
            week_lead=site["home"]["week_question_lead"],
        )
    )
    default = Site.objects.get(is_default_site=True)
    welcome = default.root_page
    default.root_page, default.site_name = home, "Goed Werk"
    default.save()
    welcome.delete()
    for title, slug, lead in [
        ("Verhalen", "verhalen", "Wat collega’s meemaakten, wat zij afwogen en wat zij deden."),
        ("Dilemma’s", "dilemmas", "Situaties zonder regel die het oplost. Wat zou jij doen?"),
    ]:
        home.add_child(
            instance=CaseStudyIndexPage(title=title, slug=slug, lead=lead, show_in_menus=True)
        )
    for page in site["pages"]:
        home.add_child(
            instance=TextPage(
                title=page["title"],
                slug=page["slug"],
                lead=page.get("lead", ""),
                body=paragraphs(page["body"]),
                show_in_menus=page["slug"] == "over-de-methode",
            )
        )
    make_brand(default, home)
    for theme in site["themes"]:
        Theme.objects.create(
            slug=theme["slug"],
            name=theme["title"],
            question=theme.get("question", ""),
            description=theme.get("description", ""),
        )
    return home


def make_brand(site: Site, home: HomePage) -> None:
    """The statements in the foot, and where one may write to; the name and the look stay ours."""
    pages = {page.slug: page for page in home.get_children()}
    Brand.objects.create(
        site=site,
        contact_mail="redactie@goedwerk.example",
        house_rules_page=pages["huisregels"],
        privacy_page=pages["zo-beschermen-we-je-naam"],
        accessibility_page=pages["toegankelijkheid"],
    )


def make_page(item: dict[str, Any], accounts: dict[str, User]) -> StoryPage | DilemmaPage:
    """One story or dilemma with its discussion: written by one editor, signed by another, live.

    What is ``waiting`` stops at the second editor.
    """
    page = new_page(item, accounts["ambassadeur"])
    slug = "verhalen" if item["type"] == "story" else "dilemmas"
    page.owner = accounts["redacteur"]
    CaseStudyIndexPage.objects.get(slug=slug).add_child(instance=page)
    page.themes.set(Theme.objects.filter(slug__in=item["themes"]))
    revision = page.save_revision(user=accounts["redacteur"])
    if item.get("state") == "waiting":
        page.get_workflow().start(page, accounts["redacteur"])
        return page
    sign(revision, by=accounts["redacteur2"])
    revision.publish()
    published = timezone.now() - datetime.timedelta(days=item["published_days_ago"])
    Page.objects.filter(pk=page.pk).update(
        first_published_at=published, last_published_at=published
    )
    page.refresh_from_db()
    return page


def new_page(item: dict[str, Any], guide: User | None = None) -> StoryPage | DilemmaPage:
    """The page that an item describes, as a draft that stands nowhere yet."""
    fields = _shared(item, guide)
    if item["type"] == "story":
        return StoryPage(
            **fields, **{name: paragraphs(text) for name, text in item["story"].items()}
        )
    dilemma = item["dilemma"]
    return DilemmaPage(
        **fields,
        situation=paragraphs(dilemma["situation"]),
        conflict=paragraphs(dilemma["conflict"]),
        question=dilemma["question"],
        options=[("option", option) for option in dilemma["options"]],
    )


def _shared(item: dict[str, Any], guide: User | None) -> dict[str, Any]:
    discussion = item["discussion"]
    return {
        "live": False,
        "title": item["title"],
        "slug": slugify(item["slug"]),
        "lead": item["lead"],
        "organisation": item["organisation"],
        "drawing": item["drawing"],
        "pull_quote": item["pull_quote"],
        "lens_capable": item["lenses"]["bekwaam"],
        "lens_engaged": item["lenses"]["betrokken"],
        "lens_trustworthy": item["lenses"]["betrouwbaar"],
        "has_discussion": True,
        "discussion_question": discussion["question"],
        "discussion_policy": discussion["policy"],
        "discussion_group": Group.objects.get(name=AMBASSADORS),
        "discussion_guide": guide,
        "discussion_opens_on": days_ago(discussion["opens_days_ago"]),
        "discussion_closes_on": days_ago(-discussion["closes_in_days"]),
        **_checks(item),
    }


def _checks(item: dict[str, Any]) -> dict[str, str]:
    """The answers to the three questions on being recognised."""
    return {f"check_{name}": answer for name, answer in item["checks"].items()}
