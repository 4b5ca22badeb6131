"""Every template has these: ``{% url %}`` as Django's, of addresses that are kept, and the site's menu."""

from typing import Any

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as read_url
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from minsheng_web.office.addresses import known_address
from minsheng_web.office.navigation import main_menu as menu_of

register = template.Library()


class KnownURLNode(URLNode):
    """One ``{% url %}``."""

    def render(self, context: Context) -> str:
        keys = tuple(key.resolve(context) for key in self.args)
        named: dict[str, Any] = {name: value.resolve(context) for name, value in self.kwargs.items()}
        try:
            found = known_address(self.view_name.resolve(context), keys, named)
        except NoReverseMatch:
            if self.asvar is None:
                raise
            found = ""
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


@register.tag
def url(parser: Parser, token: Token) -> KnownURLNode:
    """The tag as Django reads it."""
    read = read_url(parser, token)
    return KnownURLNode(read.view_name, read.args, read.kwargs, read.asvar)


@register.simple_tag(takes_context=True)
def main_menu(context: Context) -> SafeString:
    """The site's menu for who looks; ``nav`` of the context names the page's entry."""
    return menu_of(context["user"], str(context.get("nav", "")))
