"""`/account`: one account on several platforms. Every answer is for the asker's eyes alone."""

from discord import app_commands

from bots.discord import interactions
from bots.discord.surface import Interaction
from core.answers.commands import Invocation


class Account(app_commands.Group):
    """`/account`."""

    def __init__(self) -> None:
        super().__init__(name="account", description="Your account: joined with other platforms, looked at, deleted")

    @app_commands.command(description="Get a code to enter on the other platform, or enter the one you got there")
    @app_commands.describe(code="The code that the other platform gave you; none to get one here")
    async def link(self, interaction: Interaction, code: app_commands.Range[str, 1, 20] | None = None) -> None:
        """Link two identities."""
        await interactions.answer(interaction, Invocation("account link", code or ""))

    @app_commands.command(description="Remove one of your identities from your account; without a name, this one")
    @app_commands.describe(name="Which one, as /account status calls it")
    async def unlink(self, interaction: Interaction, name: app_commands.Range[str, 1, 100] | None = None) -> None:
        """Unlink an identity."""
        await interactions.answer(interaction, Invocation("account unlink", name or ""))

    @app_commands.command(description="Your identities, your library and today's count")
    async def status(self, interaction: Interaction) -> None:
        """Show the account."""
        await interactions.answer(interaction, Invocation("account status"))

    @app_commands.command(description="Delete everything that Kickbot keeps of you; says first what that is")
    @app_commands.describe(web="Your login at the web app too, with its kicks and presets")
    async def forget(self, interaction: Interaction, web: bool = False) -> None:
        """Ask whether to forget."""
        await interactions.answer(interaction, Invocation("account forget", "web" if web else ""))
