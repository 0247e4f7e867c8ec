"""`/presets`."""

from typing import Any, Literal

from discord import app_commands

from bots.discord import acknowledgement, context, interactions, surface
from bots.discord.markup import OTHERWISE
from bots.discord.surface import Interaction
from core import errors
from core.answers.commands import TABLE, Command, Invocation, Verb
from core.library import browsing
from core.names import LONGEST

Name = app_commands.Range[str, 1, LONGEST]

POSTED: tuple[Verb, ...] = ("presets show",)
"""What is answered to everybody there."""

ABOUT: dict[Verb, str] = {
    "presets show": "One of yours, or one that is shared here",
    "presets unshare": "One of yours; a moderator may name any that is shared here",
}


async def _complete(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """The asker's own that what was typed may become."""
    here = surface.from_interaction(interaction)
    try:
        names = await here.presets.complete(context.actor(interaction), typed)
    except errors.DatabaseUnavailable:
        return []
    return [app_commands.Choice(name=name, value=name) for name in names]


class Presets(app_commands.Group):
    """`/presets`: browsed together, kept by each. What has fields of its own stands below, the others in the table."""

    def __init__(self) -> None:
        super().__init__(name="presets", description="Presets: shared kicks to browse, and your own")
        for command in TABLE:
            group, _, name = command.verb.partition(" ")
            if group == self.name and command.verb not in OTHERWISE:
                found = self.get_command(name) or _from_table(command)
                self.remove_command(name)
                self.add_command(found)

    @app_commands.command(description="Browse the presets that are shared here, and KickWithReverb's own")
    @app_commands.describe(
        words="Words of its name or prompt, all of them",
        note="Its note, such as F or F#1",
        shortest="At least so long, in seconds",
        longest="At most so long, in seconds",
        maker="Who shares it",
        sort="Which come first",
    )
    async def browse(
        self,
        interaction: Interaction,
        *,
        words: app_commands.Range[str, 1, browsing.LONGEST] | None = None,
        note: app_commands.Range[str, 1, 3] | None = None,
        shortest: app_commands.Range[float, 0, 60] | None = None,
        longest: app_commands.Range[float, 0, 60] | None = None,
        maker: app_commands.Range[str, 1, 32] | None = None,
        sort: Literal["newest", "saves"] | None = None,
    ) -> None:
        """Post a page; what cannot be a filter is answered at once, in private."""
        options = {"note": note, "min": shortest, "max": longest, "by": maker and maker.replace(" ", ""), "sort": sort}
        text = " ".join(filter(None, (words, *(f"{name}:{value}" for name, value in options.items() if value))))
        async with acknowledgement.listening(interaction):
            browsing.parse(text)
            await interactions.post(interaction, Invocation("presets browse", text))

    @app_commands.command(description="Give a preset of yours another name")
    @app_commands.autocomplete(name=_complete)
    @app_commands.describe(name="The preset", new_name="Letters, digits and spaces, at most 32")
    async def rename(self, interaction: Interaction, name: Name, new_name: str) -> None:
        """Rename one."""
        await interactions.answer(interaction, Invocation("presets rename", f"{name}, {new_name}"))


def _from_table(command: Command) -> app_commands.Command[Any, ..., None]:
    """A command of the table that needs nothing, or the name of a preset."""
    private = command.verb not in POSTED

    async def plain(interaction: Interaction) -> None:
        await interactions.answer(interaction, Invocation(command.verb), private=private)

    @app_commands.describe(name=ABOUT.get(command.verb, "The preset"))
    @app_commands.autocomplete(name=_complete)
    async def named(interaction: Interaction, name: Name) -> None:
        await interactions.answer(interaction, Invocation(command.verb, name), private=private)

    if command.usage not in ("", "NAME"):
        raise NotImplementedError(f"/{command.verb} has fields of its own")
    does = command.does
    made = app_commands.command(name=command.verb.partition(" ")[2], description=does[:1].upper() + does[1:])
    return made(named) if command.usage else made(plain)
