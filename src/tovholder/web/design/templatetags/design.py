"""`{% load design %}`: all of Tovholder's components in one library."""

from django.template import Library

from tovholder.web.design import blocks, filters, forms, progress, words

register = Library()
for shelf in (words, filters, forms, progress, blocks):
    register.tags.update(shelf.register.tags)
    register.filters.update(shelf.register.filters)
