"""The messenger of Slack: a card is a message, its sound a file in the thread below."""

from dataclasses import dataclass, field
from logging import getLogger

from bots.chat.messenger import Done, Outcome, Refused
from bots.chat.wording import Markup
from bots.slack import api_errors, blocks, cards, refusals
from bots.slack.api_errors import ErrorKind
from bots.slack.blocks import Message
from bots.slack.markup import SlackMarkup
from bots.slack.playing import Playing
from bots.slack.post import Post
from bots.slack.uploads import Uploads
from core import errors
from core.answers.cards import Card
from core.chat.removals import Removal, Removals
from core.jobs import Job
from core.messages import Posted
from core.people import Actor, Person, Place

log = getLogger(__name__)

AROUND = "The card is shown here all the same; the sound is sent to you alone."
ANYHOW = "You see it all the same."
ALONE = "I send it to you alone."


@dataclass(frozen=True, slots=True)
class SlackMessenger:
    """See `bots.chat.messenger.Messenger`.

    Crash windows, beside those of `Delivery`: between noting the file and completing its upload, the link alone
    serves. Where Slack posts but its answer is lost, a placeholder is left behind, and of a card that has none the
    asker is told once more.
    """

    post: Post
    uploads: Uploads
    playing: Playing
    removals: Removals
    markup: Markup = field(default_factory=SlackMarkup)

    async def place(self, job: Job, text: str) -> Outcome:
        """Where none can be posted, the asker is told once why, and where the kick is going to be."""
        place = job.address.place
        try:
            return Done(await self.post.post(place, blocks.text_message(text)))
        except api_errors.FAILURES as error:
            log.info("job %s has no placeholder: %s", job.id, error)
            refused, told = _refused(error), f"{text}. {refusals.reason(place, error)}. {_where(job, error)}"
        if refused is not Refused.LATER and job.index == 0:
            await self._tell(job, blocks.text_message(told))
        return refused

    async def progress(self, job: Job, text: str) -> None:
        if job.address.placeholder is not None:
            await self.post.progress(job.address.place, job.address.placeholder, text)

    async def show(self, job: Job, card: Card) -> Outcome:
        place, message = job.address.place, cards.message(self.markup, card)
        ts = None
        try:
            ts = await self._put(place, job.address.placeholder, message)
        except api_errors.FAILURES as error:
            log.info("job %s is shown by another way: %s", job.id, error)
            refused = _refused(error)
            if refused is not Refused.FORBIDDEN or not await self._around(job, message):
                return refused
        return Done(ts, await self.uploads.send(place, card.audio) if card.audio else None)

    async def complete(self, job: Job, card: Card, shown: Done) -> str | None:
        if shown.sound is None:
            return None
        place = job.address.place
        if shown.message is None:
            asker = Actor(Person(place.platform, place.id, job.asker_id, job.asker), place)
            await self.playing.elsewhere(asker, card, shown.sound)
            return None
        return await self.uploads.share(place, shown.sound, card.name, place.thread or shown.message)

    async def hand(self, job: Job, card: Card, text: str) -> bool:
        message = cards.message(self.markup, card)
        return await self._tell(job, Message(f"{text} {message.text}", (blocks.section(text), *message.blocks)))

    async def tell(self, job: Job, kind: str, text: str) -> bool:
        return await self._tell(job, blocks.text_message(text))

    async def remove(self, job: Job) -> None:
        if job.address.placeholder is not None:
            await self._remove(job.address.place, job.address.placeholder)

    async def invite(self, place: Place, message: str) -> None:
        await self.post.invite(place, message)

    async def _around(self, job: Job, message: Message) -> bool:
        """Show it to everybody there by the response URL, for which the bot need not be there."""
        if job.address.token is None:
            return False
        try:
            await self.post.answer(job.address.token, message, public=True, thread=job.address.place.thread)
        except api_errors.FAILURES as error:
            log.info("job %s is shown to its asker alone: %s", job.id, error)
            return False
        if job.address.placeholder is not None:
            await self._remove(job.address.place, job.address.placeholder)
        return True

    async def _put(self, place: Place, placeholder: str | None, message: Message) -> str:
        """Show it in place of the placeholder; where there is none, or it can be edited no more, in a new message."""
        if placeholder is None:
            return await self.post.post(place, message)
        try:
            await self.post.edit(place, placeholder, message)
        except api_errors.FAILURES as error:
            if api_errors.classify(error) is not ErrorKind.FIXED:
                raise
            ts = await self.post.post(place, message)
            await self._remove(place, placeholder)
            return ts
        return placeholder

    async def _remove(self, place: Place, placeholder: str) -> None:
        """Take it away: where Slack does not let us now, that is tried again for a week."""
        if await self.post.delete(place, placeholder) is not Removal.LATER:
            return
        try:
            await self.removals.note(Posted(place.application, place.channel, placeholder))
        except errors.DatabaseUnavailable as error:
            log.warning("a placeholder in %s stays: %s", place.channel, error.detail)

    async def _tell(self, job: Job, message: Message) -> bool:
        return await self.post.tell(job.address.place, job.asker_id, message, job.address.token)


def _refused(error: Exception) -> Refused:
    match api_errors.classify(error):
        case ErrorKind.GONE:
            return Refused.GONE
        case ErrorKind.LATER:
            return Refused.LATER
        case _:
            return Refused.FORBIDDEN


def _where(job: Job, error: Exception) -> str:
    """Where a kick is going to be seen that cannot be posted. A response URL is known to work where the bot is not."""
    if job.address.token is None:
        return ALONE
    return AROUND if refusals.avoidable(error) else ANYHOW
