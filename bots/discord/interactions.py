"""Commands and buttons, answered: acknowledged first, then shown to whom it concerns."""

from dataclasses import replace
from logging import getLogger

import discord

from bots.chat.actions import How
from bots.discord import acknowledgement, api_errors, attachments, context, lists, render, surface
from bots.discord.api_errors import ErrorKind
from bots.discord.attachments import Payload
from bots.discord.surface import Interaction
from core.answers import replies
from core.answers.commands import Invocation
from core.refs import Ref

log = getLogger(__name__)


async def answer(interaction: Interaction, invocation: Invocation, *, private: bool = True) -> None:
    """Answer a command, to whoever asked alone or to everybody there."""
    async with acknowledgement.listening(interaction):
        if private:
            await acknowledgement.acknowledge(interaction, private=True)
            await fill(interaction, invocation)
        else:
            await post(interaction, invocation)


async def pressed(interaction: Interaction, does: Invocation, how: How) -> None:
    """Answer a button. Where a question is agreed to, the answer takes its place, if nobody else sees that.

    Pages that all see are turned by whoever has asked for them; anybody else gets a page of their own.
    """
    if (how == "turn" and _asked(interaction)) or (how == "agree" and _seen_alone(interaction)):
        async with acknowledgement.listening(interaction):
            await acknowledgement.acknowledge_press(interaction)
            await fill(interaction, does)
    elif does.verb == "delete" and interaction.message and _outside(interaction):
        async with acknowledgement.listening(interaction):
            await _delete(interaction, interaction.message, does)
    else:
        await answer(interaction, does, private=how != "post")


async def post(interaction: Interaction, invocation: Invocation) -> None:
    """Acknowledge, and post the answer for everybody there. Raises `errors.ChannelClosed`, and what is refused."""
    await acknowledgement.acknowledge(interaction, private=False)
    here, place = surface.from_interaction(interaction), context.actor(interaction).place
    await here.place_settings.check(place)
    message, shown = await fill(interaction, invocation)
    if place.outside:
        here.api.tokens.note(str(message), interaction.token)
    if shown:
        try:
            await here.showing.posted(context.actor(interaction), str(message), shown)
            await here.messenger.invite(place, str(message))
        except Exception as error:  # Nothing takes back what is shown.
            log.warning("reactions below message %s of %s mean nothing: %r", message, place.application, error)


async def _delete(interaction: Interaction, message: discord.Message, does: Invocation) -> None:
    """Answer below the message, which only the token of a press that changes it can take away there."""
    await acknowledgement.acknowledge_press(interaction)
    surface.from_interaction(interaction).api.tokens.note(str(message.id), interaction.token)
    payload, _ = await _answer(interaction, does)
    await interaction.followup.send(ephemeral=True, **payload.send())


async def fill(interaction: Interaction, invocation: Invocation) -> tuple[int, Ref | None]:
    """Put the answer into the message that was acknowledged: its id, and what it shows."""
    payload, reply = await _answer(interaction, invocation)
    if isinstance(reply, replies.Saved) and interaction.message and not interaction.message.flags.ephemeral:
        place = context.actor(interaction).place
        surface.from_interaction(interaction).save_counts.change(place, str(interaction.message.id))
    number = await _edit(interaction, payload)
    await surface.from_interaction(interaction).notifications.send(replies.notifications(reply))
    return number, payload.message.shows


async def _answer(interaction: Interaction, invocation: Invocation) -> tuple[Payload, replies.Reply]:
    here = surface.from_interaction(interaction)
    pressed_in = str(interaction.message.id) if interaction.message else None
    actor = context.actor(interaction)
    if invocation.verb == "delete" and context.asked_for(interaction.message, interaction.user.id):
        actor = replace(actor, moderator=True)  # Whoever has had it posted may take it down.
    reply = await here.desk.answer(actor, invocation, lists.SIZE, pressed_in)
    message = render.message(here.markup, reply)
    return await attachments.pack(message, here.files, interaction.filesize_limit), reply


def _outside(interaction: Interaction) -> bool:
    """Whether a message that others see too is pressed where the bot is no member."""
    ephemeral = interaction.message is not None and interaction.message.flags.ephemeral
    return context.actor(interaction).place.outside and not ephemeral


def _asked(interaction: Interaction) -> bool:
    """Whether whoever presses has asked for the message of the button."""
    message = interaction.message
    unknown = message is None or message.interaction_metadata is None
    return unknown or context.asked_for(message, interaction.user.id)


def _seen_alone(interaction: Interaction) -> bool:
    """Whether only whoever presses sees the message of the button."""
    alone = interaction.message is not None and interaction.message.flags.ephemeral
    return alone or interaction.context.dm_channel


async def _edit(interaction: Interaction, payload: Payload) -> int:
    """Fill the message that was acknowledged; without files where those are refused."""
    try:
        return (await interaction.edit_original_response(**payload.edit())).id
    except discord.HTTPException as error:
        if api_errors.classify(error) is ErrorKind.BLOCKED:
            raise api_errors.Blocked(detail=str(error)) from error
        if not payload.attached or api_errors.classify(error) not in (ErrorKind.TOO_LARGE, ErrorKind.FORBIDDEN):
            raise
        return (await interaction.edit_original_response(**payload.bare.edit())).id
