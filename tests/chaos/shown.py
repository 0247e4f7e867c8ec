"""What stands on Slack and Discord when the storm is over: the cards of what was made, and nothing half-done."""

import json
from collections.abc import Iterator

from simcord import Env

from db.postgres.database import Database
from tests.chaos.life import LIMITS
from tests.fakes.slack.world import World, buttons

HALF_DONE = ("⏳", "🥁", "🌅")
THINKING = 1 << 7


async def missing(database: Database, slack: World, discord: Env) -> list[str]:
    """Cards that should stand and do not, placeholders that stand although their job is done."""
    finished = await database.fetch(FINISHED, LIMITS.attempts)
    cards = {"slack": "\n".join(_on_slack(slack)), "discord": "\n".join(_on_discord(discord))}
    standing = {"slack": set(half_done_on_slack(slack)), "discord": set(half_done_on_discord(discord))}
    wrong = []
    for row in finished:
        if f'"take:{row["take"]}"' not in cards[row["platform"]]:
            wrong.append(f"nothing on {row['platform']} shows take {row['take']} of job {row['id']}")
        if row["placeholder"] in standing[row["platform"]]:
            wrong.append(f"the placeholder of job {row['id']} stands on {row['platform']} although it is done")
    return wrong


def half_done_on_slack(slack: World) -> Iterator[str]:
    """The placeholders that stand there."""
    for channel in slack.channels.values():
        yield from (one.ts for one in channel.messages.values() if one.text.startswith(HALF_DONE))


def half_done_on_discord(discord: Env) -> Iterator[str]:
    """The placeholders that stand there, and answers that are being thought about."""
    for messages in discord.backend.messages.values():
        for one in messages.values():
            if one.content.startswith(HALF_DONE) or (one.flags & THINKING and not one.is_ephemeral):
                yield str(one.id)


def _on_slack(slack: World) -> Iterator[str]:
    """The values of all buttons, as JSON."""
    everywhere = [*slack.ephemerals, *(one for channel in slack.channels.values() for one in channel.messages.values())]
    for message in everywhere:
        yield from (json.dumps(button.get("value", "")) for button in buttons(message.blocks))


def _on_discord(discord: Env) -> Iterator[str]:
    for messages in discord.backend.messages.values():
        for message in messages.values():
            yield json.dumps(message.components).replace('"again:take:', '"take:')


FINISHED = """
SELECT j.id, j.platform, j.placeholder, t.id AS take FROM kickbot.job j JOIN kickbot.take t ON t.job_id = j.id
WHERE j.state = 'done' AND j.platform IN ('slack', 'discord') AND j.attempts <= $1
"""
