"""What stands behind the verbs of `account`, and the questions that come before what cannot be undone."""

import re
from dataclasses import dataclass

from core.accounts.accounts import Accounts
from core.answers.account import Forgotten, LinkCode, Linked, Status, Unlinked
from core.answers.commands import Invocation
from core.answers.replies import Question
from core.people import Actor

CONFIRMED = re.compile(r"confirm ([1-9][0-9]{0,17})", re.ASCII)
WEB = "web"


@dataclass(frozen=True, slots=True)
class AccountDesk:
    """Answers the verbs of `account`, as `Desk.answer` does. What is confirmed names the identity that was shown."""

    accounts: Accounts

    async def link(self, actor: Actor, rest: str) -> LinkCode | Question | Linked:
        """Nothing asks for a code, a code asks whether to join, `confirm 12` joins."""
        if not rest:
            return await self.accounts.link(actor)
        if confirmed := _confirmed(rest):
            return await self.accounts.confirm(actor, confirmed)
        claim = await self.accounts.claim(actor, rest)
        confirm = Invocation("account link", f"confirm {claim.theirs.id}")
        return Question(claim.text, "Join them", confirm)

    async def unlink(self, actor: Actor, rest: str) -> Unlinked:
        """Part whoever is named, else the asker."""
        return await self.accounts.unlink(actor, rest)

    async def status(self, actor: Actor, rest: str) -> Status:
        """The account at a glance."""
        return await self.accounts.status(actor)

    async def forget(self, actor: Actor, rest: str) -> Question | Forgotten:
        """Ask whether to forget, with the web login behind `web`; `confirm 12` and `web confirm 12` do it."""
        first, _, behind = rest.strip().partition(" ")
        with_web = first.lower() == WEB
        if confirmed := _confirmed(behind if with_web else rest):
            return await self.accounts.forget(actor, confirmed, with_web=with_web)
        leaving = await self.accounts.leaving(actor, with_web=with_web)
        confirm = f"{WEB} confirm {leaving.mine.id}" if with_web else f"confirm {leaving.mine.id}"
        return Question(leaving.text, "Delete all of it", Invocation("account forget", confirm))


def _confirmed(text: str) -> int | None:
    found = CONFIRMED.fullmatch(" ".join(text.lower().split()))
    return int(found[1]) if found else None
