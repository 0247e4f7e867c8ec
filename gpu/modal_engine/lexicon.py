"""The words that the deployed model knows: asked of the worker once, kept between starts."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from logging import getLogger

from core import errors
from core.making.vocabulary import Vocabulary, VocabularyCache

log = getLogger(__name__)


class Lexicon:
    """Answers from memory, then from the cache; what the worker says replaces both as soon as it is known."""

    def __init__(
        self,
        worker: str,
        ask: Callable[[], Awaitable[Vocabulary]],
        cache: VocabularyCache,
        *,
        timeout: float,
        rest: float = 300,
    ) -> None:
        """Wait at most `timeout` seconds for the worker's answer, and leave `rest` seconds between two questions."""
        self._worker = worker
        self._ask = ask
        self._cache = cache
        self._timeout = timeout
        self._rest = rest
        self._known: Vocabulary | None = None
        self._rendering: str | None = None
        self._asking: asyncio.Task[None] | None = None
        self._asked_last = float("-inf")

    async def words(self) -> frozenset[str] | None:
        """The words, None where they are not known yet. Raises `errors.DatabaseUnavailable`."""
        if self._known is None:
            asking = self._start_asking()
            kept = await self._cache.get(self._worker)
            if kept is not None and self._rendering in {None, kept.revision}:
                self._known = self._known or kept
            elif asking is not None:
                await asyncio.wait({asking}, timeout=self._timeout)
        return None if self._known is None else self._known.words

    def note(self, revision: str) -> None:
        """A kick came from that revision of the model: words of another one are of no use any more."""
        if revision != self._rendering:
            self._asked_last = float("-inf")
        self._rendering = revision
        if self._known is not None and self._known.revision != revision:
            self._known = None

    def close(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()

    def _start_asking(self) -> asyncio.Task[None] | None:
        """Ask where nobody does; only who begins to ask waits for the answer, so a silent worker delays one kick."""
        if self._asking is not None and not self._asking.done():
            return None
        if time.monotonic() - self._asked_last < self._rest:
            return None
        self._asked_last = time.monotonic()
        self._asking = asyncio.create_task(self._learn())
        return self._asking

    async def _learn(self) -> None:
        try:
            self._known = await self._ask()
            await self._cache.put(self._worker, self._known)
        except errors.KickbotError as error:
            log.warning("the worker's vocabulary is not known: %s", error.detail or error)
