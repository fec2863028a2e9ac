"""Every setting, read from the environment and from nowhere else; `.env.example` lists them all.

In production (PRODUCTION=yes) nothing secret or local has a default: what is missing or still at its default names itself and the
process does not start.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from accounts.oidc import SingleSignOn
from cspplan.environment import BASE_DIR, PRODUCTION, STATE_DIR, env, listed, required
from lib import clamav, logging_ids

SECRET_KEY = required("SECRET_KEY")
# Former keys: sessions and links signed with one of them hold until it is taken off this list.
SECRET_KEY_FALLBACKS = listed(env.str("SECRET_KEY_FALLBACKS", default=""))
for name, keys in {"SECRET_KEY": [SECRET_KEY], "SECRET_KEY_FALLBACKS": SECRET_KEY_FALLBACKS}.items():
    if PRODUCTION and any(len(key) < 50 or len(set(key)) < 5 for key in keys):
        raise ImproperlyConfigured(f"Set {name} to at least 50 random characters. See .env.example.")
DEBUG = False
ALLOWED_HOSTS = listed(required("ALLOWED_HOSTS"))
SITE_URL = required("SITE_URL").rstrip("/")
if PRODUCTION and urlsplit(SITE_URL).scheme != "https":
    raise ImproperlyConfigured("Set SITE_URL to an address that starts with https://.")

# ---------------------------------------------------------------- the partnership
PARTNERSHIP_NAME = env.str("PARTNERSHIP_NAME", default="Tower Hamlets Community Safety Partnership")
AREA_NAME = env.str("AREA_NAME", default="Tower Hamlets")
CONTACT_EMAIL = required("CONTACT_EMAIL")
# Public editions: counts under this show as "fewer than" it, zero too unless set to no; counts of people are rounded to a base, 0 for none.
SMALL_NUMBERS_UNDER = env.int("SMALL_NUMBERS_UNDER", default=5)
SMALL_NUMBERS_HIDE_ZERO = env.bool("SMALL_NUMBERS_HIDE_ZERO", default=True)
SMALL_NUMBERS_ROUND_TO = env.int("SMALL_NUMBERS_ROUND_TO", default=0)
if SMALL_NUMBERS_UNDER < 2 or SMALL_NUMBERS_ROUND_TO < 0:
    raise ImproperlyConfigured("Set SMALL_NUMBERS_UNDER to 2 or more, and SMALL_NUMBERS_ROUND_TO to 0 or more.")

# ---------------------------------------------------------------- data protection: see `kept.py` of each app
# Working days until somebody who asks for another format is answered, and days after which how to reach them is forgotten.
FORMAT_REQUEST_DAYS = env.int("FORMAT_REQUEST_DAYS", default=10)
FORMAT_REQUEST_KEPT_DAYS = env.int("FORMAT_REQUEST_KEPT_DAYS", default=30)
# Days for which it is known who took a copy of restricted figures, and to whom which mail went.
DOWNLOADS_KEPT_DAYS = env.int("DOWNLOADS_KEPT_DAYS", default=730)
MAILS_KEPT_DAYS = env.int("MAILS_KEPT_DAYS", default=730)
# Days after which a leaver can't be let back in with what they signed in with.
LEAVERS_KEPT_DAYS = env.int("LEAVERS_KEPT_DAYS", default=30)
for name in (
    "FORMAT_REQUEST_DAYS",
    "FORMAT_REQUEST_KEPT_DAYS",
    "DOWNLOADS_KEPT_DAYS",
    "MAILS_KEPT_DAYS",
    "LEAVERS_KEPT_DAYS",
):
    if vars()[name] < 1:
        raise ImproperlyConfigured(f"Set {name} to 1 or more.")

# ---------------------------------------------------------------- apps
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_forms_gds",
    "csp",
    "rules.apps.AutodiscoverRulesConfig",
    "accounts",
    "priorities",
    "indicators",
    "consultation",
    "governance",
    "reporting",
    "cspplan",
]

MIDDLEWARE = [
    "lib.headers.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lib.logging_ids.RequestIdMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lib.privacy.PrivateMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.TimeOutMiddleware",
    "lib.login.PublicFirstMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.LocalSignInMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "cspplan.urls"
WSGI_APPLICATION = "cspplan.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["lib.govuk_tags", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.installation",
                "reporting.navigation.navigation",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"
CRISPY_FAIL_SILENTLY = False

# ---------------------------------------------------------------- database
DATABASES = {"default": env.db_url_config(required("DATABASE_URL"))}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers queue instead of failing, readers are not held up.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # A page never waits for ever: seconds a statement may run, and may wait for a lock; 0 is no limit. See README for migrations.
    limits = {
        "statement_timeout": env.int("DATABASE_STATEMENT_TIMEOUT", default=60),
        "lock_timeout": env.int("DATABASE_LOCK_TIMEOUT", default=10),
    }
    options = DATABASES["default"].setdefault("OPTIONS", {})
    said = [options.get("options", ""), *(f"-c {name}={seconds}s" for name, seconds in limits.items() if seconds)]
    options["options"] = " ".join(filter(None, said))
if PRODUCTION and DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
    raise ImproperlyConfigured("Set DATABASE_URL to a PostgreSQL database: production does not run on SQLite.")

# ---------------------------------------------------------------- broker, cache, jobs
REDIS_URL = required("REDIS_URL")
# Without a broker, jobs run in place: enough for unit tests and for the commands of a first run.
JOBS_IN_PLACE = env.bool("JOBS_IN_PLACE", default=not REDIS_URL)
if PRODUCTION and JOBS_IN_PLACE:
    raise ImproperlyConfigured("Take JOBS_IN_PLACE=yes away: in production the workers do the jobs.")
# Each pack is drawn in a process of its own that may use this much memory on top of its worker's
# (address space; a quarter to a half of it is really held).
PACK_MEMORY_MB = env.int("PACK_MEMORY_MB", default=1024)
if PACK_MEMORY_MB < 768:
    raise ImproperlyConfigured("Set PACK_MEMORY_MB to 768 or more: with less no pack can be drawn.")
PACKS_APART = not JOBS_IN_PLACE
if REDIS_URL:
    _CACHE = {
        "BACKEND": "lib.caching.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},  # seconds
    }
else:
    _CACHE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
CACHES = {"default": _CACHE, "kept_ready": {"LOCATION": "kept_ready", **_CACHE, "KEY_PREFIX": "kept_ready"}}

# ---------------------------------------------------------------- who you are
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "reporting:home"
LOGOUT_REDIRECT_URL = "reporting:home"
# Days an invitation or a password link can be used.
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation has been opened from that mailbox already
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/15m/key",
    "reset_password": "20/m/ip,5/m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# How many proxies of ours stand in front; the sign-in limits count the address they pass on.
# What they say about address and https is believed only as far as that, because anyone can send the same headers.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.LoginForm",
    "reset_password": "accounts.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in.ResetPasswordKeyForm",
    "change_password": "accounts.sign_in.ChangePasswordForm",
    "set_password": "accounts.sign_in.SetPasswordForm",
    "reauthenticate": "accounts.sign_in.ReauthenticateForm",
}
MFA_ADAPTER = "accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "accounts.sign_in.AuthenticateForm",
    "reauthenticate": "accounts.sign_in.ReauthenticateByCodeForm",
    "activate_totp": "accounts.sign_in.ActivateTOTPForm",
    "add_webauthn": "accounts.sign_in.AddPasskeyForm",
    "authenticate_webauthn": "accounts.sign_in.AuthenticateByPasskeyForm",
    "edit_webauthn": "accounts.sign_in.RenamePasskeyForm",
    "reauthenticate_webauthn": "accounts.sign_in.ReauthenticateByPasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an invitation has been opened from that mailbox already
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # browsers themselves use passkeys over http at "localhost" only
MFA_TOTP_ISSUER = PARTNERSHIP_NAME
# Coordinators, CSP Executive members and administrators need a second factor. Off only outside production.
TOTP_REQUIRED = env.bool("TOTP_REQUIRED", default=PRODUCTION)
if PRODUCTION and not TOTP_REQUIRED:
    raise ImproperlyConfigured("Take TOTP_REQUIRED=no away: production always asks for a second factor.")
# Single sign-on; what each of them is stands in the class.
OIDC = SingleSignOn(
    issuer=env.str("OIDC_ISSUER", default="").rstrip("/"),
    client_id=env.str("OIDC_CLIENT_ID", default=""),
    client_secret=env.str("OIDC_CLIENT_SECRET", default=""),
    name=env.str("OIDC_NAME", default=SingleSignOn.name),
    trust_email=env.bool("OIDC_TRUST_EMAIL"),
    second_step=tuple(listed(env.str("OIDC_SECOND_STEP", default=""))),
    groups_claim=env.str("OIDC_GROUPS_CLAIM", default=SingleSignOn.groups_claim),
    roles=env.str("OIDC_ROLES", default=""),
    sign_in_origins=tuple(listed(env.str("OIDC_SIGN_IN_ORIGINS", default=""))),
)
# With no, people come in by single sign-on only.
LOCAL_SIGN_IN = env.bool("LOCAL_SIGN_IN", default=True)
if fault := OIDC.fault(production=PRODUCTION, local_sign_in=LOCAL_SIGN_IN):
    raise ImproperlyConfigured(fault)
SOCIALACCOUNT_ADAPTER = "accounts.adapter.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "accounts.identity.Provider", "OAUTH_PKCE_ENABLED": True}
}

# ---------------------------------------------------------------- mail
# They send nothing to anybody: invitations would be lost without a word.
UNSENT_MAIL = ("consolemail", "dummymail", "filemail", "memorymail")
if email_url := required("EMAIL_URL"):
    if PRODUCTION and urlsplit(email_url).scheme in UNSENT_MAIL:
        raise ImproperlyConfigured("Set EMAIL_URL to a mail server: in production mails have to reach people.")
    vars().update(env.email_url_config(email_url))
else:
    # First run: mails are files in a folder, shown on a page.
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(STATE_DIR / "mail")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = required("DEFAULT_FROM_EMAIL") or f"{PARTNERSHIP_NAME} <{CONTACT_EMAIL}>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# ---------------------------------------------------------------- files
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(STATE_DIR / "files"))
# The ledger of removed personal data. It is not part of a backup that brings the database back: see docs/decisions/0056.
ERASURES_DIR = env.str("ERASURES_DIR", default=str(STATE_DIR / "erasures"))
STATIC_URL = "/static/"
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))
STATICFILES_DIRS = [BASE_DIR / "static"]
if env.str("FILES_BACKEND", default="").startswith("storages.backends.s3"):
    raise ImproperlyConfigured("Set FILES_BACKEND to lib.s3_storage.S3Storage: the other one writes over stored files.")
STORAGES = {
    "default": {
        "BACKEND": env.str("FILES_BACKEND", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("FILES_OPTIONS", default={}),
    },
    "staticfiles": {"BACKEND": "lib.static_files.ManifestStorage"},
}
# What is sent in is never reached by an address of the web server's own: only through pages that ask who may have it.
stored, served = Path(MEDIA_ROOT).resolve(), [Path(folder).resolve() for folder in (STATIC_ROOT, *STATICFILES_DIRS)]
if PRODUCTION and any(stored.is_relative_to(folder) or folder.is_relative_to(stored) for folder in served):
    raise ImproperlyConfigured("Set MEDIA_ROOT and STATIC_ROOT to folders of which neither lies inside the other.")
# Where ClamAV's daemon listens; without, files are not scanned. With it, nothing is taken that it has not looked at.
CLAMAV_ADDRESS = env.str("CLAMAV_ADDRESS", default="")
try:
    CLAMAV_ADDRESS = CLAMAV_ADDRESS and clamav.checked(CLAMAV_ADDRESS)
except ValueError:
    raise ImproperlyConfigured(
        "Set CLAMAV_ADDRESS to unix:/run/clamav/clamd.ctl or tcp://127.0.0.1:3310, as your clamd.conf has it."
    ) from None
# Names of static files carry a checksum once `collectstatic` has run; before that they are served as they are.
WHITENOISE_USE_FINDERS = not PRODUCTION
if not PRODUCTION:
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}

# ---------------------------------------------------------------- backups
# A folder on another disk or machine, if it is to help against the loss of this one; how many are kept, 0 for all.
BACKUP_DIR = env.str("BACKUP_DIR", default=str(STATE_DIR / "backups"))
BACKUP_KEEP = env.int("BACKUP_KEEP", default=0)
if BACKUP_KEEP < 0:
    raise ImproperlyConfigured("Set BACKUP_KEEP to how many backups are kept, or to 0 for all of them.")

# ---------------------------------------------------------------- time and language
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_THOUSAND_SEPARATOR = False

# ---------------------------------------------------------------- security
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # the TOTP code is a data: picture
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF, *OIDC.form_origins],  # where a form is sent on to counts as well
        "frame-ancestors": [NONE],
        "report-uri": "/csp-reports",
        "report-to": "csp",
    }
}
CSP_REPORTS_AT = f"{SITE_URL}/csp-reports"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 10 * 3600
# Whoever does nothing for so long is signed out; see `docs/decisions/0054` for what becomes of what they typed.
IDLE_MINUTES = env.int("IDLE_MINUTES", default=30)
if not 5 <= IDLE_MINUTES <= 480:
    raise ImproperlyConfigured("Set IDLE_MINUTES to at least 5 and at most 480.")
SESSION_COOKIE_HTTPONLY = True
# Lax, not Strict: who follows a link in a mail of ours, or comes back from signing in elsewhere, is still signed in.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "reporting.pages.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    if ALLAUTH_TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
    # Both bind the other sites of a domain that is the council's, for a year or more: theirs to choose, so not warned about.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # By that name browsers take them from this host only, over https, for all of it: no other site of the council's domain can set them.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = [SITE_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# Only the pages that say so take files; what is too large, or comes to another page, is let go while it comes in.
FILE_UPLOAD_HANDLERS = [
    "lib.too_large.TooLargeHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# A priority is edited whole: priority D alone posts about 280 boxes, and Django's 1,000 would refuse one that grows.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

# ---------------------------------------------------------------- what a machine may watch
# /metrics answers those who send it ("Authorization: Bearer ..."); without it there is no such page.
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS_TOKEN and len(METRICS_TOKEN) < 20:
    raise ImproperlyConfigured("Set METRICS_TOKEN to at least 20 random characters, or to nothing.")

# ---------------------------------------------------------------- logs: ids and names, never free text
LOG_FORMAT = env.str("LOG_FORMAT", default="line")
if LOG_FORMAT not in ("line", "json"):
    raise ImproperlyConfigured("Set LOG_FORMAT to line or json.")
LOGGING = logging_ids.configuration(LOG_FORMAT, level=env.str("LOG_LEVEL", default="INFO"))
