"""``{% static %}`` as Django's; the address of a file named in the template is put in when that is read."""

from django import template
from django.template.base import Node, Parser, TextNode, Token
from django.templatetags.static import StaticNode
from django.utils.html import escape

register = template.Library()


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """The tag as Django reads it."""
    read = StaticNode.handle_token(parser, token)
    name = read.path.var
    if read.varname is not None or read.path.filters or not isinstance(name, str):
        return read
    return TextNode(escape(StaticNode.handle_simple(name)))
