"""Sounds as files in a thread, where they play in place."""

import asyncio
from dataclasses import dataclass
from logging import getLogger
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bots.slack import api_errors
from bots.slack.api import Api
from bots.slack.post import Post
from core import errors
from core.answers.cards import Audio
from core.files import Files
from core.people import Place

log = getLogger(__name__)

WAITS = (0.3, 0.7, 1.0, 2.0, 4.0, 8.0)
"""Seconds before each question whether a file has been shared: Slack does that after it has said that it has."""


@dataclass(frozen=True, slots=True)
class Uploads:
    """Uploads in the steps of `files_upload_v2`, so that a file's id is known before it is anywhere to be seen.

    Where the bot may not upload, the link on the card serves, and nobody is alarmed.
    """

    post: Post
    api: Api
    files: Files
    waits: tuple[float, ...] = WAITS

    async def send(self, place: Place, audio: Audio) -> str | None:
        """Bring the sound to Slack, for nobody to see yet; the file's id, None where that does not work."""
        try:
            data = await self.files.fetch(audio.path)
            return await self._sent(place, audio.file_name, data) if data else None
        except (errors.StorageFailed, *api_errors.FAILURES) as error:
            log.info("%s is shown as a link only: %s", audio.path, error)
            return None

    async def share(self, place: Place, file: str, title: str, thread: str) -> str | None:
        """Show the file in the thread; its message's id, None where it never shows up."""
        try:
            client = await self.post.client(place)
            await client.files_completeUploadExternal(
                files=[{"id": file, "title": title}], channel_id=place.channel, thread_ts=thread
            )
            return await self._shared(client, place, file)
        except api_errors.FAILURES as error:
            log.info("%s is not shown: %s", file, error)
            return None

    async def _sent(self, place: Place, name: str, data: bytes) -> str | None:
        client = await self.post.client(place)
        target = await client.files_getUploadURLExternal(filename=name, length=len(data))
        async with self.api.session.post(str(target["upload_url"]), data=data) as answer:
            answer.raise_for_status()
        return str(target["file_id"])

    async def _shared(self, client: AsyncWebClient, place: Place, file: str) -> str | None:
        for wait in self.waits:
            await asyncio.sleep(wait)
            found: dict[str, Any] = (await client.files_info(file=file)).get("file", {})
            for channels in found.get("shares", {}).values():
                for share in channels.get(place.channel, ()):
                    return str(share["ts"])
        log.info("%s was not shared in %s in time", file, place.channel)
        return None
