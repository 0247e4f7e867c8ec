"""What Discord's side knows: the engine's words, what a refusal means, where somebody speaks."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bots.discord import api_errors, autocomplete, context
from bots.discord.api_errors import ErrorKind
from bots.discord.autocomplete import Autocomplete
from core import errors
from core.people import Place
from gpu.synth.engine import SynthEngine


@dataclass
class Words(SynthEngine):
    """An engine that tells these words, or fails with these errors first."""

    words: frozenset[str] | None = frozenset({"deep", "house", "hard", "hardstyle", "schranz"})
    failures: list[Exception] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def vocabulary(self) -> frozenset[str] | None:  # type: ignore[override]
        self.asked.set()
        if self.failures:
            raise self.failures.pop(0)
        return self.words


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ha", ["ha", "hard", "hardstyle"]),
        ("hard", ["hard", "hardstyle"]),
        ("RAN", ["RAN", "schranz"]),
        ("style", ["style", "hardstyle"]),
        ("deep HA", ["deep HA", "deep hard", "deep hardstyle"]),
        ("hard ha", ["hard ha", "hard hardstyle"]),
        ("", ["deep", "hard", "hardstyle", "house", "schranz"]),
        ("deep ", ["deep ", "deep hard", "deep hardstyle", "deep house", "deep schranz"]),
        ("zzz", ["zzz"]),
        (f"{'x' * 94} de", [f"{'x' * 94} de", f"{'x' * 94} deep"]),
        (f"{'x' * 96} de", [f"{'x' * 96} de"]),
    ],
)
async def test_the_last_word_is_completed(typed: str, found: list[str]) -> None:
    known = Autocomplete(Words())
    await known.renew()
    completed = known.complete(typed)
    assert completed == found
    assert all(len(prompt) <= 100 for prompt in completed)


async def test_no_more_is_offered_than_discord_takes() -> None:
    known = Autocomplete(Words(frozenset(f"a{number}" for number in range(99))))
    await known.renew()
    assert len(known.complete("a")) == 25
    assert known.complete("a")[0] == "a"


async def test_before_the_words_are_known_what_is_typed_stands() -> None:
    known = Autocomplete(Words(None))
    assert known.complete("ha") == ["ha"]
    await known.renew()
    assert (known.words, known.complete("ha")) == (None, ["ha"])


@pytest.mark.parametrize("failure", [errors.EngineRefused(), ZeroDivisionError()])
async def test_words_are_kept_through_a_failure_and_asked_for_again(
    failure: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(autocomplete, "RENEWED_EVERY", 0.01)
    engine = Words()
    known = Autocomplete(engine)
    await known.renew()
    engine.failures, engine.words = [failure], frozenset({"techno"})
    keeping = asyncio.create_task(known.keep())
    async with asyncio.timeout(20):
        await engine.asked.wait()
        assert known.words is not None
        while known.words != {"techno"}:  # noqa: ASYNC110  # it is told to nobody
            await asyncio.sleep(0.01)
    keeping.cancel()
    assert known.complete("te") == ["te", "techno"]


def refused(status: int, code: int = 0) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="", headers={})
    return discord.HTTPException(response, {"code": code, "message": ""})


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refused(404, 10008), ErrorKind.GONE),
        (refused(404, 10015), ErrorKind.EXPIRED),
        (refused(404, 10062), ErrorKind.EXPIRED),
        (refused(401, 50027), ErrorKind.EXPIRED),
        (refused(413), ErrorKind.TOO_LARGE),
        (refused(400, 40005), ErrorKind.TOO_LARGE),
        (refused(429), ErrorKind.LATER),
        (refused(500), ErrorKind.LATER),
        (refused(503), ErrorKind.LATER),
        (refused(403, 50013), ErrorKind.FORBIDDEN),
        (refused(404, 10003), ErrorKind.FORBIDDEN),
        (refused(499), ErrorKind.FORBIDDEN),
        (discord.InvalidData(), ErrorKind.FORBIDDEN),
        (aiohttp.ServerDisconnectedError(), ErrorKind.LATER),
        (TimeoutError(), ErrorKind.LATER),
        (OSError(), ErrorKind.LATER),
    ],
)
def test_what_a_refusal_means(error: Exception, kind: ErrorKind) -> None:
    assert api_errors.classify(error) is kind
    assert isinstance(error, api_errors.FAILURES)


def test_a_place_is_a_channel_of_a_server_or_private() -> None:
    assert context.place(7, 1, None, 2) == Place("discord:7", "discord", "1", "2", None, private=False)
    assert context.place(7, None, None, 2) == Place("discord:7", "discord", "", "2", None, private=True)
