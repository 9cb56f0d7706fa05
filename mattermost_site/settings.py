"""Django's settings, derived from the configuration that administrators know (file, database, environment)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.urls import reverse_lazy

from mattermost_site import config
from mattermost_site.config.site import cookie_path, site_origin
from mattermost_site.database import database_settings
from mattermost_site.storage import storage_settings

BASE_DIR = Path(__file__).resolve().parent.parent
CONFIG = config.load()

SECRET_KEY = f"django {CONFIG.sql.at_rest_encrypt_key}"
DEBUG = False
ALLOWED_HOSTS = ["*"]  # which host is ours is SiteURL's business, and clients reach a server by several names
# A proxy that ends TLS says so; as with the other server, a client that lies only makes its own cookies Secure.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ROOT_URLCONF = "mattermost_site.urls"
ASGI_APPLICATION = "mattermost_site.asgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = [
    "fields.W342",
    "models.W042",
    "auth.E003",  # user names are unique by a constraint of the given schema, which the check does not see
    "auth.W004",
    "admin.E410",  # sign-ins are rows of the given schema, not Django's sessions
]

INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "mattermost_site.console.apps.ConsoleConfig",  # Django's admin
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "rest_framework",
    "mattermost_site",
    "accounts",
    "teams",
    "messaging",
    "files",
    "notifications",
    "integrations",
]

MIDDLEWARE = [
    "mattermost_site.middleware.contract",
    "mattermost_site.page_middleware.StaticFiles",
    "mattermost_site.page_middleware.Locale",
    "mattermost_site.page_middleware.Csrf",
    "accounts.authentication.PageUser",
    "mattermost_site.page_middleware.Messages",
    "mattermost_site.page_middleware.Framing",
    "mattermost_site.page_middleware.Htmx",
]

DATABASES: dict[str, dict[str, Any]] = {"default": database_settings(CONFIG.sql.driver_name, CONFIG.sql.data_source)}

CSRF_COOKIE_PATH = cookie_path()
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
CSRF_FAILURE_VIEW = "accounts.web.base.csrf_failed"
# Behind a proxy that ends TLS, forms come from https pages to what looks like http.
CSRF_TRUSTED_ORIGINS = [site_origin()] if site_origin() else []

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.authentication.ConsoleBackend"]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
}
PASSWORD_ITERATIONS = int(os.environ.get("PASSWORD_ITERATIONS", "600000"))

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

UNFOLD = {
    "SITE_TITLE": "System Console",
    "SITE_HEADER": "System Console",
    "SITE_URL": "/",
    "SITE_SYMBOL": "forum",
    "SHOW_HISTORY": False,
    "DASHBOARD_CALLBACK": "mattermost_site.console.overview.dashboard",
    "SHOW_VIEW_ON_SITE": True,
    "SIDEBAR": {
        "show_search": True,
        "navigation": [
            {
                "title": "People and places",
                "items": [
                    {"title": "Users", "icon": "person", "link": reverse_lazy("admin:accounts_user_changelist")},
                    {"title": "Teams", "icon": "groups", "link": reverse_lazy("admin:teams_team_changelist")},
                    {"title": "Channels", "icon": "tag", "link": reverse_lazy("admin:messaging_channel_changelist")},
                ],
            },
            {
                "title": "System",
                "items": [
                    {"title": "Settings", "icon": "settings", "link": reverse_lazy("admin:settings")},
                    {
                        "title": "Jobs",
                        "icon": "schedule",
                        "link": reverse_lazy("admin:mattermost_site_outbox_changelist"),
                    },
                ],
            },
        ],
    },
}

STATIC_URL = "/web-static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True  # no collecting: a fresh checkout serves its pages
WHITENOISE_AUTOREFRESH = False
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

DATA_UPLOAD_MAX_MEMORY_SIZE = None  # each endpoint has its own limit
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
EMAIL_BACKEND = "mattermost_site.mail.ConfiguredBackend"
STORAGES: dict[str, dict[str, Any]] = {
    "default": storage_settings(CONFIG.file),
    "staticfiles": {"BACKEND": "mattermost_site.static_files.VersionedStorage"},
}
APPEND_SLASH = False

RECURRING_JOBS: dict[str, int] = {
    "accounts.end_do_not_disturb": 60_000,
    "files.forget_uploads": 3_600_000,
    "messaging.deliver_reminders": 60_000,
    "messaging.forget_pending_posts": 300_000,
}  # "app.function" of the app's tasks → period in ms

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {
        "foreseen": {
            "()": "django.utils.log.CallbackFilter",
            "callback": lambda record: getattr(record, "status_code", 0) != 501,  # "not here" is no failure
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["foreseen"]}},
    "root": {"handlers": ["console"], "level": CONFIG.log.console_level.upper().replace("WARN", "WARNING")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "uvicorn.error": {"level": "WARNING"},
        "httpx": {"level": "WARNING"},
        "markdown_it": {"level": "WARNING"},  # a line for every rule of every message
        "httpcore": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
        "asyncio": {"level": "WARNING"},
        **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "s3transfer", "urllib3")},
    },
}
