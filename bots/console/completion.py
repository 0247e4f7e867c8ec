"""What Tab completes at a console: commands, words that steer the sound, filters, and names of one's own."""

from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bots.console import own_commands
from bots.console.surface import Console
from core import errors, names
from core.answers import commands
from core.library import browsing
from core.making import prompts
from core.sound import pitch

PRESET_DELETE = "presets delete"
OF_PRESETS = ("show", "share", "unshare", "rename", PRESET_DELETE)
OF_KICKS = ("show", "save", own_commands.SAVE_FILE, "delete")
SETTINGS = ("limit ", "here ", "everywhere")
SORTS = ("newest", "saves")
MOST = 1000
"""Names of presets that are offered."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What `typed`, the end of a line, may become."""

    typed: str
    choices: Iterable[str]

    @property
    def fitting(self) -> list[str]:
        """Those that begin so, whatever their case; a kick may be called without what the names of all begin with."""
        start = self.typed.lower()
        return [one for one in self.choices if one.lower().startswith(start) or _given(one).startswith(start)]


class ConsoleCompleter(Completer):
    """Completes lines for whoever speaks at the console; `vocabulary` steers the sound."""

    def __init__(self, console: Console, vocabulary: frozenset[str]) -> None:
        self._console = console
        self._words = [*sorted(vocabulary), *(f"{option}:" for option in prompts.OPTIONS)]

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Nothing: names are asked of the database."""
        return ()

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """What the line before the cursor may become."""
        try:
            found = await self._choices(document.text_before_cursor.lstrip())
        except errors.KickbotError:
            return
        for choice in found.fitting:
            yield Completion(choice, start_position=-len(found.typed))

    async def _choices(self, line: str) -> Choices:
        first, space, rest = line.partition(" ")
        if not space:
            return Choices(first, self._first(first) if first else ())
        command, behind = first.lower().removeprefix("/"), rest.lstrip()
        if command == "presets" and " " in behind:
            second, _, behind = behind.partition(" ")
            command = PRESET_DELETE if second.lower() == "delete" else second.lower()
        if command == "browse":
            return _filter(behind.rpartition(" ")[2])
        if command != "kick" and command in (*_beginnings(), PRESET_DELETE):
            return Choices(behind, await self._behind(command))
        word = line.rpartition(" ")[2]
        return Choices(word, self._words if word else ())

    def _first(self, typed: str) -> list[str]:
        """What a line may begin with: behind a slash a command, else also a word of a prompt."""
        if typed.startswith("/"):
            return [f"/{word}" for word in _beginnings()]
        return [*commands.FIRST_WORDS, own_commands.SAVE_FILE, *own_commands.LEAVING, *self._words]

    async def _behind(self, command: str) -> Iterable[str]:
        """What may stand behind the command: of the speaker's own presets and kicks the names."""
        match command:
            case "presets" | "account":
                return _in_group(command)
            case "settings":
                return SETTINGS
        actor, services, found = self._console.actor, self._console.services, list[str]()
        if command in OF_PRESETS:
            found += await services.presets.complete(actor, "", MOST)
        if command in OF_KICKS:
            kicks = await services.library.kicks(actor)
            found += [card.name for card in (*kicks.takes, *kicks.library)]
        return found


def _beginnings() -> list[str]:
    """What a line that is a command begins with."""
    return [*commands.FIRST_WORDS, *own_commands.NAMES]


def _in_group(group: str) -> list[str]:
    return [command.verb.partition(" ")[2] for command in commands.TABLE if command.verb.startswith(f"{group} ")]


def _filter(word: str) -> Choices:
    """A filter of what is browsed, or the value of one."""
    match word.lower().partition(":"):
        case ("note", ":", _):
            return Choices(word, [f"note:{note}" for note in pitch.NOTES])
        case ("sort", ":", _):
            return Choices(word, [f"sort:{sort}" for sort in SORTS])
    return Choices(word, [f"{name}:" for name in browsing.FILTERS if name not in browsing.PLACES])


def _given(name: str) -> str:
    return names.given(name).lower()
