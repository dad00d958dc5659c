"""All settings, read from the environment. `tovholder demo` sets what a demonstration needs."""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from tovholder.base.keys import read_or_make_root

PACKAGE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("TOVHOLDER_HOME", "var")).resolve()
HOME.mkdir(parents=True, exist_ok=True)

DEMO = os.environ.get("TOVHOLDER_DEMO", "") == "1"
ADDRESS = os.environ.get("TOVHOLDER_ADDRESS", "http://127.0.0.1:8000")
_address = urlsplit(ADDRESS)
IS_HTTPS = _address.scheme == "https"
IS_LOOPBACK = _address.hostname in {"127.0.0.1", "localhost", "::1"}

DEBUG = False
ROOT_SECRET = read_or_make_root(Path(os.environ.get("TOVHOLDER_SECRET_FILE", HOME / "root.secret")))
SECRET_KEY = "session:" + ROOT_SECRET.decode()
ALLOWED_HOSTS = sorted({_address.hostname or "127.0.0.1"} | ({"127.0.0.1", "localhost", "[::1]"} if IS_LOOPBACK else set()))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "tovholder.base",
    "tovholder.parties",
    "tovholder.intake",
    "tovholder.dialogue",
    "tovholder.plans",
    "tovholder.initiatives",
    "tovholder.consultations",
    "tovholder.findings",
    "tovholder.threads",
    "tovholder.jobs",
    "tovholder.web",
    "tovholder.web.design",
    "tovholder.cli",
]

MIDDLEWARE = [
    "tovholder.web.middleware.doorstep",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tovholder.web.language.chosen",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tovholder.web.acting.acting",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tovholder.config.urls"
WSGI_APPLICATION = "tovholder.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "libraries": {"threads": "tovholder.web.threads.templatetags.threads"},
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tovholder.web.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]


def _postgres(address):
    parts = urlsplit(address)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            # Disks no longer turn: without this PostgreSQL reads thousands of search rows in order to avoid looking up a few hundred.
            "options": "-c random_page_cost=1.1",
            **({"pool": {"min_size": 2, "max_size": 10, "timeout": 10}} if os.environ.get("TOVHOLDER_POOL", "1") == "1" else {}),
        },
    }


def _sqlite_is_sound():
    import sqlite3

    version = sqlite3.sqlite_version_info
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def _sqlite(path):
    # 3.7.0-3.51.2 can lose a committed transaction when two connections write and checkpoint at once in WAL.
    journal = "WAL" if SQLITE_IS_SOUND else "DELETE"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": f"PRAGMA journal_mode={journal};PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
            "PRAGMA temp_store=MEMORY;PRAGMA journal_size_limit=67108864;PRAGMA recursive_triggers=ON;PRAGMA secure_delete=ON",
        },
        "TEST": {"NAME": os.environ.get("TOVHOLDER_TEST_DATABASE") or None},
    }


SQLITE_IS_SOUND = _sqlite_is_sound()
_database = os.environ.get("TOVHOLDER_DATABASE", "")
DATABASES = {
    "default": _postgres(_database)
    if _database.startswith(("postgres://", "postgresql://"))
    else _sqlite(_database or HOME / "tovholder.sqlite3")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "parties.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email"]}},
]
_account_forms = {
    "login": "LoginForm",
    "change_password": "ChangePasswordForm",
    "reset_password": "ResetPasswordForm",
    "reset_password_from_key": "ResetPasswordKeyForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {name: f"tovholder.web.accounts.plain_forms.{form}" for name, form in _account_forms.items()}
ACCOUNT_ADAPTER = "tovholder.web.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "tovholder.web.accounts.adapters.OutsideAccountAdapter"
# A whole town hall shares one address: limits are per account and address, never per address alone.
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "10/m/key,300/5m/ip"}
SOCIALACCOUNT_PROVIDERS = {}
OIDC_ISSUER = os.environ.get("TOVHOLDER_OIDC_ISSUER", "")
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("TOVHOLDER_OIDC_NAME", "Arbejdspladsens log-in"),
                "client_id": os.environ.get("TOVHOLDER_OIDC_CLIENT_ID", ""),
                "secret": os.environ.get("TOVHOLDER_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_ISSUER, "uid_field": "sub"},
            }
        ],
    }
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "front"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
_prefix = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_prefix}sid"
CSRF_COOKIE_NAME = f"{_prefix}csrf"
LANGUAGE_COOKIE_NAME = f"{_prefix}sprog"
DEVICE_COOKIE_NAME = f"{_prefix}enhed"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SECURE_HSTS_SECONDS = 31536000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tovholder.web.errors.csrf_failure"

_self = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _self,
        "style-src": _self,
        "img-src": ["'self'", "data:"],
        "font-src": _self,
        "connect-src": _self,
        "form-action": [*_self, *([f"https://{urlsplit(OIDC_ISSUER).netloc}"] if OIDC_ISSUER.startswith("https") else [])],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
        "manifest-src": _self,
    }
}

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Dansk")), ("en", _("Engelsk"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": HOME / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# A plan of many provisions is answered in one form, and each provision has a place and a text.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_BACKEND = os.environ.get("TOVHOLDER_MAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = HOME / "mail"
EMAIL_HOST = os.environ.get("TOVHOLDER_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("TOVHOLDER_MAIL_PORT", "465"))
EMAIL_USE_SSL = True
DEFAULT_FROM_EMAIL = os.environ.get("TOVHOLDER_MAIL_FROM", "svar-ikke@tovholder.example")

LANGUAGE_MODEL_ADDRESS = os.environ.get("TOVHOLDER_LANGUAGE_MODEL_ADDRESS", "")
LANGUAGE_MODEL_NAME = os.environ.get("TOVHOLDER_LANGUAGE_MODEL_NAME", "")
LANGUAGE_MODEL_KEY = os.environ.get("TOVHOLDER_LANGUAGE_MODEL_KEY", "")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own lines carry addresses; the access log has route names instead.
    "loggers": {"django.request": {"level": "CRITICAL"}, "django.security": {"level": "CRITICAL"}},
}
