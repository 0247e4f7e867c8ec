"""A message with its files fetched, ready to be sent any number of times."""

import asyncio
import io
from dataclasses import dataclass, replace
from logging import getLogger
from typing import Any

import discord

from bots.discord import buttons
from bots.discord.message import Message
from core import errors, files

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Payload:
    """What goes into one message; `attached` are file names and their contents."""

    message: Message
    attached: tuple[tuple[str, bytes], ...] = ()

    @property
    def bare(self) -> "Payload":
        """The same without files: the link in the text is what is left."""
        return replace(self, attached=())

    def files(self) -> list[discord.File]:
        """The files; each sending needs new ones."""
        return [
            discord.File(
                io.BytesIO(content), name, description=self.message.pictured if name.endswith(".png") else None
            )
            for name, content in self.attached
        ]

    def edit(self) -> dict[str, Any]:
        """What an edit takes. Mentions are read again at each edit, so it says again that nobody is pinged."""
        return {
            "content": self.message.text,
            "attachments": self.files(),
            "view": buttons.view(self.message),
            "allowed_mentions": discord.AllowedMentions.none(),
        }

    def send(self) -> dict[str, Any]:
        """What a new message takes."""
        parts = {"files": self.files(), "view": buttons.view(self.message)}
        return {
            "content": self.message.text,
            "allowed_mentions": discord.AllowedMentions.none(),
            **{name: part for name, part in parts.items() if part},
        }


async def pack(message: Message, store: files.Files, limit: int) -> Payload:
    """The message with its sound and picture. A file above `limit` bytes, or one that is not there, is left out."""
    if message.audio is None:
        return Payload(message)
    try:
        sound, picture = await asyncio.gather(
            store.fetch(message.audio.path),
            store.fetch(files.picture_path(message.audio.path)),
        )
    except errors.StorageFailed as error:
        log.warning("%s is shown as a link only: %s", message.audio.path, error.detail)
        return Payload(message)
    name = message.audio.file_name
    wanted = [(name, sound), (f"{name.removesuffix('.wav')}.png", picture)]
    return Payload(message, tuple((name, content) for name, content in wanted if content and len(content) <= limit))
