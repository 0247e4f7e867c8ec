"""A job's way to its card in the channel."""

import asyncio
from dataclasses import dataclass
from logging import getLogger

from bots import failures
from bots.discord import cards, markup
from bots.discord.posting import Post
from core import errors
from core.desk import Desk
from core.engine import Progress
from core.jobs import Job
from core.kicks import Take

log = getLogger(__name__)

EDITED_EVERY = 2.0
"""Seconds between two edits of a placeholder, and before the first. The card itself is not kept waiting."""

DOING = {
    "queued": "⏳ **{prompt}** is waiting for its turn, {seconds:.0f} s",
    "waking": "🌅 **{prompt}**: the GPU is waking up, {seconds:.0f} s",
    "rendering": "🥁 **{prompt}** is being made, {seconds:.0f} s",
}

REMOVED = "The message was removed while your kick was made."


@dataclass(frozen=True, slots=True)
class Delivery:
    """Makes a job's kick and shows it; errors are told to the asker.

    Crash windows: a process that dies between acknowledging and filing leaves a placeholder that Discord itself ends
    after 15 minutes; between placing several kicks' messages and starting them, one that nothing fills. Between
    showing a card and noting it, the card is shown again: an edit of the same message, or, where it had to be posted
    anew, a second one, unless that is so soon that Discord still knows its nonce.
    """

    desk: Desk
    post: Post

    async def __call__(self, job: Job) -> None:
        """Deliver the job; one that loses its lease is another process's."""
        limit = self.post.limits.pop(job.id, None)
        try:
            take = await self._make(job)
        except errors.LeaseLost:
            return
        except Exception as error:
            await self.post.refuse(job, markup.text(failures.sentence(error)))
            return
        try:
            await self._show(job, take, limit)
        except Exception as error:
            url = self.desk.studio.files.url(take.path)
            await self.post.refuse(job, cards.kept(take, url, failures.sentence(error)))
            await self._close(job, None)

    async def _make(self, job: Job) -> Take:
        told, last = True, asyncio.get_running_loop().time()
        async for step in self.desk.studio.make(job):
            if isinstance(step, Take):
                return step
            now = asyncio.get_running_loop().time()
            if told and now - last >= EDITED_EVERY:
                told, last = await self.post.progress(job, _doing(job, step)), now
        raise errors.KickbotError(detail=f"job {job.id} ended without a take")

    async def _show(self, job: Job, take: Take, limit: int | None) -> None:
        """Show the card. The take is kept, whatever becomes of its message.

        Where Discord is out of order the job is left as it is: it is taken over when its lease ends, and shown then.
        """
        card = await self.desk.card(take, job.asker)
        url = card.audio.url if card.audio else ""
        shown = await self.post.show(job, cards.of_take(card), cards.kept(take, url, REMOVED), limit)
        if shown is None:
            return
        await self._close(job, shown.message)
        if shown.message is not None:
            await self.post.invite(job.address.place, shown.message)

    async def _close(self, job: Job, message: str | None) -> None:
        try:
            await self.desk.studio.delivered(job, message)
        except errors.DatabaseUnavailable as error:
            log.warning("job %s is shown but may be shown again: %s", job.id, error.detail)


def _doing(job: Job, progress: Progress) -> str:
    return DOING[progress.state].format(prompt=markup.name(job.prompt), seconds=progress.seconds)
