"""Buttons that work for ever: all there is to know stands in the custom id, and nothing waits for a press."""

import re
from typing import Any, Self

import discord
from discord.ui import Button, DynamicItem, Item, View

from bots.discord import surface
from bots.discord.sheets import Again, How, Key, Sheet
from core import commands, refs
from core.commands import Invocation
from core.refs import Ref

LETTERS: dict[How, str] = {"tell": "t", "post": "p", "turn": "n"}


class PressedKey(DynamicItem[Button[View]], template=r"(?P<how>[tpn]):(?P<line>.+)"):
    """A key: its custom id is how to answer, and the command as it would be typed."""

    def __init__(self, button: Button[View], how: How, does: Invocation) -> None:
        super().__init__(button)
        self.how = how
        self.does = does

    @classmethod
    def of(cls, key: Key) -> Self:
        """The key as a button."""
        style = discord.ButtonStyle.danger if key.danger else discord.ButtonStyle.secondary
        custom_id = f"{LETTERS[key.how]}:{_short(key.does)}"
        button = Button[View](label=key.label, emoji=key.emoji, style=style, custom_id=custom_id, row=key.row)
        return cls(button, key.how, key.does)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """The key that was pressed."""
        how = next(how for how, letter in LETTERS.items() if letter == match["how"])
        return cls(_button(item), how, commands.parse(match["line"]))

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Do what the key does."""
        await surface.of(interaction).pressed(interaction, self.does, self.how)


class PressedAgain(DynamicItem[Button[View]], template=r"again:(?P<ref>take:[0-9]+)"):
    """The button that makes one more from a take."""

    def __init__(self, button: Button[View], take: Ref) -> None:
        super().__init__(button)
        self.take = take

    @classmethod
    def of(cls, again: Again) -> Self:
        """The button below the card of that take."""
        return cls(Button(label="Again", emoji="🔁", custom_id=f"again:{again.take}"), again.take)

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: Item[Any], match: re.Match[str], /
    ) -> Self:
        """The button that was pressed."""
        ref = refs.parse(match["ref"])
        if ref is None:
            raise ValueError(f"no button of ours: {match.string}")
        return cls(_button(item), ref)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Make one more."""
        await surface.of(interaction).pressed_again(interaction, self.take)


def view(sheet: Sheet) -> View | None:
    """The buttons of the sheet, None where it has none."""
    if not sheet.keys:
        return None
    shown = View(timeout=None)
    for key in sheet.keys:
        shown.add_item(PressedKey.of(key) if isinstance(key, Key) else PressedAgain.of(key))
    return shown


def _short(does: Invocation) -> str:
    """The command as short as it may be typed: a custom id has 100 characters."""
    bare = str(does).removeprefix("presets ")
    return bare if commands.parse(bare) == does else str(does)


def _button(item: Item[Any]) -> Button[View]:
    if not isinstance(item, Button):
        raise TypeError(f"a button was pressed that is a {type(item).__name__}")
    return item
