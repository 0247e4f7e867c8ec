"""Buttons that work for ever: all there is to know stands in the custom id, and nothing waits for a press."""

import re
from typing import Any, Protocol, Self, runtime_checkable

import discord
from discord import ui

from bots.chat.actions import How
from bots.discord.message import Button, Message
from core import refs
from core.answers import commands
from core.answers.commands import Invocation
from core.refs import Ref

LETTERS: dict[str, How] = {"t": "tell", "p": "post", "n": "turn", "a": "agree"}
"""How custom ids begin, those of all buttons that were ever sent: questions were once written with "t"."""

WRITTEN = {how: letter for letter, how in LETTERS.items()}


@runtime_checkable
class Presses(Protocol):
    """The client that answers buttons."""

    async def pressed(self, interaction: discord.Interaction[Any], does: Invocation, how: How) -> None:
        """Do what the button does, and show the answer as `how` says."""

    async def pressed_again(self, interaction: discord.Interaction[Any], take: Ref) -> None:
        """Make one more from the words of the take."""


class CommandButton(ui.DynamicItem[ui.Button[ui.View]], template=r"(?P<how>[tpna]):(?P<line>.+)"):
    """A button: its custom id is how to answer, and the command as it would be typed."""

    def __init__(self, button: ui.Button[ui.View], how: How, does: Invocation) -> None:
        super().__init__(button)
        self.how = how
        self.does = does

    @classmethod
    def from_button(cls, button: Button, does: Invocation) -> Self:
        """What Discord is given of that button."""
        return cls(_shown(button, f"{WRITTEN[button.action.how]}:{_short(does)}"), button.action.how, does)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        return cls(_button(item), LETTERS[match["how"]], commands.parse(match["line"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the button does."""
        await _presses(interaction).pressed(interaction, self.does, self.how)


class AgainButton(ui.DynamicItem[ui.Button[ui.View]], template=r"again:(?P<ref>take:[0-9]+)"):
    """The button that makes one more from a take."""

    def __init__(self, button: ui.Button[ui.View], take: Ref) -> None:
        super().__init__(button)
        self.take = take

    @classmethod
    def from_button(cls, button: Button, take: Ref) -> Self:
        """The button below the card of that take."""
        return cls(_shown(button, f"again:{take}"), take)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        ref = refs.parse(match["ref"])
        if ref is None:
            raise ValueError(f"no button of ours: {match.string}")
        return cls(_button(item), ref)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Make one more."""
        await _presses(interaction).pressed_again(interaction, self.take)


def view(message: Message) -> ui.View | None:
    """The buttons of the message, None where it has none."""
    if not message.buttons:
        return None
    shown = ui.View(timeout=None)
    for button in message.buttons:
        does = button.action.does
        if isinstance(does, Ref):
            shown.add_item(AgainButton.from_button(button, does))
        else:
            shown.add_item(CommandButton.from_button(button, does))
    return shown


def _presses(interaction: discord.Interaction[Any]) -> Presses:
    client = interaction.client
    if not isinstance(client, Presses):
        raise TypeError(f"{type(client).__name__} answers no buttons")
    return client


def _shown(button: Button, custom_id: str) -> ui.Button[ui.View]:
    style = discord.ButtonStyle.danger if button.action.danger else discord.ButtonStyle.secondary
    emoji = button.action.emoji or None
    return ui.Button(label=button.label, emoji=emoji, style=style, custom_id=custom_id, row=button.row)


def _short(does: Invocation) -> str:
    """The command as short as it may be typed: a custom id has 100 characters."""
    bare = str(does).removeprefix("presets ")
    return bare if commands.parse(bare) == does else str(does)


def _button(item: ui.Item[Any]) -> ui.Button[ui.View]:
    if not isinstance(item, ui.Button):
        raise TypeError(f"a button was pressed that is a {type(item).__name__}")
    return item
