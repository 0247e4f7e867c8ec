"""A job's way to its card in the channel, the same on every platform."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from logging import getLogger

from bots.chat import error_text, kick_log, throttle, wording
from bots.chat.messenger import Done, Messenger, Refused
from core import errors
from core.answers.cards import Card
from core.jobs import Job
from core.kicks import Take
from core.making.studio import Studio

log = getLogger(__name__)

EDITED_EVERY = 2.0
"""Seconds between two edits of a placeholder, and before the first."""

REMEMBERED = 100
"""Refusals that are not told twice."""

CardOf = Callable[[Take, str], Awaitable[Card]]
"""Makes the card of a take for the one of that name who asked for it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Makes a job's kick and shows it; errors are told to the asker. `every` is seconds between two edits.

    While the database is away, a job that has its place in a channel waits for it with what is to be noted; on a
    terminal, where somebody waits for the end, it does not (`patient`).

    Crash windows: a placeholder that was posted before the job started is left behind where the process dies before
    it has noted it. Between showing a card and noting that, the card is shown again: as an edit of the same message,
    or, where it had to be posted anew, a second time. Each messenger says what its platform adds to that.
    """

    studio: Studio
    card: CardOf
    messenger: Messenger
    every: float = EDITED_EVERY
    patient: bool = True
    told: deque[tuple[str, str, str]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    async def __call__(self, job: Job) -> bool:
        """Deliver the job; False where its asker got no kick. One that loses its lease is another process's."""
        with kick_log.line(job, self.studio.engine_name) as line:
            return await self._deliver(job, line)

    async def _deliver(self, job: Job, line: kick_log.Line) -> bool:
        take = None
        try:
            job = await self._placed(job)
            take, late = await self._make(job)
            line.engine = take.recipe.engine
            shown = await self._show(job, await self.card(take, job.asker), late)
            line.outcome = "shown" if shown else "made and not shown"
            return shown
        except errors.Delayed as error:
            line.outcome = "put off"
            text = wording.sentence(self.messenger.markup, error_text.sentence(error))
            await self._tell_once(job, error_text.kind(error), text)
            await self._keep_place(job, error)
            return False
        except errors.LeaseLost:
            line.outcome = "left to another process"
            return False
        except Exception as error:
            line.outcome = f"{'made and not shown' if take else 'not made'} ({error_text.kind(error)})"
            await self._refuse(job, error, take)
            return False

    async def _placed(self, job: Job) -> Job:
        if job.state != "queued" or job.address.placeholder is not None:
            return job
        placed = await self.messenger.place(job, wording.placeholder(self.messenger.markup, job.prompt))
        if not isinstance(placed, Done):
            return job
        return replace(job, address=replace(job.address, placeholder=placed.message))

    async def _keep_place(self, job: Job, delayed: errors.Delayed) -> None:
        """Let whoever goes on with the job find its placeholder, or take that away where nobody will."""
        if not self.patient or job.address.placeholder is None:
            return
        try:
            state = await self.studio.placed(job)
        except errors.DatabaseUnavailable as error:
            log.warning("job %s may get another placeholder: %s", job.id, error.detail)
            return
        if state == "failed":
            # It was ended all the same, by the statement whose answer was lost.
            await self._refuse(job, errors.DatabaseUnavailable(detail=delayed.detail), None)
        elif state in (None, "cancelled"):
            await self.messenger.remove(job)

    async def _make(self, job: Job) -> tuple[Take, asyncio.Future[None] | None]:
        """The take, and a line of progress that has not arrived yet."""
        take = None
        async with throttle.throttled(lambda text: self._progress(job, text), self.every) as told:
            async for step in self.studio.make(job):
                if isinstance(step, Take):
                    take = step
                    break
                told.tell(wording.progress(self.messenger.markup, job.prompt, step))
        if take is None:
            raise errors.KickbotError(detail=f"job {job.id} ended without a take")
        return take, told.late

    async def _progress(self, job: Job, text: str) -> None:
        """Tell how far it is, unless another process may have shown the card by now."""
        if self.studio.surely_holds(job):
            await self.messenger.progress(job, text)

    async def _show_again(self, job: Job, card: Card, late: asyncio.Future[None]) -> None:
        """Put the card back in its place where a line of progress came only after it."""
        await asyncio.wait({late})
        await self.messenger.show(job, card)

    async def _show(self, job: Job, card: Card, late: asyncio.Future[None] | None) -> bool:
        """Show the card. The take is kept, whatever becomes of its message.

        Where the platform is out of order the job is left as it is: it is taken over when its lease ends, and shown
        then. Only the last attempt hands it to the asker instead.
        """
        shown = await self.messenger.show(job, card)
        if isinstance(shown, Done):
            try:
                await self._shown(job, card, shown)
                if late is not None:
                    await self._show_again(job, card, late)
            except Exception:  # Nothing takes back a card that is shown.
                log.exception("what is to follow the card of job %s is left out", job.id)
            return True
        if shown is Refused.LATER and job.attempts < self.studio.limits.attempts:
            log.warning("job %s is left to be shown when its platform can be reached", job.id)
            return False
        url = card.audio.url if card.audio else ""
        if shown is Refused.GONE:
            told = await self.messenger.tell(job, "removed", self._kept(card.name, url, wording.REMOVED))
        else:
            told = await self.messenger.hand(job, card, wording.ELSEWHERE)
        if shown is Refused.LATER and not told:
            log.warning("job %s is ended by whoever takes it over", job.id)
            return False
        if shown is not Refused.GONE:
            told = told or await self.messenger.tell(job, "elsewhere", self._kept(card.name, url, wording.NOWHERE))
            await self.messenger.remove(job)
        await self._note(job)
        return told

    async def _shown(self, job: Job, card: Card, shown: Done) -> None:
        await self._note(job, shown.message, shown.sound)
        if shown.message is None and shown.sound is None:
            return
        if shown.message is not None:
            await self.messenger.invite(job.address.place, shown.message)
        more = await self.messenger.complete(job, card, shown)
        if more is not None:
            await self._note(job, more)

    async def _note(self, job: Job, *messages: str | None) -> None:
        try:
            await self.studio.delivered(job, *messages, patient=self.patient)
        except errors.DatabaseUnavailable as error:
            log.warning("job %s is shown but may be shown again: %s", job.id, error.detail)

    async def _refuse(self, job: Job, error: Exception, take: Take | None) -> None:
        """Take the placeholder away and tell the asker why, and nobody else; where a kick is that was made."""
        kind, sentence = error_text.kind(error), error_text.sentence(error)
        text = wording.sentence(self.messenger.markup, sentence)
        if take is not None:
            text = self._kept(take.name, self.studio.url(take), sentence)
        await self._tell_once(job, kind, text)
        await self.messenger.remove(job)
        if take is not None:
            await self._note(job)

    async def _tell_once(self, job: Job, kind: str, text: str) -> None:
        """Tell the asker, unless they were told that of another kick that they asked for with this one."""
        told = (job.address.place.application, job.event_id, text)
        if told in self.told:
            return
        self.told.append(told)
        if not await self.messenger.tell(job, kind, text) and told in self.told:
            self.told.remove(told)

    def _kept(self, kick: str, url: str, why: str) -> str:
        return wording.where_kept(self.messenger.markup, kick, url, why)
