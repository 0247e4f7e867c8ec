"""`kickbot slack-manifest`: what to paste where Slack asks for an app's manifest."""

import sys
from importlib import util
from typing import Literal

from bots import output, setting_formats
from bots.settings import Settings
from core import errors

ELSEWHERE = "https://kickbot.example"


def run(settings: Settings, command: str | None, mode: Literal["socket", "http"]) -> int:
    """Print the manifest, and on the side what is to be known of it. Raises `errors.BadSetting`."""
    if util.find_spec("slack_bolt") is None:
        raise errors.BadSetting(
            name="SLACK_BOT_TOKEN", problem="needs slack-bolt; `pip install kickbot[slack]` adds it"
        )
    from bots.slack import manifest  # noqa: PLC0415  # brings all of slack-bolt

    try:
        name = setting_formats.slack_command(command or settings.slack_command).strip().lstrip("/")
    except ValueError as error:
        raise errors.BadSetting(name="--command", problem=str(error)) from None
    output.write(manifest.text(name, mode, settings.public_url or ELSEWHERE) + "\n")
    if name == "kick":
        sys.stderr.write(
            "Slack may refuse the whole manifest because of /kick, which its own help has listed; /kickdrum is safe.\n"
        )
    if mode == "http" and settings.public_url is None:
        sys.stderr.write(f"PUBLIC_URL is not set: put your address in place of {ELSEWHERE}.\n")
    return 0
