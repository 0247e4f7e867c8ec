"""Commands and keys, answered: acknowledged first, then shown to whom it concerns."""

import discord

from bots.chat.actions import How
from bots.discord import acknowledgement, api_errors, attachments, context, lists, render, surface
from bots.discord.api_errors import Trouble
from bots.discord.attachments import Parcel
from bots.discord.surface import Interaction
from core.answers import replies
from core.answers.commands import Invocation
from core.people import Actor
from core.refs import Ref


async def answer(interaction: Interaction, invocation: Invocation, *, private: bool = True) -> None:
    """Answer a command, to whoever asked alone or to everybody there."""
    async with acknowledgement.listening(interaction):
        if private:
            await acknowledgement.acknowledge(interaction, private=True)
            await fill(interaction, invocation)
        else:
            await post(interaction, invocation)


async def pressed(interaction: Interaction, does: Invocation, how: How) -> None:
    """Answer a key."""
    if how != "turn":
        await answer(interaction, does, private=how == "tell")
        return
    async with acknowledgement.listening(interaction):
        await acknowledgement.acknowledge_press(interaction)
        await fill(interaction, does)


async def post(interaction: Interaction, invocation: Invocation) -> None:
    """Acknowledge, and post the answer for everybody there. Raises `errors.ChannelClosed`, and what is refused."""
    await acknowledgement.acknowledge(interaction, private=False)
    here, place = surface.of(interaction), context.actor(interaction).place
    await here.desk.place_settings.check(place)
    message, shown = await fill(interaction, invocation)
    if shown:
        await here.desk.showing.posted(context.actor(interaction), str(message), shown)
        await here.messenger.invite(place, str(message))


async def fill(interaction: Interaction, invocation: Invocation) -> tuple[int, Ref | None]:
    """Put the answer into the message that was acknowledged: its id, and what it shows."""
    here = surface.of(interaction)
    reply = await _asked(interaction, context.actor(interaction), invocation)
    sheet = render.sheet(here.messenger.markup, reply)
    parcel = await attachments.pack(sheet, here.desk.studio.files, interaction.filesize_limit)
    message = await _edit(interaction, parcel)
    await here.letterbox.send(replies.letters(reply))
    return message, sheet.shows


async def _asked(interaction: Interaction, actor: Actor, invocation: Invocation) -> replies.Reply:
    here = surface.of(interaction)
    if invocation.verb == "delete" and interaction.message is not None:
        return await here.desk.library.delete_shown(actor, invocation.rest, str(interaction.message.id))
    return await here.desk.answer(actor, invocation, lists.SIZE)


async def _edit(interaction: Interaction, parcel: Parcel) -> int:
    """Fill the message that was acknowledged; without files where those are refused."""
    try:
        return (await interaction.edit_original_response(**parcel.edit())).id
    except discord.HTTPException as error:
        if not parcel.attached or api_errors.of(error) not in (Trouble.TOO_LARGE, Trouble.FORBIDDEN):
            raise
        return (await interaction.edit_original_response(**parcel.bare.edit())).id
