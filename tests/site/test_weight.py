"""What a page weighs, to the byte: styles, scripts and fonts; and what a shared link shows."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

pytestmark = pytest.mark.django_db

KB = 1000


def html(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def packed(paths):
    """Bytes after gzip, as the server keeps them beside the files."""
    files = [Path(finders.find(path.removeprefix("/static/"))) for path in paths]
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


@pytest.fixture
def story(home, make):
    discussion = make.discussion()
    make.published(discussion)
    return discussion.page.specific


class TestWeight:
    def test_styles_and_scripts_of_a_story_stay_small(self, client, story):
        page = html(client, story.url)
        styles = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        scripts = re.findall(r'<script type="module" src="([^"]+)"', page)
        assert len(styles) == len(set(styles)) == 5
        assert scripts
        assert packed(styles) <= 22 * KB
        assert packed(scripts) <= 15 * KB

    def test_fonts_that_are_fetched_at_once_are_few_and_used(self, client, story):
        page = html(client, story.url)
        fonts = re.findall(r'as="font" type="font/woff2" href="([^"]+)" crossorigin', page)
        assert len(fonts) == 2
        sheet = Path(finders.find("goedwerk_forum/goedwerk.css")).read_text(encoding="utf-8")
        for font in fonts:
            assert f'url("fonts/{Path(font).name}")' in sheet
            assert Path(finders.find(font.removeprefix("/static/"))).stat().st_size < 20 * KB

    def test_every_letter_has_one_of_the_device_as_wide(self):
        sheet = Path(finders.find("goedwerk_forum/goedwerk.css")).read_text(encoding="utf-8")
        faces = re.findall(r"@font-face \{([^}]+)\}", sheet)
        ours = [face for face in faces if "url(" in face]
        assert all("font-display: swap" in face for face in ours)
        stand_ins = [face for face in faces if "url(" not in face]
        assert len(stand_ins) > 4
        assert all("size-adjust" in face and "ascent-override" in face for face in stand_ins)


class TestPacked:
    def test_a_public_page_goes_packed(self, client, story):
        plain = client.get(story.url)
        answer = client.get(story.url, headers={"accept-encoding": "gzip"})
        assert "Content-Encoding" not in plain.headers
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.content) == plain.content
        assert len(answer.content) < len(plain.content) / 2

    @pytest.mark.parametrize("url", ["/account/", "/zoeken/?q=een", "/berichten/"])
    def test_what_is_one_s_own_goes_as_it_is(self, client, home, make, url):
        client.force_login(make.user("lezeres"))
        answer = client.get(url, headers={"accept-encoding": "gzip"})
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        assert "Content-Encoding" not in answer.headers


class TestSharedLink:
    def test_a_story_is_told_in_its_own_words_with_the_site_s_picture(self, client, story):
        page = html(client, story.url)
        assert f'<meta property="og:title" content="{story.title}">' in page
        assert 'property="og:description"' in page
        assert (
            'property="og:image" content="http://testserver/static/goedwerk_site/card.png"' in page
        )

    def test_every_page_has_the_same_picture(self, client, story):
        pictures = {
            re.search(r'og:image" content="([^"]+)"', html(client, url))[1]
            for url in ("/", story.url, "/huisregels/", "/zoeken/")
        }
        assert len(pictures) == 1

    def test_words_of_a_draft_are_in_no_shared_link(self, client, story):
        before = story.title
        story.title = "Een titel die nog niemand mag lezen"
        story.save_revision()
        page = html(client, story.url)
        assert story.title not in page
        assert f'og:title" content="{before}"' in page

    def test_a_preview_has_no_words_to_share(self, client, home, make):
        draft = make.story(live=False)
        preview = draft.make_preview_request(preview_mode="")
        assert draft.title in preview.rendered_content
        assert "og:title" not in preview.rendered_content

    def test_words_before_a_password_are_in_no_shared_link(self, client, story):
        story.view_restrictions.create(restriction_type="password", password="geheim")
        page = html(client, story.url)
        assert "og:title" not in page
        assert story.lead not in page

    def test_a_page_that_is_no_story_leaves_its_title_to_speak(self, client, home):
        assert "og:title" not in html(client, "/zoeken/")
