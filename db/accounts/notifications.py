"""Notifications that are not sent yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.identities import Notification, PendingNotification
from core.people import Person
from db.postgres.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class NotificationRows:
    """`core.stores.notifications.NotificationRows` in PostgreSQL; its methods are documented there."""

    database: Database

    async def claim(self, platform: str, realms: Sequence[str]) -> PendingNotification | None:
        found = await self.database.fetchrow(CLAIM, platform, list(realms))
        if found is None:
            return None
        return PendingNotification(
            found["id"], Person(platform, found["realm"], found["external_id"], ""), found["text"]
        )

    async def claim_this(self, notification: PendingNotification) -> bool:
        return await self.database.fetchval(CLAIM_THIS, notification.id) is not None

    async def sent(self, notification: PendingNotification) -> None:
        await self.database.repeating.execute("DELETE FROM kickbot.letter WHERE id = $1", notification.id)


async def add(transaction: Transaction, notifications: tuple[Notification, ...]) -> tuple[Notification, ...]:
    """Keep those of the notifications that somebody can carry; all of them."""
    kept = [
        (str(one.id), one.to.person.platform, one.to.person.realm, one.to.person.id, one.text)
        for one in notifications
        if one.to.on.written_to
    ]
    if kept:
        await transaction.execute(ADD, *map(list, zip(*kept, strict=True)))
    return notifications


async def drop(transaction: Transaction, account: int) -> None:
    """Drop those to everybody of the account."""
    await transaction.execute(DROP, account)


ADD = """
INSERT INTO kickbot.letter (id, platform, realm, external_id, text)
SELECT id::uuid, platform, realm, external_id, text
FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) AS l (id, platform, realm, external_id, text)
"""

DROP = """
DELETE FROM kickbot.letter l USING kickbot.identity i
WHERE i.account_id = $1 AND (l.platform, l.realm, l.external_id) = (i.platform, i.realm, i.external_id)
"""

CLAIMED = "attempts = l.attempts + 1, due = now() + interval '1 minute' * 2 ^ l.attempts"

CLAIM = f"""
WITH next AS (
    SELECT id FROM kickbot.letter
    WHERE platform = $1 AND realm = ANY($2::text[]) AND due <= now() AND created_at > now() - interval '7 days'
    ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE kickbot.letter l SET {CLAIMED} FROM next WHERE l.id = next.id RETURNING l.id, realm, external_id, text
"""

CLAIM_THIS = f"UPDATE kickbot.letter l SET {CLAIMED} WHERE id = $1 AND due <= now() RETURNING id"
