"""Notifications reach people whichever process serves their platform, and are lost by none."""

from dataclasses import dataclass, field

from bots.chat.notifications import Notifications
from bots.composition.platforms import PLATFORMS
from core.identities import Identity, Notification, PendingNotification
from core.people import Person
from db.accounts import notifications
from db.accounts.notifications import NotificationRows
from db.postgres.database import Database


@dataclass
class Post:
    """A platform: `answer` is what comes of a notification, an error where it is one."""

    answer: bool | Exception = True
    sent: list[str] = field(default_factory=list)

    async def carry(self, notification: PendingNotification) -> bool:
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer:
            self.sent.append(notification.to.id)
        return self.answer


async def written(database: Database, *ids: str) -> tuple[Notification, ...]:
    """Notifications to people on Discord, kept."""
    people = (Person("discord", "", one, one) for one in ids)
    made = tuple(Notification(Identity(0, 0, person, PLATFORMS.platform(person)), "hello") for person in people)
    async with database.transaction() as transaction:
        return await notifications.add(transaction, made)


async def waiting(database: Database) -> int:
    """How many are kept."""
    count: int = await database.fetchval("SELECT count(*) FROM kickbot.letter")
    return count


async def test_what_is_sent_at_once_is_kept_no_longer(database: Database) -> None:
    post = Post()
    await Notifications(NotificationRows(database), {"discord": post.carry}).send(
        await written(database, "1", "2", "3")
    )
    assert post.sent == ["1", "2", "3"]
    assert await waiting(database) == 0


async def test_another_process_sends_what_this_one_cannot(database: Database) -> None:
    made, post = await written(database, "1", "2"), Post()
    await Notifications(NotificationRows(database)).send(made)
    assert await waiting(database) == 2
    there = Notifications(NotificationRows(database), {"discord": post.carry})
    await there.drain("discord", [""])
    assert sorted(post.sent) == ["1", "2"]
    await there.send(made)
    assert sorted(post.sent) == ["1", "2"], "what was sent is not sent again"


async def test_what_fails_is_sent_later_and_keeps_no_other(database: Database) -> None:
    for answer in (False, ValueError("odd")):
        made, post = await written(database, "1", "2"), Post(answer)
        box = Notifications(NotificationRows(database), {"discord": post.carry})
        await box.send(made)
        assert await waiting(database) == 2
        await database.execute("UPDATE kickbot.letter SET due = now()")
        await box.drain("discord", [""])
        assert await waiting(database) == 2
        await database.execute("UPDATE kickbot.letter SET due = now()")
        post.answer = True
        await box.drain("discord", [""])
        assert sorted(post.sent) == ["1", "2"]
        assert await waiting(database) == 0
