"""The house with one broken page in it."""

from django.urls import path

from tests.attacks.test_headers import broken
from tovholder.config.urls import handler400, handler403, handler404, handler500
from tovholder.config.urls import urlpatterns as ours

urlpatterns = [path("brudt/", broken), *ours]
__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
