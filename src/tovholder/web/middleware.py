"""What happens to every request and every response, whichever page it is."""

import secrets
from datetime import UTC, datetime
from functools import wraps

from django.conf import settings
from django.db import connection
from django.utils.cache import has_vary_header

from .front import NOTED

# The headers of Django's own middleware and of django-csp are not repeated here.
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
NEVER_STORED = "private, no-store"


class SqlCount:
    """Counts the statements a request sends to the database."""

    def __init__(self):
        self.count = 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        return execute(sql, params, many, context)


def doorstep(get_response):
    """This will give each request its id and its one moment, and each response the headers it still lacks."""

    def at_the_door(request):
        noted = request.META.get("asgi.scope", {}).get(NOTED, {})
        request.request_id = noted.get("request_id") or secrets.token_hex(8)
        request.at = datetime.now(UTC)
        sql = SqlCount()
        with connection.execute_wrapper(sql):
            response = get_response(request)
        noted["sql"] = sql.count
        if request.resolver_match:
            noted["route"] = request.resolver_match.view_name
        response.headers["X-Request-Id"] = request.request_id
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", settings.X_FRAME_OPTIONS)
        _keep_out_of_caches(request, response)
        return response

    return at_the_door


def never_stored(view):
    """This will mark a personal page, so that no browser and no proxy keeps it."""

    @wraps(view)
    def personal(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = NEVER_STORED
        return response

    return personal


def _keep_out_of_caches(request, response):
    if "Cache-Control" in response.headers:
        return
    session = getattr(request, "session", None)
    if session is not None and session.accessed and not session.is_empty():
        response.headers["Cache-Control"] = NEVER_STORED
    elif response.cookies or has_vary_header(response, "Cookie"):
        response.headers["Cache-Control"] = "private, no-cache"
