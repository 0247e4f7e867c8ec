"""Kicks from Modal and a worker kept warm, as an operator sees them: the whole program against a loopback Modal."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bots.console import chatting
from tests.fakes import modal_calls
from tests.fakes.engine import decaying_sine
from tests.fakes.modal_app import ModalApp
from tests.fakes.modal_server import TOKEN, ModalServer
from tests.gpu.engines.kicks import kick


@pytest.fixture
def app() -> ModalApp:
    """The deployed app; its kicks are sounds."""
    app = ModalApp()
    app.methods = {
        "generate": lambda given: modal_calls.returns(kick(audio=decaying_sine(1), seed=given["seed"], ignored=[])),
    }
    app.functions = {"describe": lambda _: modal_calls.returns({"revision": "abc123", "vocabulary": ["hit", "house"]})}
    return app


@pytest.fixture
async def settings(app: ModalApp) -> AsyncIterator[dict[str, str]]:
    """What an operator of Modal sets; a request that Modal does not know fails the test."""
    server = ModalServer(app)
    token_id, secret = TOKEN
    async with server.listen() as url:
        yield {"MODAL_SERVER_URL": url, "MODAL_TOKEN_ID": token_id, "MODAL_TOKEN_SECRET": secret}
    assert server.unknown == []


async def test_kicks_come_from_modal_where_its_tokens_are_set(data: Path, settings: dict[str, str]) -> None:
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit house seed:5", "-c", "words", **settings)
    assert ended.status == 0, ended.out + ended.err
    made, words = ended.replies
    assert (made["engine"], made["revision"], made["seed"], made["note"]) == ("modal", "abc123", 5, "A1")
    assert words["words"] == ["hit", "house"]


async def test_this_machine_steps_in_where_modal_takes_no_orders(data: Path, settings: dict[str, str]) -> None:
    away = settings | {"MODAL_TOKEN_SECRET": "wrong", "KICK_FALLBACK": "true"}
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit house", **away)
    assert ended.replies[0]["engine"] == "synth", ended.out + ended.err
    assert any("modal took no orders" in remark for remark in ended.replies[0]["remarks"])
    refused = await chatting.kickbot(
        data, "chat", "--json", "-c", "kick hit house", **away | {"KICK_FALLBACK": "false"}
    )
    assert (refused.status, refused.replies[0]["kind"]) == (1, "EngineRefused")


async def test_a_worker_is_kept_warm_its_cost_told_first(data: Path, settings: dict[str, str], app: ModalApp) -> None:
    warm = await chatting.kickbot(data, "warm", "2h", **settings)
    assert warm.status == 0, warm.err
    assert warm.out.splitlines()[0].endswith("dollars.")
    assert app.min_containers == 1
    off = await chatting.kickbot(data, "warm", "off", **settings)
    assert off.status == 0, off.err
    assert "sleep" in off.out
    assert app.min_containers == 0
