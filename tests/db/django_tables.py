# mypy: disable-error-code="import-untyped"
# ruff: noqa: PLC0415    Django's models can be imported only after the set-up
"""Makes the shared tables as the web app does, by Django's own migrations.

Run as `python -m tests.db.django_tables HOST PORT NAME USER`, as Django can be set up once in a process only.
"""

import os
import sys

import django


def main(*target: str) -> None:
    set_up(*target)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def set_up(host: str, port: str, name: str, user: str) -> None:
    """Make this process a Django one, on that database."""
    os.environ |= {"PGHOST": host, "PGPORT": port, "PGDATABASE": name, "PGUSER": user}
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web_app.settings"
    django.setup()


if __name__ == "__main__":
    main(*sys.argv[1:])
