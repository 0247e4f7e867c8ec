"""What is said of kicks, jobs and lists, the same on every platform: each puts its own markup in."""

from collections.abc import Iterable
from typing import Protocol

from bots.chat import actions
from core.answers import commands, replies
from core.answers.cards import Card
from core.answers.commands import Command, Invocation
from core.engine import Progress
from core.making import prompts
from core.people import PlaceSettings
from core.sentence import Sentence


class Markup(Protocol):
    """How a platform writes text."""

    def text(self, text: str, /) -> str:
        """Sentences of ours in which people's words stand, shown letter by letter."""

    def name(self, text: str, /) -> str:
        """A name or a prompt, shown letter by letter on one line."""

    def strong(self, marked: str, /) -> str:
        """Bold, of what is in the platform's markup already."""

    def link(self, label: str, url: str, /) -> str:
        """A link; empty where whoever reads it cannot follow it."""

    def channel(self, number: str, /) -> str:
        """A channel by its id."""

    def command(self, does: Invocation, /) -> str:
        """A command as it is typed on the platform, or what one does there instead."""

    def help(self, listed: Iterable[Command], /) -> str:
        """What the commands do, and how each is asked for on the platform."""


DOING = {
    "queued": "⏳ {prompt} is waiting for its turn, {seconds:.0f} s",
    "waking": "🌅 {prompt}: the GPU is waking up, {seconds:.0f} s",
    "rendering": "🥁 {prompt} is being made, {seconds:.0f} s",
}

REMOVED = "The message was removed while your kick was made."
NOWHERE = "This kick could not be posted where you asked for it."
ELSEWHERE = "This kick could not be posted where you asked for it, so here it is:"


def sentence(markup: Markup, told: str) -> str:
    """A sentence of ours, with the commands in it as they are typed on the platform."""
    if not isinstance(told, Sentence):
        return markup.text(told)
    return told.written(markup.text, lambda line: markup.command(commands.parse(line)))


def placeholder(markup: Markup, prompt: str) -> str:
    """What a placeholder says at first."""
    return f"🥁 {_spoken(markup, prompt)} is on its way"


def progress(markup: Markup, prompt: str, progress: Progress) -> str:
    """How far a kick is."""
    return DOING[progress.state].format(prompt=_spoken(markup, prompt), seconds=progress.seconds)


def _spoken(markup: Markup, prompt: str) -> str:
    return markup.strong(markup.name(prompts.spoken(prompt)) or "A kick")


def where_kept(markup: Markup, kick: str, url: str, why: str) -> str:
    """Where to find a kick that could not be shown."""
    where = markup.command(Invocation("kicks"))
    link = markup.link("WAV", url) if url else ""
    sound = f", and here is its sound: {link}" if link else "."
    return f"{sentence(markup, why)} {markup.name(kick)} is kept: you find it with {where}{sound}"


def title(markup: Markup, card: Card) -> str:
    """What stands on top of a card: name and prompt."""
    return " · ".join(filter(None, (markup.strong(markup.name(card.name)), prompt(markup, card))))


def prompt(markup: Markup, card: Card) -> str:
    """The words that a kick was made from; those that did nothing a remark names, and nothing else."""
    return markup.name(card.recipe.known) if card.recipe else ""


def pictured(card: Card) -> str:
    """What a card's picture shows, for those who do not see it."""
    return f"Waveform of {card.name}"


def facts(card: Card) -> tuple[str, ...]:
    """Note, length and level, as far as they are known."""
    return tuple(filter(None, (card.tone, card.length, card.level)))


def origin(markup: Markup, card: Card, *links: str) -> str:
    """How a kick can be made again, whose it is, and where else it is heard."""
    return " · ".join(filter(None, (markup.name(card.made), f"for {markup.name(card.maker)}", *links)))


def remarks(markup: Markup, card: Card) -> tuple[str, ...]:
    """What else is to be known of a kick."""
    return tuple(markup.name(remark) for remark in card.remarks)


def place_settings(markup: Markup, settings: PlaceSettings) -> str:
    """What is set for a place."""
    channels = ", ".join(markup.channel(number) for number in sorted(settings.channels)) or "every channel"
    limit = f"{settings.daily_limit} a day, all together" if settings.daily_limit else "as many as each may make"
    return f"Kickbot answers in {channels}.\nKicks: {limit}."


def text(markup: Markup, reply: replies.Text, longest: int) -> str:
    """What is told in words, in about `longest` characters."""
    match reply:
        case replies.More():
            return more(markup, reply)
        case replies.Settings():
            return place_settings(markup, reply.settings)
        case replies.Words():
            return words(markup, reply.words, longest)
        case replies.Help():
            return markup.help(reply.commands)
        case _:
            return sentence(markup, reply.text)


def more(markup: Markup, reply: replies.More) -> str:
    """What else can be done with something, as commands: for where there are no buttons."""
    return "\n".join([more_heading(markup, reply.card), *map(markup.command, actions.commands_of(reply))])


def more_heading(markup: Markup, card: Card) -> str:
    """What stands above the buttons behind *More*."""
    return f"More for {markup.strong(markup.name(card.name))}:"


def words(markup: Markup, known: tuple[str, ...] | None, longest: int) -> str:
    """The words that steer the sound, in at most `longest` characters."""
    if known is None:
        return "This kick machine does not tell which words it knows."
    text = markup.name(" ".join(known))
    return text if len(text) <= longest else f"{text[:longest].rpartition(' ')[0]} …"


def page_title(page: replies.Page) -> str:
    """What a page of presets lists."""
    return "Presets shared here" if page.kind == "browse" else "Your presets"


def page_heading(markup: Markup, page: replies.Page) -> str:
    """What a page of presets lists, and what was asked for."""
    return " · ".join(filter(None, (markup.strong(page_title(page)), markup.name(str(page.query)))))


def empty_page(markup: Markup, page: replies.Page) -> str:
    """What an empty page says."""
    if page.kind == "mine":
        return f"You have no presets yet: {markup.command(Invocation('presets save'))} makes one."
    if str(page.query):
        return "Nothing that is shared here fits."
    share = commands.named("presets share").invocation
    return f"Nothing is shared here yet: {markup.command(share)} shows a preset of yours."


def about(markup: Markup, entry: replies.Entry, kind: replies.PageKind) -> tuple[str, ...]:
    """What sets a preset in a list apart, besides its name: whose it is, who keeps it, what is to be known of it.

    A page to browse says the same to everybody, whoever has asked for it.
    """
    card = entry.card
    parts = (
        f"by {markup.name(card.maker)}",
        card.tone,
        card.length,
        f"saved by {entry.saves}" if entry.saves else "",
        "shared here" if entry.shared and kind == "mine" else "",
        *remarks(markup, card),
    )
    return tuple(filter(None, parts))


def kicks_heading(markup: Markup, kicks: replies.Kicks) -> str:
    """What stands above one's own kicks."""
    top = markup.strong("Your kicks")
    return f"{top} · {kicks.kept} of {kicks.limit} in your library, {len(kicks.takes)} not saved"


def no_kicks(markup: Markup) -> str:
    """What stands there instead of them."""
    return f"You have made no kicks yet: {markup.command(Invocation('kick', 'hit house'))} makes the first."
