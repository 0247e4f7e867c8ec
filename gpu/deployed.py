"""What the deployed worker and those who call it must agree on."""

from typing import TypedDict

APP = "kick-generator-app"
CLASS = "KickGenerator"
DESCRIBE = "describe"


class Kick(TypedDict):
    """What `generate` returns: plain values, so that a caller needs none of our code to read them.

    `audio` is a WAV file; `timings` are seconds by stage.
    """

    audio: bytes
    matched: list[str]
    ignored: list[str]
    seed: int
    revision: str
    timings: dict[str, float]


class Description(TypedDict):
    """What `describe` returns: the model's words and the commit it was published with."""

    revision: str
    vocabulary: list[str]
