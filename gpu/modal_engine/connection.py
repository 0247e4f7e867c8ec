"""The client of Modal's servers."""

import modal

from gpu.engines.once import Once


class Connection:
    """One client, opened when it is first needed; it stays good while servers come and go."""

    def __init__(self, token_id: str, token_secret: str) -> None:
        """Nothing is sent yet."""
        self._client = Once(lambda: modal.Client.from_credentials.aio(token_id, token_secret))

    async def client(self) -> modal.Client:
        """The open client. An unreachable server is tried for a minute: put a deadline around it.

        Raises what the Modal client raises.
        """
        return await self._client.value()

    async def close(self) -> None:
        """Close the client; it is not used again."""
        client = await self._client.end()
        if client is not None:
            await client.close.aio()
