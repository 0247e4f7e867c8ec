"""The client of Modal's servers."""

import asyncio
import contextlib

import modal


class Connection:
    """One client, opened when it is first needed; it stays good while servers come and go."""

    def __init__(self, token_id: str, token_secret: str) -> None:
        """Nothing is sent yet."""
        self._token = (token_id, token_secret)
        self._opening: asyncio.Task[modal.Client] | None = None

    async def client(self) -> modal.Client:
        """The open client. An unreachable server is tried for a minute: put a deadline around it.

        Whoever gives up leaves the attempt to those who ask next. Raises what the Modal client raises.
        """
        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = asyncio.create_task(modal.Client.from_credentials.aio(*self._token))
            # An attempt that fails when nobody waits any more is nothing to complain about.
            self._opening.add_done_callback(lambda task: task.cancelled() or task.exception())
        return await asyncio.shield(self._opening)

    async def close(self) -> None:
        """Close the client; it is not used again."""
        if self._opening is None:
            return
        self._opening.cancel()
        with contextlib.suppress(asyncio.CancelledError, modal.exception.Error):
            client = await self._opening
            await client.close.aio()
