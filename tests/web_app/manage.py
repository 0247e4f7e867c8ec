# mypy: disable-error-code="import-untyped"
"""Django's commands for the web app, as far as the tests have it."""

import os
import sys

from django.core import management

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.web_app.settings"
    management.execute_from_command_line(sys.argv)
