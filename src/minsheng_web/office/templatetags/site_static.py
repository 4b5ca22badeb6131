"""Django's tags for files of the site, under its own name ``static``.

The address of a file named in a template is put in, escaped, when the template is read, not at every page.
"""

from django import template
from django.template.base import Node, Parser, TextNode, Token
from django.templatetags import static as djangos
from django.utils.html import escape

register = template.Library()
register.tags.update(djangos.register.tags)


@register.tag
def static(parser: Parser, token: Token) -> Node:
    """The tag as Django reads it."""
    read = djangos.StaticNode.handle_token(parser, token)
    name = read.path.var
    if read.varname is not None or read.path.filters or not isinstance(name, str):
        return read
    return TextNode(escape(djangos.StaticNode.handle_simple(name)))
