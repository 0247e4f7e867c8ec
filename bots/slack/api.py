"""Clients of Slack's Web API and of response URLs, over one session of connections."""

from dataclasses import dataclass, field

import aiohttp
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
    AsyncServerErrorRetryHandler,
)
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

SLACK = "https://slack.com/api/"
ONCE = "/chat.postMessage"
"""What shows twice where it is asked for twice: after an answer that was lost it is not asked for again."""

TRIES = 3


@dataclass(frozen=True, slots=True)
class Api:
    """Where Slack is. `url` is the base of every Web API call."""

    session: aiohttp.ClientSession = field(repr=False)
    url: str = SLACK

    def client(self, token: str | None = None) -> AsyncWebClient:
        """A client that waits where it is told to, and tries again where Slack or the line to it has failed."""
        return self._client(token, retry_handlers())

    def without_retries(self, token: str) -> AsyncWebClient:
        """A client for what is not worth a second try."""
        return self._client(token, [])

    def response_url(self, url: str) -> AsyncWebhookClient:
        """What answers by a response URL."""
        return AsyncWebhookClient(url, session=self.session, retry_handlers=retry_handlers())

    def _client(self, token: str | None, handlers: list[AsyncRetryHandler]) -> AsyncWebClient:
        return AsyncWebClient(token, base_url=self.url, session=self.session, retry_handlers=handlers)


class ServerErrorRetry(AsyncServerErrorRetryHandler):
    """Tries again after any answer of 500 and above, of which the SDK's own knows two, but posts nothing again."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        return response is not None and response.status_code >= 500 and not request.url.endswith(ONCE)


class ConnectionErrorRetry(AsyncConnectionErrorRetryHandler):
    """Tries again after the line has failed: a message only where it never came about."""

    async def _can_retry_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        if request.url.endswith(ONCE):
            return isinstance(error, aiohttp.ClientConnectorError)
        return await super()._can_retry_async(state=state, request=request, response=response, error=error)


def retry_handlers() -> list[AsyncRetryHandler]:
    """What a call goes through before it has failed."""
    return [
        ConnectionErrorRetry(max_retry_count=TRIES - 1),
        AsyncRateLimitErrorRetryHandler(max_retry_count=TRIES - 1),
        ServerErrorRetry(max_retry_count=TRIES - 1),
    ]
