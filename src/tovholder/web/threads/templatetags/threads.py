"""Where a thing can be read, for templates."""

from django.template import Library

from tovholder.web.threads.addresses import address_of

register = Library()


@register.simple_tag
def address(item):
    """This will return the address of something with a kind and an id, or nothing."""
    return address_of(item.kind, item.id)
