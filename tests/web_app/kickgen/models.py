# mypy: disable-error-code="import-untyped, misc"
"""The web app's generated kicks."""

from django.contrib.auth.models import User
from django.db import models


class GeneratedKick(models.Model):
    """A kick in a library, as the contract tells of it."""

    name = models.CharField(max_length=64)
    audio_url = models.URLField()
    storage_path = models.CharField(max_length=256)
    created_at = models.DateField()
    user = models.ForeignKey(User, on_delete=models.CASCADE)
