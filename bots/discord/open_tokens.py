"""Tokens of interactions, for as long as Discord takes them: the only hold on messages where the bot is no member."""

import asyncio
from dataclasses import dataclass, field

GOOD_FOR = 14 * 60.0
"""Seconds that a token is used: Discord takes it for 15 minutes."""


@dataclass(frozen=True, slots=True)
class OpenTokens:
    """The token by which each message can be changed, as far as this process has one."""

    kept: dict[str, tuple[str, float]] = field(default_factory=dict)

    def note(self, message: str, token: str) -> None:
        """Keep a token that was given just now; what is no longer good goes."""
        now = asyncio.get_running_loop().time()
        self.kept.pop(message, None)
        while self.kept and next(iter(self.kept.values()))[1] < now:
            del self.kept[next(iter(self.kept))]
        self.kept[message] = token, now + GOOD_FOR

    def of(self, message: str) -> str | None:
        """The token for that message, None where there is none that is good."""
        token, until = self.kept.get(message, ("", 0.0))
        return token if until > asyncio.get_running_loop().time() else None
