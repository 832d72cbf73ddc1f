"""Settings, from the environment with safe defaults; ``docs/operators.md`` lists every variable."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from comptoir.config.database import django_database
from comptoir.config.paths import PACKAGE, var_dir

VAR = var_dir()
DEBUG = os.environ.get("COMPTOIR_DEBUG") == "1"
PRODUCTION = os.environ.get("COMPTOIR_ENV", "production" if not DEBUG else "debug") == "production"
PORT = os.environ.get("COMPTOIR_PORT", "8000")
PUBLIC_URL = os.environ.get("COMPTOIR_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
BEHIND_TLS = PUBLIC_URL.startswith("https://")
DEMO = os.environ.get("COMPTOIR_DEMO") == "1"


def _secret_key() -> str:
    """``COMPTOIR_SECRET_KEY``, or one made at first start and kept readable by its owner only."""
    given = os.environ.get("COMPTOIR_SECRET_KEY")
    if given is not None:
        if _is_weak(given):
            raise ImproperlyConfigured("COMPTOIR_SECRET_KEY is too weak: 40 random characters.")
        return given
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(kept, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass
    return kept.read_text()


def _former_secret_keys() -> list[str]:
    """``COMPTOIR_SECRET_KEY_FALLBACKS``: what they signed is still believed, nothing is signed."""
    former = os.environ.get("COMPTOIR_SECRET_KEY_FALLBACKS", "").split()
    if any(_is_weak(one) for one in former):
        raise ImproperlyConfigured(
            "COMPTOIR_SECRET_KEY_FALLBACKS has a weak one: 40 random characters each."
        )
    return former


def _is_weak(secret: str) -> bool:
    return len(secret) < 40 or len(set(secret)) < 10


if DEBUG and BEHIND_TLS:
    raise ImproperlyConfigured("COMPTOIR_DEBUG=1 must not be used on a public https address.")

SECRET_KEY = _secret_key()
SECRET_KEY_FALLBACKS = _former_secret_keys()
_host = PUBLIC_URL.split("://", 1)[1].split(":")[0]
ALLOWED_HOSTS = [
    *os.environ.get("COMPTOIR_HOSTS", _host).split(","),
    *([] if BEHIND_TLS else ["127.0.0.1", "localhost", "[::1]"]),
]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if BEHIND_TLS else []

INSTALLED_APPS = [
    "procrastinate.contrib.django",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "comptoir.common",
    "comptoir.media",
    "comptoir.people",
    "comptoir.shops",
    "comptoir.catalog",
    "comptoir.sales",
    "comptoir.posts",
    "comptoir.reviews",
    "comptoir.discovery",
    "comptoir.web",
    "comptoir.config",
]

MIDDLEWARE = [
    "comptoir.web.middleware.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "comptoir.web.middleware.RequestBounds",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "comptoir.web.middleware.ActorAndLanguage",
    "comptoir.web.middleware.FormBounds",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "comptoir.web.middleware.DomainErrors",
]

ROOT_URLCONF = "comptoir.config.urls"
WSGI_APPLICATION = "comptoir.config.wsgi.application"
APPEND_SLASH = False

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "comptoir.web.jinja.environment",
            "context_processors": [],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# Form fields too are rendered by Jinja2: Django's own templates take three times as long.
FORM_RENDERER = "comptoir.web.widgets.PlainRenderer"

DATABASES = {
    "default": django_database(os.environ.get("DATABASE_URL", "postgresql:///comptoir")),
}
# Unique by a constraint on lower(email), which this check does not see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["comptoir.people.authentication.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "comptoir.web.account.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "comptoir.web.account.forms.SignupForm"}
ACCOUNT_EMAIL_VERIFICATION = "optional"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
# Behind the proxy, the limits count the address that it has written down, not its own.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key", "signup": "20/m/ip"}
# How often one person, or one network address of guests, does what: times, seconds.
RATE_LIMITS = {
    "bill": (30, 600),
    "feed_source": (20, 3600),
    "outbound": (60, 3600),
    "checkout": (30, 600),
    "ask_provider": (20, 600),
    "code": (60, 600),
    "basket": (300, 600),
    "post": (60, 3600),
    "comment": (120, 3600),
    "photo": (200, 3600),
    "invite": (30, 3600),
    "withdrawal": (20, 3600),
    "withdrawal_mail": (5, 3600),
}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = os.environ.get("COMPTOIR_TIME_ZONE", "Europe/Paris")
CURRENCY = os.environ.get("COMPTOIR_CURRENCY", "EUR")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS: list[Path] = []
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
SNAPSHOT_ROOT = VAR / "discovery"
# What buyers of digital goods download; no server gives it out by its address.
FILES_ROOT = VAR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "comptoir.web.bundle.BundledStatic"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
# The largest form is an offer for a thousand products; of photos beyond ten, the page tells.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_200
DATA_UPLOAD_MAX_NUMBER_FILES = 60
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

SESSION_ENGINE = "comptoir.people.sessions"
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_SSL_REDIRECT = False
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

EMAIL_BACKEND = "comptoir.common.mail.QueuedMail"
MAIL_DELIVERY_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if os.environ.get("COMPTOIR_SMTP_HOST")
    else "django.core.mail.backends.console.EmailBackend"
)
EMAIL_HOST = os.environ.get("COMPTOIR_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("COMPTOIR_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("COMPTOIR_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("COMPTOIR_SMTP_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("COMPTOIR_MAIL_FROM", "Comptoir <bonjour@localhost>")

STRIPE_SECRET_KEY = os.environ.get("COMPTOIR_STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRETS = os.environ.get("COMPTOIR_STRIPE_WEBHOOK_SECRET", "").split()
STRIPE_API = ""  # tests have a server of their own

# The register of VAT numbers of the European Union; empty: it is not asked.
VIES_API = os.environ.get(
    "COMPTOIR_VIES_API", "https://ec.europa.eu/taxation_customs/vies/rest-api"
).rstrip("/")

CACHES = {"default": {"BACKEND": "comptoir.common.throttle.DatabaseCounters"}}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

# Exact "address:port" pairs that the guarded client may reach although they are not public.
FETCH_ALLOWED_PRIVATE: frozenset[str] = frozenset()

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "jobs": {"()": "comptoir.common.job_log.WithoutArguments"},
        "links": {"()": "comptoir.common.link_log.WithoutKeys"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["jobs", "links"],
        }
    },
    "root": {"handlers": ["stderr"], "level": os.environ.get("COMPTOIR_LOG", "WARNING")},
    "loggers": {"comptoir": {"level": os.environ.get("COMPTOIR_LOG", "INFO")}},
}
