"""The App Home: one's library, presets, what is left today, who shares the account."""

from dataclasses import replace

from slack_sdk.models.blocks import Block

from bots.slack import blocks, lists, render
from bots.slack.requests import Request
from bots.slack.surface import Surface
from core.answers.commands import Invocation

MOST_KICKS = 15
MOST_PRESETS = 15
"""With three blocks an entry at most, and headings, a view stays within Slack's 100 blocks."""


async def show(here: Surface, request: Request) -> None:
    """Publish the App Home of whoever asks."""
    actor = await here.profiles.actor(request)
    status = render.message(here.markup, await here.desk.answer(actor, Invocation("account status")))
    found = replace(await here.library.kicks(actor), size=MOST_KICKS)
    kicks = lists.kicks(here.markup, found, turned=False)
    page = await here.presets.mine(actor, size=MOST_PRESETS)
    presets = lists.presets(here.markup, replace(page, next=None, back=None))
    shown: list[Block] = [blocks.header("Kickbot"), *status.blocks, blocks.divider(), *kicks.blocks, blocks.divider()]
    view = {"type": "home", "blocks": [block.to_dict() for block in (*shown, *presets.blocks)]}
    await here.api.client(request.workspace.token).views_publish(user_id=request.user, view=view)
