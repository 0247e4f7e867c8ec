"""The commands, one table for every platform."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from core import errors

Verb = Literal[
    "kick",
    "kicks",
    "delete",
    "presets browse",
    "presets mine",
    "presets show",
    "presets save",
    "presets rename",
    "presets share",
    "presets unshare",
    "presets delete",
    "account link",
    "account unlink",
    "account status",
    "account forget",
    "settings",
    "words",
    "help",
    "buttons",
]


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `usage` is what may stand behind it, `alone` what is meant where nothing does.

    A `bare` one needs no first word, `alias` is another name.
    One that is not `listed` is a button's, and help does not tell of it.
    """

    verb: Verb
    usage: str
    does: str
    alone: str = ""
    bare: bool = False
    alias: str = ""
    listed: bool = True

    @property
    def typed(self) -> str:
        """The shortest that is read as the command."""
        return self.verb.rpartition(" ")[2] if self.bare else self.verb

    @property
    def summary(self) -> str:
        """What it does, as it is said beside the line."""
        return f"{self.does}; alone, {self.alone}" if self.alone else self.does

    @property
    def invocation(self) -> "Invocation":
        """The command with what may stand behind it."""
        return Invocation(self.verb, self.usage)

    @property
    def line(self) -> str:
        """The same as it is typed."""
        return str(self.invocation)


FILTERS = "[words] [note:F1] [min:0.2] [max:0.5] [by:NAME] [sort:saves]"

TABLE = (
    Command(
        "kick", "[words] [seed:N] [count:N]", "make a kick drum from keywords, such as hit house", alone="hit house"
    ),
    Command(
        "presets save",
        "[NAME] [as NEW NAME]",
        "save a kick or a preset as yours",
        alone="the last one shown",
        bare=True,
    ),
    Command("kicks", "[PAGE]", "your library and your recent kicks"),
    Command("delete", "NAME", "delete one of your kicks, with its file and all that is kept of it"),
    Command("presets browse", FILTERS, "presets shared here, the newest first", bare=True),
    Command("presets mine", "", "your presets, to hear, share and delete", bare=True),
    Command("presets show", "NAME", "post a preset or a kick of yours, to hear it and for others to save", bare=True),
    Command("presets share", "NAME", "show a preset of yours to everybody here", bare=True),
    Command("presets unshare", "NAME", "stop showing a preset here", bare=True),
    Command("presets rename", "NAME, NEW NAME", "give a preset of yours another name", bare=True),
    Command("presets delete", "NAME", "delete a preset of yours; its kick stays in your library"),
    Command("account link", "[CODE]", "get a code to join an account on another platform, or enter one"),
    Command("account status", "", "your identities, your library and today's count"),
    Command("account unlink", "[NAME]", "remove one of your identities from your account", alone="this one"),
    Command("account forget", "[web]", "delete everything that Kickbot keeps of you; asks first"),
    Command(
        "settings",
        "[limit N|off] [here on|off] [everywhere]",
        "where Kickbot answers here and how much a day, for admins",
        alias="admin",
    ),
    Command("words", "", "the words that steer the sound"),
    Command("help", "", "this list"),
    Command("buttons", "REF", "what else can be done with it", listed=False),
)

FIRST_WORDS = tuple(
    dict.fromkeys(word for one in TABLE if one.listed for word in (one.typed.split()[0], one.verb.split()[0]))
)
"""What a line that is a command begins with."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """A command and what stands behind it."""

    verb: Verb
    rest: str = ""

    def __str__(self) -> str:
        """The shortest line that `parse` reads back."""
        return f"{named(self.verb).typed} {self.rest}".rstrip()


def named(verb: Verb) -> Command:
    """The command of the table."""
    return next(command for command in TABLE if command.verb == verb)


def line(verb: Verb) -> str:
    """The command as it is typed, with what may stand behind it: for sentences that name it."""
    return named(verb).line


def parse(text: str) -> Invocation:
    """Read a command as typed, with or without a slash: a first word that is no verb starts a prompt.

    Raises `errors.UnknownCommand` for `presets` or `account` with a word behind it that is none of theirs.
    """
    typed = text.strip().removeprefix("/")
    first, _, rest = typed.partition(" ")
    match first.lower():
        case "presets":
            return _in_group("presets", rest.strip(), alone="presets mine")
        case "account":
            return _in_group("account", rest.strip(), alone="account status")
        case word:
            for command in TABLE:
                if word in (command.typed, command.alias):
                    return Invocation(command.verb, rest.strip())
    return Invocation("kick", typed)


def parse_slashed(text: str, others: Iterable[str] = ()) -> Invocation:
    """As `parse`, where people type commands with a slash and prompts without; `others` are commands there, too.

    Raises `errors.UnknownCommand` also for a slash with a word behind it that is no command.
    """
    invocation, first = parse(text), text.split(maxsplit=1)[0].lower() if text.strip() else ""
    if first.startswith("/") and invocation.verb == "kick" and first != "/kick":
        raise _unknown("/", first[1:], (*FIRST_WORDS, *others))
    return invocation


def _unknown(start: str, word: str, known: Iterable[str]) -> errors.UnknownCommand:
    """The refusal of a word behind `start` that is none of those known there."""
    near = get_close_matches(word, known, n=1)
    if near:
        return errors.MistypedCommand(command=start + word, near=start + near[0])
    return errors.UnknownCommand(command=start + word)


def _in_group(group: str, rest: str, alone: Verb) -> Invocation:
    second, _, behind = rest.partition(" ")
    if not second:
        return Invocation(alone)
    start = f"{group} "
    for command in TABLE:
        if command.verb == start + second.lower():
            return Invocation(command.verb, behind.strip())
    known = (command.verb.removeprefix(start) for command in TABLE if command.verb.startswith(start))
    raise _unknown(start, second, known)
