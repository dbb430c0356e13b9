"""Django's settings, from the environment alone; docs/guides/install.md tells each variable.

Everything that belongs to one installation lies in one folder (`CALFWISE_DATA`). Nothing here reaches the network.
"""

import os
from pathlib import Path

import dj_database_url

from calfwise_web.account.providers import openid_providers
from calfwise_web.serve.data_folder import data_folder, secret_key

DATA = data_folder()
SECRET_KEY = secret_key(DATA)
DEBUG = False
HTTPS = os.environ.get("CALFWISE_HTTPS") == "1"
ORIGINS = [origin for origin in os.environ.get("CALFWISE_ORIGINS", "").split(",") if origin]

ALLOWED_HOSTS = ["*"] if os.environ.get("CALFWISE_ANY_HOST") == "1" else ["localhost", "127.0.0.1", "[::1]"]
ALLOWED_HOSTS += [origin.partition("://")[2].partition(":")[0] for origin in ORIGINS]
CSRF_TRUSTED_ORIGINS = ORIGINS

# ------------------------------------------------------------------------------------------------------ what is there
INSTALLED_APPS = [
    "calfwise_web.account",
    "calfwise_web.journal",
    "calfwise_web.today",
    "calfwise_web.player",
    "calfwise_web.spots",
    "calfwise_web.imports",
    "calfwise_web.runs",
    "calfwise_web.shoes",
    "calfwise_web.load",
    "calfwise_web.why",
    "calfwise_web.working",
    "calfwise_web.weeks",
    "calfwise_web.helped",
    "calfwise_web.next_run",
    "calfwise_web.sources",
    "calfwise_web.preferences",
    "calfwise_web.yours",
    "calfwise_web.sample",
    "calfwise_web.selftests",
    "calfwise_web.practise",
    "calfwise_web.calendar_feed",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "calfwise_web.middleware.headers",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "calfwise_web.middleware.methods",
    "calfwise_web.middleware.whole_pages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "calfwise_web.middleware.bounded",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "calfwise_web.urls"
WSGI_APPLICATION = "calfwise_web.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "calfwise_web.shell.shell",
            ],
            "builtins": ["calfwise_web.templatetags.words", "calfwise_web.templatetags.figures"],
        },
    }
]

# ------------------------------------------------------------------------------------------------------------ database
DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA / 'calfwise.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # FULL: what was acknowledged is on disk even when the power fails (docs/decisions.md).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA secure_delete=ON;"
        ),
    }
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would let somebody who tries many names push the count of one name out.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""Only for counting log-in attempts, which both server processes must see; no page and no health data."""

# ------------------------------------------------------------------------------------------------- who, and how safely
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PROXIES := int(os.environ.get("CALFWISE_PROXIES", "0")):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True

ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
ACCOUNT_ADAPTER = "calfwise_web.account.adapter.Adapter"
SOCIALACCOUNT_ADAPTER = "calfwise_web.account.adapter.OpenIdAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 - a class
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24
ACCOUNT_FORMS = {
    "login": "calfwise_web.account.forms.SignIn",
    "reauthenticate": "calfwise_web.account.forms.Confirm",
    "change_password": "calfwise_web.account.forms.ChangePassword",
    "set_password": "calfwise_web.account.forms.SetPassword",
    "reset_password_from_key": "calfwise_web.account.forms.NewPassword",
}
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "calfwise"
MFA_ADAPTER = "calfwise_web.account.adapter.SecondStepAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # there are no mail addresses to verify
MFA_FORMS = {
    "authenticate": "calfwise_web.account.forms.Code",
    "reauthenticate": "calfwise_web.account.forms.ConfirmCode",
    "activate_totp": "calfwise_web.account.forms.AddApp",
    "add_webauthn": "calfwise_web.account.forms.AddPasskey",
    "edit_webauthn": "calfwise_web.account.forms.RenamePasskey",
}
SOCIALACCOUNT_PROVIDERS = openid_providers(os.environ)
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_FORMS = {"signup": "calfwise_web.account.forms.WelcomeFromElsewhere"}
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
"""calfwise sends no mail."""

# ------------------------------------------------------------------------------------------------------------- the rest
LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_DIRS = [Path(__file__).parent / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "LOCATION": str(DATA / "unused")},
    "staticfiles": {"BACKEND": "calfwise_web.serve.static.Storage"},
}
WHITENOISE_ALLOW_ALL_ORIGINS = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = DATA / "staging"
FILE_UPLOAD_PERMISSIONS = 0o600
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"unlogged": {"()": "calfwise_web.serve.unlogged.Unlogged"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "unlogged"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("CALFWISE_LOG", "WARNING")},
}
