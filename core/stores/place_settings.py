"""The port behind which the settings of places are kept."""

from typing import Protocol

from core.people import PlaceSettings


class PlaceSettingsRows(Protocol):
    """Settings by place. Each method may raise `errors.DatabaseUnavailable`."""

    async def find(self, platform: str, place: str) -> PlaceSettings:
        """The settings of the place; the free ones where none were set."""

    async def replace(self, platform: str, place: str, settings: PlaceSettings) -> None:
        """Replace the settings of the place."""
