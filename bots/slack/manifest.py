"""The app's manifest: what Slack is told of the app when it is made, and which permissions it asks for."""

import json
from typing import Literal

from bots.chat import help_text
from bots.slack import http_mode, listeners

Mode = Literal["socket", "http"]

SCOPES = {
    "commands": "the slash command and the shortcut",
    "chat:write": "cards, and answers that only the asker sees",
    "app_mentions:read": "being asked by a mention, which works in threads too",
    "im:history": "being asked in a conversation with the bot alone",
    "files:write": "the sound itself, which plays in the card's thread",
    "files:read": "finding the message in which the sound was shared, so that reactions on it count",
    "reactions:read": "saving by 💾, deleting by ❌",
    "reactions:write": "putting 💾 below a card",
    "users:read": "the name that stands on a card, and who manages the workspace",
    "channels:join": "coming into a public channel where it is asked for a kick",
}
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "message.im",
    "reaction_added",
    "reaction_removed",
    "tokens_revoked",
)


def text(command: str = "kickdrum", mode: Mode = "socket", public_url: str = "https://kickbot.example") -> str:
    """The manifest as JSON. With `http`, Slack comes to `public_url`."""
    url = {} if mode == "socket" else {"url": public_url.rstrip("/") + http_mode.EVENTS}
    request_url = {"request_url": url["url"]} if url else {}
    redirect = {} if mode == "socket" else {"redirect_urls": [public_url.rstrip("/") + http_mode.REDIRECT]}
    slash = {
        "command": f"/{command.strip().lstrip('/')}",
        "description": "Make a kick drum from keywords (nobody is kicked out)",
        "usage_hint": "hit house | browse | mine | kicks | help",
        "should_escape": False,
        **url,
    }
    shortcut = {
        "name": help_text.SAVE_FROM_MENU,
        "type": "message",
        "callback_id": listeners.SHORTCUT,
        "description": "Keep the kick that this message shows",
    }
    manifest = {
        "display_information": {
            "name": "Kickbot",
            "description": "Kick drums from keywords, posted where you ask for them",
            "background_color": "#1d1c1d",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Kickbot", "always_online": True},
            "shortcuts": [shortcut],
            "slash_commands": [slash],
        },
        "oauth_config": {**redirect, "scopes": {"bot": sorted(SCOPES)}},
        "settings": {
            "event_subscriptions": {**request_url, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **request_url},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": False,
        },
    }
    return json.dumps(manifest, indent=2, ensure_ascii=False)
