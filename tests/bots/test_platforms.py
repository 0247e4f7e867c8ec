"""What people are told of platforms."""

import pytest

from bots.composition.platforms import PLATFORMS
from core.people import Person


@pytest.mark.parametrize(
    ("platform", "called", "written_to"),
    [
        ("discord", "Discord", True),
        ("slack", "Slack", True),
        ("web", "the web", False),
        ("console", "the console", False),
        ("room", "the room", False),
    ],
)
def test_each_is_called_as_people_call_it(platform: str, called: str, written_to: bool) -> None:
    found = PLATFORMS.platform(Person(platform, "", "1", "ada"))
    assert (found.called, found.written_to) == (called, written_to)
