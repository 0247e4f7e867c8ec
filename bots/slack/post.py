"""The ways in which a message gets to Slack, one after the other until one is open."""

import time
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from logging import getLogger
from typing import Any, TypeVar

from slack_sdk.web.async_client import AsyncWebClient

from bots.slack import api_errors, blocks
from bots.slack.api import Api
from bots.slack.api_errors import ErrorKind
from bots.slack.blocks import Message
from bots.slack.workspaces import Workspace, Workspaces
from core import errors
from core.chat.removals import Removal
from core.messages import Posted
from core.people import Place

log = getLogger(__name__)

SAVE = "floppy_disk"
"""The reaction that saves, by Slack's name of it."""


class NotInstalled(OSError):
    """The app is not, or no longer, installed in the workspace."""


class NotKnown(OSError):
    """Whether the app is installed in the workspace cannot be told for now."""


@dataclass(frozen=True, slots=True)
class Post:
    """Posts, edits and deletes messages. What is not said otherwise raises one of `api_errors.FAILURES`.

    `quiet` is until when (`time.monotonic`) a workspace takes no line of progress, because it had too many requests.
    """

    api: Api
    workspaces: Workspaces
    quiet: dict[str, float] = field(default_factory=dict)

    async def workspace(self, team: str) -> Workspace:
        """The workspace. Raises `NotInstalled`, `NotKnown`."""
        try:
            found = await self.workspaces.find(team)
        except errors.DatabaseUnavailable as error:
            raise NotKnown(f"the database does not tell of {team}") from error
        if found is None:
            raise NotInstalled(f"the app is not installed in {team}")
        return found

    async def client(self, place: Place) -> AsyncWebClient:
        """What speaks in the place."""
        return self.api.client((await self.workspace(place.id)).token)

    async def post(self, place: Place, message: Message) -> str:
        """Post in the place, joining a public channel where that is needed; the message's id."""
        client = await self.client(place)

        async def send(message: Message) -> str:
            sent = await client.chat_postMessage(channel=place.channel, thread_ts=place.thread, **_quiet(message))
            return str(sent["ts"])

        try:
            return await _pictured(send, message)
        except api_errors.FAILURES as error:
            if api_errors.classify(error) is not ErrorKind.ABSENT or place.private:
                raise
            await self._join(client, place, error)
            return await _pictured(send, message)

    async def edit(self, place: Place, ts: str, message: Message) -> None:
        """Put it in place of what the message of that `ts` said."""
        client = await self.client(place)
        await _pictured(lambda message: client.chat_update(channel=place.channel, ts=ts, **message.payload()), message)

    async def progress(self, place: Place, ts: str, text: str) -> None:
        """Put a line of progress in place of what the message said; one that does not get through is left out.

        After too many requests the workspace gets no more of them for as long as Slack says.
        """
        if time.monotonic() < self.quiet.get(place.id, 0.0):
            return
        try:
            client = self.api.without_retries((await self.workspace(place.id)).token)
            await client.chat_update(channel=place.channel, ts=ts, **blocks.text_message(text).payload())
        except api_errors.FAILURES as error:
            if seconds := api_errors.retry_after(error):
                self.quiet[place.id] = time.monotonic() + seconds

    async def tell(
        self, place: Place, user: str, message: Message, response_url: str | None = None, *, replace: bool = False
    ) -> bool:
        """Tell somebody alone, by whatever way is open; False where none is. For `replace` see `answer`."""
        ways: list[Way] = [lambda message: self.write(place.id, user, message)]
        if place.channel:
            ways.insert(0, lambda message: self._whisper(place, user, message))
        if response_url is not None:
            ways.insert(0, lambda message: self.answer(response_url, message, replace=replace, thread=place.thread))
        return await _by_any(ways, message)

    async def answer(
        self,
        response_url: str,
        message: Message,
        *,
        replace: bool = False,
        public: bool = False,
        thread: str | None = None,
    ) -> None:
        """Answer by a response URL, which works five times in half an hour and wherever the bot is not.

        With `replace` the message changes whose button was pressed; else whoever asked alone sees it, or with `public`
        everybody there, in the thread if there is one.
        """
        body = message.without_pictures.payload() | {"replace_original": replace}
        if not replace:
            body["response_type"] = "in_channel" if public else "ephemeral"
            body |= {"thread_ts": thread} if thread else {}
        sent = await self.api.response_url(response_url).send_dict(body)
        if sent.status_code != 200:
            raise OSError(f"the response URL answered {sent.status_code} {sent.body[:100]}")

    async def withdraw(self, response_url: str) -> None:
        """Delete the message whose button was pressed, also where the bot is not; it may be gone already."""
        with suppress(*api_errors.FAILURES):
            await self.api.response_url(response_url).send_dict({"delete_original": True})

    async def write(self, team: str, user: str, message: Message) -> tuple[str, str]:
        """Write to somebody directly; the conversation's id and the message's."""
        client = self.api.client((await self.workspace(team)).token)
        sent = await _pictured(lambda message: client.chat_postMessage(channel=user, **_quiet(message)), message)
        return str(sent["channel"]), str(sent["ts"])

    async def invite(self, place: Place, ts: str) -> None:
        """Put 💾 below a card, where that is allowed: whoever presses it saves."""
        with suppress(*api_errors.FAILURES):
            client = self.api.without_retries((await self.workspace(place.id)).token)
            await client.reactions_add(channel=place.channel, timestamp=ts, name=SAVE)

    async def delete(self, place: Place, ts: str) -> Removal:
        """Delete a message of ours, or a file with the message that shows it; what is gone already is done with."""
        try:
            client = await self.client(place)
            if ts.startswith("F"):
                await client.files_delete(file=ts)
            else:
                await client.chat_delete(channel=place.channel, ts=ts)
        except api_errors.FAILURES as error:
            if api_errors.code(error) in api_errors.DELETED:
                return Removal.DONE
            return Removal.LATER if api_errors.classify(error) is ErrorKind.LATER else Removal.REFUSED
        return Removal.DONE

    async def remove(self, posted: Posted) -> Removal:
        """Delete a message that showed what is gone; one of another app, or of its elder self, is not ours to delete.

        May raise `errors.DatabaseUnavailable`.
        """
        workspace = await self.workspaces.find(posted.application.rpartition(":")[2])
        if workspace is None or workspace.application != posted.application:
            return Removal.LATER
        return await self.delete(workspace.place(posted.channel), posted.message)

    async def _join(self, client: AsyncWebClient, place: Place, absent: Exception) -> None:
        """Join a public channel. Raises `absent` where the bot is not allowed to join any."""
        try:
            await client.conversations_join(channel=place.channel)
        except api_errors.FAILURES as error:
            if api_errors.code(error) == "missing_scope":
                raise absent from error
            raise

    async def _whisper(self, place: Place, user: str, message: Message) -> None:
        """Show it in the place to one person only; in a private conversation nobody else is there."""
        if place.private:
            await self.post(place, message)
            return
        client = await self.client(place)
        await client.chat_postEphemeral(
            channel=place.channel, user=user, thread_ts=place.thread, **message.without_pictures.payload()
        )


Sent = TypeVar("Sent")
Way = Callable[[Message], Awaitable[object]]


async def _pictured(send: Callable[[Message], Awaitable[Sent]], message: Message) -> Sent:
    """Send it, without pictures where Slack cannot load them."""
    try:
        return await send(message)
    except api_errors.FAILURES as error:
        if api_errors.classify(error) is not ErrorKind.BLOCKS or message.without_pictures == message:
            raise
        log.info("a picture is left out: %s", error)
        return await send(message.without_pictures)


async def _by_any(ways: Iterable[Way], message: Message) -> bool:
    for way in ways:
        try:
            await way(message)
        except api_errors.FAILURES as error:
            log.info("told by another way: %s", error)
        else:
            return True
    log.warning("somebody could not be told what they asked for: no way is open")
    return False


def _quiet(message: Message) -> dict[str, Any]:
    return {**message.payload(), "unfurl_links": False, "unfurl_media": False}
