"""Where sounds play: in the thread below a message, or in the conversation with somebody alone."""

from dataclasses import dataclass, replace
from logging import getLogger

from bots.slack import api_errors, blocks, markup
from bots.slack.blocks import Message
from bots.slack.post import Post
from bots.slack.uploads import Uploads
from core.answers.cards import Card
from core.chat.shown_messages import ShownMessages
from core.people import Actor

log = getLogger(__name__)

SOUND = "The sound of {kick}, which cannot play where you asked for it:"


@dataclass(frozen=True, slots=True)
class Playing:
    """Lets sounds be heard, and notes of each message what it shows."""

    post: Post
    uploads: Uploads
    showing: ShownMessages

    async def below(self, actor: Actor, ts: str, card: Card, file: str | None = None) -> None:
        """Let the card be heard below the message of that `ts`; `file` is its sound where Slack has that already."""
        await self.showing.posted(actor, ts, card.ref)
        if file is None and card.audio is not None:
            file = await self.uploads.send(actor.place, card.audio)
        if file is None:
            return
        await self.showing.posted(actor, file, card.ref)
        heard = await self.uploads.share(actor.place, file, card.name, actor.place.thread or ts)
        if heard is not None:
            await self.showing.posted(actor, heard, card.ref)

    async def alone(self, actor: Actor, message: Message, card: Card, file: str | None = None) -> bool:
        """Write the message to the actor directly and let the card be heard there; False where that is not possible."""
        try:
            workspace = await self.post.workspace(actor.place.id)
            channel, ts = await self.post.write(workspace.team, actor.person.id, message)
        except api_errors.FAILURES as error:
            log.info("%s is not heard: %s", card.ref, error)
            return False
        await self.below(replace(actor, place=workspace.place(channel)), ts, card, file)
        return True

    async def elsewhere(self, actor: Actor, card: Card, file: str | None = None) -> None:
        """Let the actor hear a card alone that is shown where its sound cannot be; `file` as in `below`.

        Of the card itself Slack has told no `ts`: the file stands for it, so that whoever reads there may save.
        """
        if file is None and card.audio is not None:
            file = await self.uploads.send(actor.place, card.audio)
        if file is not None:
            await self.showing.posted(actor, file, card.ref)
        await self.alone(actor, blocks.text_message(SOUND.format(kick=markup.name(card.name))), card, file)
