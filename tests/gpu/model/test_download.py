"""Downloading from a hub on this machine, through the real client."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub.constants import DOWNLOAD_CHUNK_SIZE

from gpu import download as hub_client
from gpu.model import published
from gpu.model.errors import HubUnreachable, NotOnHub
from gpu.model.progress import Progress
from gpu.pipeline import Pipeline
from tests import ports
from tests.fakes.hub import Hub

REPO = "zhinit/kick-gen-v1"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
SIZE = 300_000


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Holds the three files and others that nobody needs."""
    files = {name: bytes([number]) * SIZE for number, name in enumerate(published.FILES)}
    with Hub(REPO, COMMIT, files | {"README.md": b"about", "weights/vae_epoch_50.pt": b"old"}).running() as hub:
        yield hub


def test_only_the_three_files_are_fetched_and_the_commit_is_told(hub: Hub, tmp_path: Path) -> None:
    result = hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    assert result.commit == COMMIT
    assert sorted(hub.contents_asked_for()) == sorted(published.FILES)
    assert all((result.folder / name).read_bytes() == hub.files[name] for name in published.FILES)


def test_progress_is_told_up_to_each_file_s_size(hub: Hub, tmp_path: Path) -> None:
    told: list[Progress] = []
    hub_client.download(REPO, cache=tmp_path, progress=told.append, endpoint=hub.endpoint)
    last = {progress.file: progress for progress in told}
    assert last == {name: Progress(name, SIZE, SIZE) for name in published.FILES}


def test_a_cut_connection_is_resumed_where_it_broke(hub: Hub, tmp_path: Path) -> None:
    hub.files[published.DIFFUSION] = bytes(2 * DOWNLOAD_CHUNK_SIZE)
    hub.cut_after = DOWNLOAD_CHUNK_SIZE + 1000  # the library keeps whole chunks only
    result = hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    assert all((result.folder / name).read_bytes() == hub.files[name] for name in published.FILES)
    assert [asked.start for asked in hub.asked if asked.start] == [DOWNLOAD_CHUNK_SIZE]


def test_a_second_download_fetches_nothing(hub: Hub, tmp_path: Path) -> None:
    first = hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    hub.asked.clear()
    assert hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint) == first
    assert hub.contents_asked_for() == []


def test_files_that_came_before_a_failure_are_not_fetched_again(hub: Hub, tmp_path: Path) -> None:
    missing = hub.files.pop(published.VOCODER)
    with pytest.raises(NotOnHub, match="one of its files is missing"):
        hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    hub.files[published.VOCODER] = missing
    hub.asked.clear()
    hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    assert hub.contents_asked_for() == [published.VOCODER]


@pytest.mark.parametrize("revision", ["main", COMMIT])
def test_what_is_in_the_cache_needs_no_hub(tmp_path: Path, revision: str) -> None:
    hub = Hub(REPO, COMMIT, dict.fromkeys(published.FILES, b"content"))
    with hub.running():
        first = hub_client.download(REPO, revision=revision, cache=tmp_path, endpoint=hub.endpoint)
    assert hub_client.download(REPO, revision=revision, cache=tmp_path, endpoint=hub.endpoint) == first


def test_a_hub_that_is_down_does_not_matter_either(hub: Hub, tmp_path: Path) -> None:
    first = hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    hub.status = 503
    assert hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint) == first


def test_a_branch_that_moved_is_followed(hub: Hub, tmp_path: Path) -> None:
    hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    hub.commit = COMMIT[::-1]
    hub.files[published.VAE] = b"newer"
    result = hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    assert result.commit == COMMIT[::-1]
    assert (result.folder / published.VAE).read_bytes() == b"newer"


def test_nobody_there(tmp_path: Path) -> None:
    endpoint = f"http://127.0.0.1:{ports.free_port()}"
    with pytest.raises(HubUnreachable, match=f"{endpoint} is out of reach and {REPO} is not downloaded"):
        hub_client.download(REPO, cache=tmp_path, endpoint=endpoint)


def test_nobody_there_and_a_file_missing_in_the_cache(tmp_path: Path) -> None:
    hub = Hub(REPO, COMMIT, dict.fromkeys(published.FILES, b"content"))
    with hub.running():
        result = hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    (result.folder / published.VAE).unlink()
    with pytest.raises(HubUnreachable, match="Connection refused"):
        hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)


def test_a_hub_that_never_answers(hub: Hub, tmp_path: Path) -> None:
    hub.silent = threading.Event()
    with pytest.raises(HubUnreachable, match="timed out"):
        hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint, patience=0.2)
    hub.silent.set()


def test_a_cache_that_cannot_be_written_is_not_the_hub_s_fault(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file")
    with pytest.raises(OSError, match="cache"):
        hub_client.download(REPO, cache=tmp_path / "cache", endpoint=hub.endpoint)


@pytest.mark.parametrize(
    ("repo", "revision", "problem"),
    [
        ("zhinit/other", "main", "no such repository"),
        (REPO, "v2", "no such revision"),
        ("not a name", "main", "no name of a repository"),
    ],
)
def test_what_the_hub_does_not_have(hub: Hub, tmp_path: Path, repo: str, revision: str, problem: str) -> None:
    with pytest.raises(NotOnHub, match=problem):
        hub_client.download(repo, revision=revision, cache=tmp_path, endpoint=hub.endpoint)


def test_the_hub_s_address_may_come_from_the_environment(hub: Hub, tmp_path: Path) -> None:
    script = f"from pathlib import Path; from gpu.download import download; download({REPO!r}, cache=Path('cache'))"
    environment = os.environ | {"HF_ENDPOINT": hub.endpoint, "PYTHONPATH": str(Path.cwd())}
    subprocess.run([sys.executable, "-c", script], env=environment, cwd=tmp_path, check=True)
    assert sorted(hub.contents_asked_for()) == sorted(published.FILES)


def test_from_the_hub_to_a_kick_that_knows_its_commit(published_folder: Path, tmp_path: Path) -> None:
    files = {name: (published_folder / name).read_bytes() for name in published.FILES}
    with Hub(REPO, COMMIT, files).running() as hub:
        result = hub_client.download(REPO, cache=tmp_path, endpoint=hub.endpoint)
    pipeline = Pipeline.from_published(result.folder)
    assert pipeline.revision == COMMIT
    assert pipeline.generate("hit house", seed=1, steps=1).matched == ("hit", "house")
