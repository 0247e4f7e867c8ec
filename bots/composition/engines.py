"""Which engine makes the kicks, opened: a part of the composition root."""

import re
from contextlib import AsyncExitStack, aclosing
from dataclasses import dataclass
from importlib import util
from logging import getLogger
from pathlib import Path
from typing import TYPE_CHECKING

from bots.settings import Settings
from core import errors
from core.engine import Engine
from core.making.vocabulary import VocabularyCache
from gpu.engines import choosing, warming
from gpu.engines.fallback import FallbackEngine
from gpu.synth.engine import SynthEngine

if TYPE_CHECKING:
    from gpu.modal_engine.engine import ModalEngine
    from gpu.rendering import Model

log = getLogger(__name__)


def weights(settings: Settings) -> Path:
    """Where the weights of `KICK_MODEL` are: that folder or file itself, else our own file of that name on the hub."""
    named = Path(settings.kick_model).expanduser()
    if named.exists():
        return named
    name = re.sub(r"[^\w.-]+", "--", f"{settings.kick_model}@{settings.kick_model_revision}")
    return settings.kickbot_data / "models" / f"{name}.safetensors"


@dataclass(frozen=True, slots=True)
class Opened:
    """The engine, and what keeps its containers where it runs on Modal."""

    engine: Engine
    scaler: warming.Scaler | None = None


async def open_engine(settings: Settings, vocabularies: VocabularyCache, stack: AsyncExitStack) -> Opened:
    """The engine that the settings and this machine allow. Raises `errors.BadSetting`."""
    facts = choosing.Facts(
        modal_tokens=settings.modal_token_id is not None,
        weights=weights(settings).exists(),
        torch=util.find_spec("torch") is not None,
    )
    choice = choosing.choose(settings.kick_engine, fallback=settings.kick_fallback, facts=facts)
    if choice.engine != "modal":
        return Opened(await _open_local(choice.engine, settings, stack))
    modal = await open_modal(settings, vocabularies, stack)
    if choice.fallback is None:
        return Opened(modal, modal)
    return Opened(FallbackEngine(modal, await _open_local(choice.fallback, settings, stack)), modal)


async def open_modal(settings: Settings, vocabularies: VocabularyCache, stack: AsyncExitStack) -> "ModalEngine":
    """The engine on Modal. Raises `errors.BadSetting` where there are no tokens for it."""
    if util.find_spec("modal") is None:
        raise errors.BadSetting(name="KICK_ENGINE", problem="modal needs its client; `pip install modal` adds it")
    if settings.modal_token_id is None or settings.modal_token_secret is None:
        raise errors.BadSetting(name="MODAL_TOKEN_ID", problem="Modal needs it, and MODAL_TOKEN_SECRET with it")
    from gpu.modal_engine.connection import Connection  # noqa: PLC0415  # brings the whole Modal client
    from gpu.modal_engine.engine import ModalEngine  # noqa: PLC0415
    from gpu.modal_engine.following import Timeouts  # noqa: PLC0415

    connection = Connection(settings.modal_token_id, settings.modal_token_secret.get_secret_value())
    timeouts = Timeouts(connect=settings.kick_connect_seconds, result=settings.kick_result_seconds)
    return await stack.enter_async_context(aclosing(ModalEngine(connection, vocabularies, timeouts=timeouts)))


async def _open_local(name: choosing.Name, settings: Settings, stack: AsyncExitStack) -> Engine:
    if name == "synth":
        return SynthEngine()
    import torch  # noqa: PLC0415

    from gpu.engines.diffusion import DiffusionEngine, Limits  # noqa: PLC0415

    cuda = torch.cuda.is_available()
    limits = Limits(at_once=16) if cuda else Limits()
    engine = DiffusionEngine(lambda: _load(weights(settings), "cuda" if cuda else "cpu"), limits=limits)
    engine.start()
    return await stack.enter_async_context(aclosing(engine))


def _load(path: Path, device: str) -> "Model":
    """A folder holds the published files, a file is our own."""
    from gpu.pipeline import Pipeline  # noqa: PLC0415  # brings PyTorch

    return Pipeline.from_published(path, device=device) if path.is_dir() else Pipeline.load(path, device=device)
