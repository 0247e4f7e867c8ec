"""A sheet with its files fetched, ready to be sent any number of times."""

import asyncio
import io
from dataclasses import dataclass, replace
from logging import getLogger
from typing import Any

import discord

from bots.discord import buttons
from bots.discord.message import Sheet
from core import errors, files

log = getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What goes into one message; `attached` are file names and their contents."""

    sheet: Sheet
    attached: tuple[tuple[str, bytes], ...] = ()

    @property
    def bare(self) -> "Parcel":
        """The same without files: the link in the text is what is left."""
        return replace(self, attached=())

    def files(self) -> list[discord.File]:
        """The files; each sending needs new ones."""
        return [discord.File(io.BytesIO(content), name) for name, content in self.attached]

    def edit(self) -> dict[str, Any]:
        """What an edit takes. Mentions are read again at each edit, so it says again that nobody is pinged."""
        return {
            "content": self.sheet.text,
            "attachments": self.files(),
            "view": buttons.view(self.sheet),
            "allowed_mentions": discord.AllowedMentions.none(),
        }

    def send(self) -> dict[str, Any]:
        """What a new message takes."""
        parts = {"files": self.files(), "view": buttons.view(self.sheet)}
        return {
            "content": self.sheet.text,
            "allowed_mentions": discord.AllowedMentions.none(),
            **{name: part for name, part in parts.items() if part},
        }


async def pack(sheet: Sheet, store: files.Files, limit: int) -> Parcel:
    """The sheet with its sound and picture. A file above `limit` bytes, or one that is not there, is left out."""
    if sheet.audio is None:
        return Parcel(sheet)
    try:
        sound, picture = await asyncio.gather(
            store.fetch(sheet.audio.path),
            store.fetch(files.picture_path(sheet.audio.path)),
        )
    except errors.StorageFailed as error:
        log.warning("%s is shown as a link only: %s", sheet.audio.path, error.detail)
        return Parcel(sheet)
    name = sheet.audio.file_name
    wanted = [(name, sound), (f"{name.removesuffix('.wav')}.png", picture)]
    return Parcel(sheet, tuple((name, content) for name, content in wanted if content and len(content) <= limit))
