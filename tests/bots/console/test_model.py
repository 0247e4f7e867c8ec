"""The model on this machine, as an operator uses it: fetched, converted, told of, and heard in the console."""

from pathlib import Path

import pytest

from tests.bots.console import chatting
from tests.fakes.hub import Hub
from tests.gpu.model.published import Training


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as it comes from the hub."""
    return Training().write(tmp_path_factory.mktemp("published"))


async def test_kicks_come_from_a_folder_of_published_files(published: Path, data: Path) -> None:
    words = ("chat", "--json", "-c", "/kick hit house wobble seed:42", "-c", "kick hit house seed:42", "-c", "words")
    ended = await chatting.kickbot(data, *words, KICK_ENGINE="diffusion", KICK_MODEL=str(published))
    assert ended.status == 0, ended.out + ended.err
    kick, again, vocabulary = ended.replies
    assert (kick["engine"], kick["seed"], kick["ignored"]) == ("diffusion", 42, ["wobble"])
    assert again["peakDb"] == kick["peakDb"]
    assert again["lufs"] == kick["lufs"]
    assert "techno" in vocabulary["words"]


async def test_a_converted_model_is_chosen_by_itself(published: Path, data: Path) -> None:
    target = data / "model.safetensors"
    ended = await chatting.kickbot(data, "model", "convert", str(published), str(target), "--half")
    assert ended.status == 0, ended.err
    assert "11.83 million, F16, 24 MB" in ended.out
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit house", KICK_MODEL=str(target))
    assert ended.replies[0]["engine"] == "diffusion", ended.out + ended.err


async def test_download_fetches_converts_and_is_used_from_then_on(published: Path, data: Path) -> None:
    files = {f"weights/{file.name}": file.read_bytes() for file in (published / "weights").iterdir()}
    with Hub("zhinit/kick-gen-v1", "0123456789abcdef0123456789abcdef01234567", files).running() as hub:
        ended = await chatting.kickbot(data, "model", "download", HF_ENDPOINT=hub.endpoint)
        assert ended.status == 0, ended.out + ended.err
        assert hub.commit in ended.out
    ended = await chatting.kickbot(data, "chat", "--json", "-c", "kick hit house")
    assert (ended.replies[0]["engine"], ended.replies[0]["revision"]) == ("diffusion", hub.commit)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("model", "convert"), "needs the folder"),
        (("model", "info"), "kickbot model download"),
        (("model", "info", "here.safetensors"), "here.safetensors"),
        (("model", "convert", "nowhere"), "nowhere"),
        (("model", "download"), "out of reach"),
        (("chat", "-c", "kick"), "kickbot model download"),
        (("warm", "2h"), "MODAL_TOKEN_ID"),
        (("warm", "for ever"), "2h or 90m"),
    ],
)
async def test_what_does_not_work_is_one_sentence(data: Path, words: tuple[str, ...], said: str) -> None:
    (data / "here.safetensors").write_text("no model")
    ended = await chatting.kickbot(data, *words, KICK_ENGINE="diffusion", HF_ENDPOINT="http://127.0.0.1:9")
    assert ended.status == 2
    assert said in ended.err
    assert ended.err.count("\n") == 1


BARE = """
import sys
from importlib.machinery import PathFinder


class Bare(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        extra = {extra!r}
        return None if name.partition(".")[0] in extra else super().find_spec(name, path, target)


sys.meta_path[sys.meta_path.index(PathFinder)] = Bare
"""


@pytest.mark.parametrize(
    ("extra", "words", "missing"),
    [
        (("torch", "safetensors", "huggingface_hub", "httpx2"), ("info",), "torch and safetensors are not"),
        (("torch", "safetensors", "huggingface_hub", "httpx2"), ("convert", "here"), "torch and safetensors are not"),
        (("safetensors", "huggingface_hub"), ("download",), "safetensors and huggingface_hub are not"),
        (("torch",), ("info",), "torch is not"),
    ],
)
async def test_what_the_model_needs_is_named_where_it_is_not_installed(
    data: Path, extra: tuple[str, ...], words: tuple[str, ...], missing: str
) -> None:
    """As `make demo` leaves a machine: none of it is there."""
    (data / "sitecustomize.py").write_text(BARE.format(extra=extra))
    (data / "here").mkdir()
    ended = await chatting.kickbot(data, "model", *words, PYTHONPATH=f"{data}:{Path.cwd()}")
    assert ended.status == 2
    added = "`pip install torch` and `pip install kickbot[diffusion]` add what the model needs"
    assert ended.err == f"kickbot: {missing} installed; {added}\n"
