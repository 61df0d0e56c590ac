"""What whoever decides is called towards authors: a role that the site's owner names."""

from __future__ import annotations

import re

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from ..models import ForumSettings
from ..models.settings import ROLE_NAME

register = template.Library()

#: The word in the texts of the interface, with its article where a language changes that.
WORD = re.compile(r"\b(?:(?P<article>[Aa])n )?(?P<word>[Aa]mbassad(?:eur|or))(?P<many>s?)\b")


@register.tag
def in_role(parser: Parser, token: Token) -> InRole:
    """Around text that says "ambassadeur": there it says what the site calls the role."""
    nodes = parser.parse(("endin_role",))
    parser.delete_first_token()
    return InRole(nodes)


class InRole(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        request = context.get("request") or getattr(context, "request", None)
        name = ForumSettings.for_request(request).role_name if request else ROLE_NAME
        if name in ("", ROLE_NAME):
            return html
        return mark_safe(in_words_of(name, html))  # noqa: S308 - the name is escaped there


def in_words_of(name: str, html: str) -> str:
    """``html`` with another name for the role; what people wrote stands elsewhere."""

    def named(found: re.Match[str]) -> str:
        word = name.capitalize() if found["word"][0].isupper() else name
        article = found["article"]
        before = "" if not article else f"{article}n " if name[0] in "aeiou" else f"{article} "
        return before + escape(word) + found["many"]

    return WORD.sub(named, html)
