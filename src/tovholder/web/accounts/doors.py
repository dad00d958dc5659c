"""Who may pass the door to working pages."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.views import redirect_to_login

from tovholder.web.middleware import never_stored


def signed_in(view):
    """This will ask a visitor without a log-in to log in first, and keep the page out of caches."""

    @wraps(view)
    @never_stored
    def guarded(request, *args, **kwargs):
        if not request.by.is_signed_in:
            return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
        return view(request, *args, **kwargs)

    return guarded
