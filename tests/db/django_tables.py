# Django has no types, and its models can be imported only after the set-up.
# mypy: disable-error-code="import-untyped, misc"
# ruff: noqa: PLC0415
"""Makes the shared tables as the web app does: Django's own migrations of its users, and models as the contract tells.

Run as `python -m tests.db.django_tables HOST PORT NAME USER`, as Django can be set up once in a process only.
"""

import sys

import django
from django.conf import settings


def main(*target: str) -> None:
    set_up(*target)
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in models():
            editor.create_model(model)


def set_up(host: str, port: str, name: str, user: str) -> None:
    """Make this process a Django one, on that database."""
    engine = "django.db.backends.postgresql"
    settings.configure(
        DATABASES={"default": {"ENGINE": engine, "HOST": host, "PORT": port, "NAME": name, "USER": user}},
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()


def models() -> list[type]:
    """Presets and kicks; to be called once."""
    from django.contrib.auth.models import User
    from django.db import models as fields

    class Preset(fields.Model):
        preset_name = fields.CharField(max_length=32)
        bpm = fields.PositiveSmallIntegerField()
        kick_sample = fields.CharField(max_length=32)
        kick_len = fields.FloatField()
        kick_dist_amt = fields.FloatField()
        kick_ott_amt = fields.FloatField()
        noise_sample = fields.CharField(max_length=32)
        noise_low_pass_freq = fields.FloatField()
        noise_high_pass_freq = fields.FloatField()
        noise_volume = fields.FloatField()
        reverb_sample = fields.CharField(max_length=32)
        reverb_low_pass_freq = fields.FloatField()
        reverb_high_pass_freq = fields.FloatField()
        reverb_volume = fields.FloatField()
        master_ott_amt = fields.FloatField()
        master_dist_amt = fields.FloatField()
        master_limiter_amt = fields.FloatField()
        created_at = fields.DateTimeField(auto_now_add=True)
        updated_at = fields.DateTimeField(auto_now=True)
        user = fields.ForeignKey(User, on_delete=fields.CASCADE)
        is_shared = fields.BooleanField(default=False)

        class Meta:
            app_label = "presets"
            unique_together = (("user", "preset_name"),)

    class GeneratedKick(fields.Model):
        name = fields.CharField(max_length=64)
        audio_url = fields.URLField()
        storage_path = fields.CharField(max_length=256)
        created_at = fields.DateField()
        user = fields.ForeignKey(User, on_delete=fields.CASCADE)

        class Meta:
            app_label = "kickgen"

    return [Preset, GeneratedKick]


if __name__ == "__main__":
    main(*sys.argv[1:])
