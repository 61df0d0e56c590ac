"""A site with a home page, an overview and text pages, as an editor would make it."""

from __future__ import annotations

import pytest
from wagtail.models import Site


@pytest.fixture
def home(db):
    from goedwerk_casestudies.models import CaseStudyIndexPage
    from goedwerk_site.home.models import HomePage, TextPage

    site = Site.objects.get(is_default_site=True)
    home = site.root_page.get_root().add_child(
        instance=HomePage(
            title="Een goed gesprek", slug="voorpagina", lead="Lees wat anderen meemaakten."
        )
    )
    site.root_page = home
    site.save()
    home.add_child(
        instance=CaseStudyIndexPage(title="Verhalen", slug="verhalen", show_in_menus=True)
    )
    home.add_child(
        instance=TextPage(title="Huisregels", slug="huisregels", body="<p>Geen namen.</p>")
    )
    return home
