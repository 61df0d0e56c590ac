"""A small HTTP client with cookies that fills in the forms which the site shows."""

from __future__ import annotations

import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPMessage
from http.cookiejar import CookieJar


@dataclass
class Form:
    """A form as the page shows it: where it goes, and what its fields hold."""

    action: str = ""
    fields: dict[str, str] = field(default_factory=dict)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif not self.forms:
            return
        elif tag == "textarea":
            self.textarea = given.get("name", "")
            self.forms[-1].fields[self.textarea] = ""
        elif tag == "input" and given.get("type", "text") not in ("submit", "button"):
            chosen = given.get("type") not in ("radio", "checkbox") or "checked" in given
            if chosen:
                self.forms[-1].fields[given.get("name", "")] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.forms[-1].fields[self.textarea] += data


@dataclass
class Answer:
    """What the server said; status 0 where the connection broke."""

    status: int
    url: str = ""
    text: str = ""
    headers: HTTPMessage = field(default_factory=HTTPMessage)

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    def form(self, having: str) -> Form:
        """The form that has a field named ``having``."""
        parser = _Forms()
        parser.feed(self.text)
        found = [form for form in parser.forms if having in form.fields]
        assert found, f"{self.url} ({self.status}) shows no form with {having}"
        return found[0]


class _StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args, **_kwargs):
        return None


class Client:
    """One person's browser, without JavaScript."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}),
            urllib.request.HTTPCookieProcessor(self.jar),
            _StayHere,
        )

    def ask(self, path: str, data: dict[str, str] | bytes | None = None) -> Answer:
        """One request, redirects not followed."""
        if isinstance(data, dict):
            data = urllib.parse.urlencode(data).encode()
        url = urllib.parse.urljoin(self.base, path)
        request = urllib.request.Request(url, data)
        try:
            with self.opener.open(request, timeout=60) as reply:
                return Answer(reply.status, url, reply.read().decode(), reply.headers)
        except urllib.error.HTTPError as reply:
            return Answer(reply.code, url, reply.read().decode(), reply.headers)
        except (urllib.error.URLError, OSError):
            return Answer(0, url)

    def get(self, path: str) -> Answer:
        """The page that ``path`` leads to."""
        answer = self.ask(path)
        for _step in range(5):
            if answer.status not in (301, 302):
                break
            answer = self.ask(urllib.parse.urljoin(answer.url, answer.location))
        return answer

    def fill(self, page: Answer, having: str, **values: str) -> Answer:
        """Sends the form on ``page`` that has the field ``having``, with other values."""
        form = page.form(having)
        return self.ask(urllib.parse.urljoin(page.url, form.action), form.fields | values)

    def sign_in(self, username: str, password: str) -> Client:
        answer = self.fill(
            self.get("/account/inloggen/"), "password", login=username, password=password
        )
        assert answer.status == 302, f"{username} cannot sign in: {answer.status}"
        return self

    def send(self, path: str, text: str, **values: str) -> Answer:
        """Writes ``text`` on the page at ``path`` and presses the button."""
        page = self.get(path)
        return self.fill(page, "text", text=text, **{"kind": "ervaring"} | values)
