"""Commands that are one word each."""

from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands

from bots.chat import help_text
from bots.discord import acknowledgement, context, interactions, markup, render, surface
from bots.discord.surface import Interaction
from core.answers.commands import Invocation

SOME = 40
"""Words that the help names, about."""


def kicks() -> app_commands.Command[Any, ..., None]:
    """`/kicks`."""

    @app_commands.command(name="kicks", description="Your library and your recent kicks: hear, save and delete them")
    async def kicks(interaction: Interaction) -> None:
        await interactions.answer(interaction, Invocation("kicks"))

    return kicks


def save() -> app_commands.ContextMenu:
    """The Apps menu's way to save what a message shows."""

    @app_commands.context_menu(name=help_text.SAVE_FROM_MENU)
    async def save(interaction: Interaction, message: discord.Message) -> None:
        async with acknowledgement.listening(interaction):
            await acknowledgement.acknowledge(interaction, private=True)
            here, actor = surface.from_interaction(interaction), context.actor(interaction)
            ref = await here.showing.required(actor.place, str(message.id))
            await interactions.fill(interaction, Invocation("presets save", str(ref)))

    return save


def help() -> app_commands.Command[Any, ..., None]:  # noqa: A001  # a command's name
    """`/kickhelp`, on one screen."""

    @app_commands.command(name="kickhelp", description="What Kickbot does and how to ask for it")
    async def kickhelp(interaction: Interaction) -> None:
        async with acknowledgement.listening(interaction):
            here = surface.from_interaction(interaction)
            reply = await here.desk.answer(context.actor(interaction), Invocation("help"))
            text = f"{render.message(here.markup, reply).text}\n{_some(here.autocomplete.ordered)}"
            await interaction.response.send_message(text, ephemeral=True)

    return kickhelp


def _some(words: Sequence[str]) -> str:
    """Some of the words, from all over the alphabet."""
    some = ", ".join(words[:: max(1, len(words) // SOME)])
    return markup.small(f"Words that steer the sound: {markup.name(some) or 'any'}")
