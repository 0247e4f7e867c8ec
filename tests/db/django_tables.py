# Django has no types, and its models can be imported only after the set-up.
# mypy: disable-error-code="import-untyped, misc"
# ruff: noqa: PLC0415
"""Makes the shared tables as the web app does: Django's own migrations of its users, and models as the contract tells.

Run as `python -m tests.db.django_tables HOST PORT NAME`, as Django can be set up once in a process only.
"""

import sys

import django
from django.conf import settings


def main(host: str, port: str, name: str) -> None:
    engine = "django.db.backends.postgresql"
    settings.configure(
        DATABASES={"default": {"ENGINE": engine, "HOST": host, "PORT": port, "NAME": name, "USER": "postgres"}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in _models():
            editor.create_model(model)


def _models() -> list[type]:
    from django.contrib.auth.models import User
    from django.db import models

    class Preset(models.Model):
        preset_name = models.CharField(max_length=32)
        bpm = models.PositiveSmallIntegerField()
        kick_sample = models.CharField(max_length=32)
        kick_len = models.FloatField()
        kick_dist_amt = models.FloatField()
        kick_ott_amt = models.FloatField()
        noise_sample = models.CharField(max_length=32)
        noise_low_pass_freq = models.FloatField()
        noise_high_pass_freq = models.FloatField()
        noise_volume = models.FloatField()
        reverb_sample = models.CharField(max_length=32)
        reverb_low_pass_freq = models.FloatField()
        reverb_high_pass_freq = models.FloatField()
        reverb_volume = models.FloatField()
        master_ott_amt = models.FloatField()
        master_dist_amt = models.FloatField()
        master_limiter_amt = models.FloatField()
        created_at = models.DateTimeField(auto_now_add=True)
        updated_at = models.DateTimeField(auto_now=True)
        user = models.ForeignKey(User, on_delete=models.CASCADE)
        is_shared = models.BooleanField(default=False)

        class Meta:
            app_label = "presets"
            unique_together = (("user", "preset_name"),)

    class GeneratedKick(models.Model):
        name = models.CharField(max_length=64)
        audio_url = models.URLField()
        storage_path = models.CharField(max_length=256)
        created_at = models.DateField()
        user = models.ForeignKey(User, on_delete=models.CASCADE)

        class Meta:
            app_label = "kickgen"

    return [Preset, GeneratedKick]


if __name__ == "__main__":
    main(*sys.argv[1:])
