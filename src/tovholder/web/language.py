"""Danish until someone chooses English; a browser's own language is not a choice made here."""

from django.conf import settings
from django.utils import translation

_KNOWN = {code for code, _name in settings.LANGUAGES}


def chosen(get_response):
    """This will answer in the language of the person's cookie, else in Danish."""

    def middleware(request):
        code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(code if code in _KNOWN else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response

    return middleware
