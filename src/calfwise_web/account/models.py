"""Who may come in. Health data hangs on a journal (calfwise_web.journal), never on these rows."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.validators import MinLengthValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower

NAME_MAX = 30
_letters = RegexValidator(r"^[A-Za-z0-9._-]*\Z", "Only letters, digits, dot, dash and underscore, please.")
_length = MinLengthValidator(2, "Two letters at least, please.")


class User(AbstractUser):
    """An account: a name and ways to sign in. Staff may invite others; nobody may read another's journal."""

    username = models.CharField(
        "name",
        max_length=NAME_MAX,
        unique=True,
        validators=[_length, _letters],
        error_messages={"unique": "That name is taken here. Please choose another."},
    )
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta(AbstractUser.Meta):
        # Names are looked up without regard to case, so "Ann" beside "ann" must not come in by a race.
        constraints: ClassVar = [models.UniqueConstraint(Lower("username"), name="a_name_once_whatever_its_case")]


class Invitation(models.Model):
    """A link that makes one account. The token itself is told once and never stored."""

    token_digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the token, in hexadecimal."""
    staff = models.BooleanField(default=False)
    """Whether the account that it makes may invite others."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="invitations"
    )
    """None: made by the machine itself, for the first account."""
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["used_at", "expires_at"], name="open_invitations")]
