# mypy: disable-error-code="import-untyped, misc"
# ruff: noqa: RUF012
"""Presets that everybody sees."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("presets", "0001_initial")]
    operations = [migrations.AddField("preset", "is_shared", models.BooleanField(default=False))]
