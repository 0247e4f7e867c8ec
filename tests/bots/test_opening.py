"""The parts put together: every setting gets to the part that it is for."""

import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bots.composition import engines, secret_key
from bots.composition.kickbot import Kickbot, open_kickbot
from bots.settings import Settings
from core import errors
from core.making.studio import Limits
from gpu.engines.fallback import FallbackEngine
from gpu.modal_engine.engine import ModalEngine
from gpu.synth.engine import SynthEngine
from tests import ports
from tests.fakes.vocabularies import MemoryVocabularies

SOUND = "1/00000000-0000-0000-0000-000000000000.wav"


@pytest.fixture
def settings(data: Path) -> Settings:
    """None as it is by itself."""
    return Settings(
        _env_file=None,
        kickbot_data=data,
        kick_engine="synth",
        host="127.0.0.1",
        port=ports.free_port(),
        public_url="https://kick.example",
        allowed_hosts="other.example",
        cors_allowed_origins="https://page.example",
        trusted_proxies="127.0.0.1",
        secret_key=None,
        kickbot_daily_limit=3,
        kickbot_keep_limit=4,
        kickbot_global_limit=5,
        kickbot_take_days=6,
        kickbot_lease_seconds=7,
    )


@pytest.fixture
async def kickbot(settings: Settings) -> AsyncIterator[Kickbot]:
    async with open_kickbot(settings) as kickbot:
        yield kickbot


async def test_each_setting_gets_where_it_counts(
    kickbot: Kickbot, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    assert kickbot.studio.limits == Limits(daily=3, everyone=5, take_days=6, lease=7)
    assert kickbot.services.desk.library.limit == 4
    assert (kickbot.services.desk.account.accounts.daily, kickbot.services.desk.account.accounts.keep) == (3, 4)
    assert kickbot.services.studio is kickbot.studio
    assert kickbot.address == "https://kick.example"
    assert kickbot.studio.files.url(SOUND) == f"https://kick.example/files/{SOUND}"
    assert kickbot.console == f"console:{settings.kickbot_data}"
    assert len(secret_key.secret_key(settings)) == 64, "kept for the next start"
    with caplog.at_level("INFO"):
        await asked(settings)
    assert "for 192.0.2.7" in caplog.text, "a trusted proxy says who asks"


async def asked(settings: Settings) -> None:
    """Ask over HTTP as a page behind a proxy does, by names that are allowed and one that is not."""
    url = f"http://127.0.0.1:{settings.port}/files/1/none.wav"
    for host, status in (("kick.example", 404), ("other.example", 404), ("another.example", 400)):
        headers = {"Host": host, "Origin": "https://page.example", "X-Forwarded-For": "192.0.2.7"}
        async with aiohttp.ClientSession() as http, http.get(url, headers=headers) as answer:
            assert (host, answer.status) == (host, status)
            assert answer.headers["Access-Control-Allow-Origin"] == "https://page.example"
    async with aiohttp.ClientSession() as http, http.get(f"http://127.0.0.1:{settings.port}/readyz") as answer:
        assert await answer.json() == {"ready": True, "parts": {"database": "up"}}


async def test_leases_and_sweeping_go_on_beside_the_surfaces(kickbot: Kickbot) -> None:
    """Warmth too, where there is a container that could be kept awake."""
    beside = kickbot.upkeep()
    assert [repr(work).split()[2] for work in beside] == ["Studio.keep_leases", "Sweeper.run"]
    for work in beside:
        work.close()


async def test_a_busy_port_is_replaced_only_where_that_is_wished(kickbot: Kickbot, settings: Settings) -> None:
    there = settings.model_copy(update={"public_url": None})
    async with open_kickbot(there, any_port=True) as second:
        assert second.address.startswith("http://localhost:")
        assert second.address != f"http://localhost:{settings.port}"
        assert second.studio.files.url(SOUND) == f"{second.address}/files/{SOUND}"
    with pytest.raises(errors.BadSetting, match="PORT"):
        async with open_kickbot(settings):
            raise AssertionError("the port is taken")


MODAL = {"modal_token_id": "ak-1", "modal_token_secret": SecretStr("as-1")}


async def test_the_engine_that_is_wanted_is_opened(tmp_path: Path) -> None:
    for fallback, kind in ((False, ModalEngine), (True, FallbackEngine)):
        chosen = Settings(_env_file=None, kickbot_data=tmp_path, kick_engine="auto", kick_fallback=fallback, **MODAL)  # type: ignore[arg-type]
        async with AsyncExitStack() as stack:
            opened = await engines.open_engine(chosen, MemoryVocabularies(), stack)
            assert isinstance(opened.engine, kind)
            assert isinstance(opened.scaler, ModalEngine)
    async with AsyncExitStack() as stack:
        plain = Settings(_env_file=None, kickbot_data=tmp_path)
        opened = await engines.open_engine(plain, MemoryVocabularies(), stack)
        assert isinstance(opened.engine, SynthEngine)
        assert opened.scaler is None


async def test_modal_without_its_client_or_its_tokens_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(errors.BadSetting, match="MODAL_TOKEN_ID"):
            await engines.open_modal(Settings(_env_file=None, kickbot_data=tmp_path), MemoryVocabularies(), stack)
        monkeypatch.setitem(sys.modules, "modal", None)  # as where it is not installed
        with pytest.raises(errors.BadSetting, match="KICK_ENGINE: modal needs its client"):
            await engines.open_modal(Settings(_env_file=None, kickbot_data=tmp_path), MemoryVocabularies(), stack)


def test_weights_lie_where_they_are_named_or_under_the_models_name(tmp_path: Path) -> None:
    named = Settings(_env_file=None, kickbot_data=tmp_path, kick_model_revision="v1")
    named = named.model_copy(update={"kick_model": "a/b c"})
    assert engines.weights(named) == tmp_path / "models" / "a--b--c@v1.safetensors".replace("@", "--")
    there = Settings(_env_file=None, kickbot_data=tmp_path, kick_model=str(tmp_path))
    assert engines.weights(there) == tmp_path
