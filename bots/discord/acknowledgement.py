"""The first answer to an interaction: within three seconds, and before any other work."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from logging import getLogger
from typing import Any

import discord

from bots.chat import error_text, wording
from bots.discord import api_errors, surface
from bots.discord.attachments import Payload
from bots.discord.message import Message
from bots.discord.surface import Interaction
from core import errors

log = getLogger(__name__)

NOTHING_TO_SEE = "That did not work; only whoever asked sees why."


class TooLate(Exception):
    """The interaction is answered already, by another process, or three seconds have passed."""


async def acknowledge(interaction: Interaction, *, private: bool) -> str:
    """Show that something is coming; the id of the message that will hold it.

    Raises `TooLate`, and `errors.Restarting` where nothing new is begun.
    """
    interaction.extras["private"] = private
    response = await _deferred(interaction, ephemeral=private, thinking=True)
    return str(response.message_id) if response else ""


async def acknowledge_press(interaction: Interaction) -> None:
    """Take note of a press that changes the message itself. Raises what `acknowledge` does."""
    interaction.extras["private"] = None
    await _deferred(interaction, ephemeral=False, thinking=False)


@asynccontextmanager
async def listening(interaction: Interaction) -> AsyncIterator[None]:
    """Whatever goes wrong inside is told to whoever asked, and to nobody else."""
    here, task = surface.from_interaction(interaction), asyncio.current_task()
    answering = here.answering
    if task is not None:
        answering.add(task)
    try:
        yield
    except TooLate as late:
        log.info("interaction %s is not gone on with: %s", interaction.id, late)
    except Exception as error:
        await refuse(interaction, error_text.sentence(error))
    finally:
        if task is not None:
            answering.discard(task)


async def refuse(interaction: Interaction, sentence: str) -> None:
    """Tell whoever asked, and nobody else; a public placeholder is removed."""
    payload = Payload(Message(wording.sentence(surface.from_interaction(interaction).markup, sentence)))
    with suppress(*api_errors.FAILURES):
        if not interaction.response.is_done():
            await interaction.response.send_message(ephemeral=True, **payload.send())
        elif interaction.extras.get("private"):
            await interaction.edit_original_response(**payload.edit())
        else:
            await _refuse_in_public(interaction, payload)


async def _refuse_in_public(interaction: Interaction, payload: Payload) -> None:
    placeholder = interaction.extras.get("private") is False
    if placeholder:
        await _answer_first(interaction)
    with suppress(*api_errors.FAILURES):
        await interaction.followup.send(ephemeral=True, **payload.send())
    if placeholder:
        await interaction.delete_original_response()


async def _answer_first(interaction: Interaction) -> None:
    """Discord takes the first follow-up for the answer itself, public as that is, until there is one."""
    try:
        await interaction.edit_original_response(content=NOTHING_TO_SEE)
    except api_errors.FAILURES:
        with suppress(*api_errors.FAILURES):
            await interaction.followup.send(NOTHING_TO_SEE, ephemeral=True)


async def _deferred(
    interaction: Interaction, *, ephemeral: bool, thinking: bool
) -> discord.InteractionCallbackResponse[Any] | None:
    if surface.from_interaction(interaction).closing.is_set():
        raise errors.Restarting
    try:
        return await interaction.response.defer(ephemeral=ephemeral, thinking=thinking)
    except discord.HTTPException as error:
        if error.code in (api_errors.UNKNOWN_INTERACTION, api_errors.ALREADY_ACKNOWLEDGED):
            raise TooLate(str(error)) from error
        raise
