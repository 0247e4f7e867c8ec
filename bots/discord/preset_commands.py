"""`/presets`."""

from typing import Literal

from discord import app_commands

from bots.discord import acknowledgement, context, interactions, surface
from bots.discord.surface import Interaction
from core import errors
from core.answers.commands import Invocation
from core.library import browsing
from core.names import LONGEST

Name = app_commands.Range[str, 1, LONGEST]


class Presets(app_commands.Group):
    """`/presets`: browsed together, kept by each."""

    def __init__(self) -> None:
        super().__init__(name="presets", description="Presets: shared kicks to browse, and your own")

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

    @app_commands.command(description="Your presets: hear, share and delete them")
    async def mine(self, interaction: Interaction) -> None:
        """Show the asker theirs."""
        await interactions.answer(interaction, Invocation("presets mine"))

    @app_commands.command(description="Post a preset, to hear it and for others to save")
    @app_commands.describe(name="One of yours, or one that is shared here")
    async def show(self, interaction: Interaction, name: Name) -> None:
        """Post one."""
        await interactions.answer(interaction, Invocation("presets show", name), private=False)

    @app_commands.command(description="Give a preset of yours another name")
    @app_commands.describe(name="The preset", new_name="Letters, digits and spaces, at most 32")
    async def rename(self, interaction: Interaction, name: Name, new_name: str) -> None:
        """Rename one."""
        await interactions.answer(interaction, Invocation("presets rename", f"{name}, {new_name}"))

    @app_commands.command(description="Show a preset of yours to everybody in this server")
    @app_commands.describe(name="The preset")
    async def share(self, interaction: Interaction, name: Name) -> None:
        """Share one."""
        await interactions.answer(interaction, Invocation("presets share", name))

    @app_commands.command(description="Stop showing a preset in this server")
    @app_commands.describe(name="One of yours; a moderator may name any that is shared here")
    async def unshare(self, interaction: Interaction, name: Name) -> None:
        """Unshare one."""
        await interactions.answer(interaction, Invocation("presets unshare", name))

    @app_commands.command(description="Delete a preset of yours; its kick stays in your library")
    @app_commands.describe(name="The preset")
    async def delete(self, interaction: Interaction, name: Name) -> None:
        """Delete one."""
        await interactions.answer(interaction, Invocation("presets delete", name))

    @show.autocomplete("name")
    @rename.autocomplete("name")
    @share.autocomplete("name")
    @unshare.autocomplete("name")
    @delete.autocomplete("name")
    async def complete(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The asker's own that what was typed may become."""
        here = surface.from_interaction(interaction)
        try:
            names = await here.presets.complete(context.actor(interaction), typed)
        except errors.DatabaseUnavailable:
            return []
        return [app_commands.Choice(name=name, value=name) for name in names]
