"""Commands that are one word each."""

from typing import Any

import discord
from discord import app_commands

from bots.discord import acknowledgement, context, interactions, markup, surface
from bots.discord.surface import Interaction
from core.answers.commands import Invocation

SAVE_FROM_MENU = "Save kick as preset"


def kicks() -> app_commands.Command[Any, ..., None]:
    """`/kicks`."""

    @app_commands.command(name="kicks", description="Your library and your recent kicks: hear, save and delete them")
    async def kicks(interaction: Interaction) -> None:
        await interactions.answer(interaction, Invocation("kicks"))

    return kicks


def save() -> app_commands.ContextMenu:
    """The Apps menu's way to save what a message shows."""

    @app_commands.context_menu(name=SAVE_FROM_MENU)
    async def save(interaction: Interaction, message: discord.Message) -> None:
        async with acknowledgement.listening(interaction):
            await acknowledgement.acknowledge(interaction, private=True)
            here, actor = surface.of(interaction), context.actor(interaction)
            ref = await here.desk.showing.required(actor.place, str(message.id))
            await interactions.fill(interaction, Invocation("presets save", str(ref)))

    return save


def help(kick: str) -> app_commands.Command[Any, ..., None]:  # noqa: A001  # a command's name
    """`/kickhelp`, on one screen."""

    @app_commands.command(name="kickhelp", description="What Kickbot does and how to ask for it")
    async def kickhelp(interaction: Interaction) -> None:
        words = surface.of(interaction).autocomplete.ordered
        text = HELP.format(kick=kick, words=markup.name(", ".join(words[:: max(1, len(words) // 40)])) or "any")
        async with acknowledgement.listening(interaction):
            await interaction.response.send_message(text, ephemeral=True)

    return kickhelp


HELP = """
**/{kick}** `hit house` makes a kick drum from keywords and posts it. `seed` makes the same one again, `count` several.
Below it: 💾 **Save** keeps it as a preset of yours (so does the 💾 reaction; taken away again it undoes that), \
🔁 **Again** makes one more, 🗑️ **Delete** is for whoever asked (so is the ❌ reaction).
**/kicks** your library and recent kicks
**/presets browse** what is shared in this server · **mine** yours · **show** posts one · **share** · **unshare** \
· **rename** · **delete**
**/account link** one account here, on Slack and in the web app · **status** · **unlink** · **forget** deletes all
**/kicksettings** where Kickbot answers and how much a day, for those who manage the server
-# Words that steer the sound: {words}
""".strip()
