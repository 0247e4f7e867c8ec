"""A job's way to its card in the channel."""

from dataclasses import dataclass, replace
from logging import getLogger

from bots import failures, pacing
from bots.slack import cards, markup, posting, sheets, troubles
from bots.slack.posting import Post
from bots.slack.sheets import Sheet
from bots.slack.troubles import Trouble
from bots.slack.uploads import Uploads
from core import errors
from core.cards import Card
from core.desk import Desk
from core.engine import Progress
from core.jobs import Job
from core.kicks import Take

log = getLogger(__name__)

EDITED_EVERY = 2.0

DOING = {
    "queued": "⏳ *{prompt}* is waiting for its turn, {seconds:.0f} s",
    "waking": "🌅 *{prompt}*: the GPU is waking up, {seconds:.0f} s",
    "rendering": "🥁 *{prompt}* is being made, {seconds:.0f} s",
}
INVITE = "I cannot post in this channel, so only you see this. `/invite` me and everybody hears the next one."
REMOVED = "The message was removed while your kick was made. It is kept: you find it with `kicks`, and here is {link}."
ELSEWHERE = "This kick could not be posted where you asked for it, so here it is:"


@dataclass(frozen=True, slots=True)
class Shown:
    """That somebody has seen it. `message` is None where that is not in the place where it was asked for."""

    message: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Makes a job's kick and shows it; errors are told to the asker. `every` is seconds between two edits.

    Crash windows: between posting a placeholder and the job's start the placeholder is left behind, as nothing knows
    it; between posting a card that has no placeholder and noting it, the card is posted again; between noting the
    file and completing its upload, the link alone serves. Where Slack posts but its answer is lost, a placeholder is
    left behind, too, and of a card that has none the asker is told once more.
    """

    desk: Desk
    post: Post
    uploads: Uploads
    every: float = EDITED_EVERY

    async def __call__(self, job: Job) -> None:
        """Deliver the job; one that loses its lease is another process's."""
        try:
            job = await self._placed(job)
            take = await self._make(job)
            card = await self.desk.card(take, job.asker)
        except errors.LeaseLost:
            return
        except Exception as error:
            await self._refuse(job, failures.sentence(error))
        else:
            await self._show(job, card)

    async def _placed(self, job: Job) -> Job:
        """The job with its placeholder. Where none can be posted, the asker is told once what to do about it."""
        if job.state != "queued" or job.address.placeholder is not None:
            return job
        place = job.address.place
        try:
            message = await self.post.post(place, sheets.told(f"🥁 *{markup.name(job.prompt)}* is on its way"))
        except troubles.FAILURES as error:
            log.info("job %s has no placeholder: %s", job.id, error)
            if troubles.of(error) is not Trouble.LATER and job.index == 0:
                text = f"🥁 *{markup.name(job.prompt)}* is on its way. {INVITE}"
                await self.post.tell(place, job.asker_id, sheets.told(text), job.address.token)
            return job
        return replace(job, address=replace(job.address, placeholder=message))

    async def _make(self, job: Job) -> Take:
        place, message = job.address.place, job.address.placeholder

        async def show(text: str) -> None:
            if message is not None:
                await self.post.hint(place, message, text)

        async with pacing.paced(show, self.every) as told:
            async for step in self.desk.studio.make(job):
                if isinstance(step, Take):
                    return step
                told.tell(_doing(job, step))
        raise errors.KickbotError(detail=f"job {job.id} ended without a take")

    async def _show(self, job: Job, card: Card) -> None:
        """Show the card and then its sound. The take is kept, whatever becomes of its message."""
        place = job.address.place
        shown = await self._shown(job, card)
        if shown is None:
            log.warning("job %s is left to be shown when Slack can be reached", job.id)
            return
        message = shown.message
        file = await self.uploads.send(place, card.audio) if message and card.audio else None
        await self._note(job, message, file)
        if message is not None:
            await self.post.invite(place, message)
        if message is not None and file is not None:
            heard_in = await self.uploads.share(place, file, card.name, place.thread or message)
            if heard_in is not None:
                await self._note(job, heard_in)

    async def _shown(self, job: Job, card: Card) -> Shown | None:
        """Show the card by whatever way is open; None where there is none, but may be one in a while."""
        place, placeholder, sheet = job.address.place, job.address.placeholder, cards.of_take(card)
        try:
            if placeholder is not None:
                await self.post.edit(place, placeholder, sheet)
                return Shown(placeholder)
            return Shown(await self.post.post(place, sheet))
        except troubles.FAILURES as error:
            log.info("job %s is shown by another way: %s", job.id, error)
            trouble = troubles.of(error)
        elsewhere = _removed(card) if trouble is Trouble.GONE else _elsewhere(sheet)
        told = await self.post.tell(place, job.asker_id, elsewhere, job.address.token)
        return None if trouble is Trouble.LATER and not told else Shown()

    async def _note(self, job: Job, *messages: str | None) -> None:
        try:
            await self.desk.studio.delivered(job, *messages)
        except errors.DatabaseUnavailable as error:
            log.warning("job %s is shown but may be shown again: %s", job.id, error.detail)

    async def _refuse(self, job: Job, sentence: str) -> None:
        """Take the placeholder away and tell the asker why, and nobody else."""
        place, placeholder = job.address.place, job.address.placeholder
        if placeholder is not None:
            await self.post.delete(place, placeholder)
        await self.post.tell(place, job.asker_id, posting.failure(sentence), job.address.token)


def _removed(card: Card) -> Sheet:
    """What to tell where the placeholder was deleted: nobody wants it there any more."""
    return sheets.told(REMOVED.format(link=markup.link(card.name, card.audio.url if card.audio else "")))


def _elsewhere(sheet: Sheet) -> Sheet:
    return Sheet(f"{ELSEWHERE} {sheet.text}", (sheets.section(ELSEWHERE), *sheet.blocks))


def _doing(job: Job, progress: Progress) -> str:
    return DOING[progress.state].format(prompt=markup.name(job.prompt), seconds=progress.seconds)
