"""Sentences about jobs and lists, the same on every platform: each puts its own markup in."""

from typing import Protocol

from core.commands import Invocation
from core.engine import Progress


class Markup(Protocol):
    """How a platform writes text; a module of functions will do."""

    def text(self, text: str, /) -> str:
        """Sentences of ours in which people's words stand, shown letter by letter."""

    def name(self, text: str, /) -> str:
        """A name or a prompt, shown letter by letter on one line."""

    def strong(self, marked: str, /) -> str:
        """Bold, of what is in the platform's markup already."""

    def link(self, label: str, url: str, /) -> str:
        """A link."""

    def command(self, does: Invocation, /) -> str:
        """A command as it is typed on the platform."""


DOING = {
    "queued": "⏳ {prompt} is waiting for its turn, {seconds:.0f} s",
    "waking": "🌅 {prompt}: the GPU is waking up, {seconds:.0f} s",
    "rendering": "🥁 {prompt} is being made, {seconds:.0f} s",
}

REMOVED = "The message was removed while your kick was made."
ELSEWHERE = "This kick could not be posted where you asked for it, so here it is:"


def placed(markup: Markup, prompt: str) -> str:
    """What a placeholder says at first."""
    return f"🥁 {markup.strong(markup.name(prompt))} is on its way"


def doing(markup: Markup, prompt: str, progress: Progress) -> str:
    """How far a kick is."""
    return DOING[progress.state].format(prompt=markup.strong(markup.name(prompt)), seconds=progress.seconds)


def kept(markup: Markup, kick: str, url: str, why: str) -> str:
    """Where a kick is that is not shown."""
    where = markup.command(Invocation("kicks"))
    sound = f", and here is its sound: {markup.link('WAV', url)}" if url else "."
    return f"{markup.text(why)} {markup.name(kick)} is kept: you find it with {where}{sound}"
