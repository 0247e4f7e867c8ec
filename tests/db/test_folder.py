"""What is peculiar to files in a folder: whole or absent, never outside, never on the event loop."""

import asyncio
import resource
import signal
import sys
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from core import errors, files
from db.storage import atomic_write, folder

WRITER = """
import asyncio, sys
from pathlib import Path
from db.storage import folder

async def main():
    store = folder.FolderFiles(Path(sys.argv[1]), "http://127.0.0.1")
    number = 0
    while True:
        number += 1
        await store.store(sys.argv[2], bytes([number % 256]) * 5_000_000)
        print(number, flush=True)

asyncio.run(main())
"""


@pytest.fixture
async def store(tmp_path: Path) -> folder.FolderFiles:
    return await folder.open_folder(tmp_path / "files", "http://127.0.0.1:8000/")


@pytest.fixture
def sound() -> str:
    return files.sound_path(7, uuid4())


def everything(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


async def test_the_link_follows_the_address_that_is_served(tmp_path: Path, sound: str) -> None:
    addresses = ["http://127.0.0.1:8000"]
    store = folder.FolderFiles(tmp_path, lambda: addresses[-1])
    assert store.url(sound) == f"http://127.0.0.1:8000/files/{sound}"
    addresses.append("https://kick.example")
    assert store.url(sound) == f"https://kick.example/files/{sound}"


async def test_a_slash_after_the_address_is_not_doubled(store: folder.FolderFiles, sound: str) -> None:
    assert store.url(sound) == f"http://127.0.0.1:8000/files/{sound}"


async def test_a_file_lies_where_its_path_says_and_nothing_beside_it(
    store: folder.FolderFiles, sound: str, tmp_path: Path
) -> None:
    await store.store(sound, b"kick")
    assert everything(tmp_path / "files") == [sound]


async def test_a_new_start_finds_what_was_stored(store: folder.FolderFiles, sound: str, tmp_path: Path) -> None:
    await store.store(sound, b"kick")
    again = await folder.open_folder(tmp_path / "files", "http://127.0.0.1")
    assert await again.fetch(sound) == b"kick"


async def test_a_folder_that_is_not_there_is_no_missing_file(
    store: folder.FolderFiles, sound: str, tmp_path: Path
) -> None:
    """A disk that is not mounted: nothing is taken for deleted."""
    await store.store(sound, b"kick")
    (tmp_path / "files").rename(tmp_path / "elsewhere")
    with pytest.raises(errors.StorageFailed):
        await store.exists(sound)


async def test_a_killed_writer_leaves_whole_files_and_the_next_start_no_rest(tmp_path: Path, sound: str) -> None:
    root = tmp_path / "files"
    rests = 0
    for attempt in range(8):
        writer = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", WRITER, str(root), sound), stdout=asyncio.subprocess.PIPE
        )
        assert writer.stdout
        await writer.stdout.readline()
        await asyncio.sleep(0.003 * attempt)
        writer.send_signal(signal.SIGKILL)
        await writer.communicate()
        rests += len(list((root / ".incoming").iterdir()))
        store = await folder.open_folder(root, "http://127.0.0.1")
        data = await store.fetch(sound)
        assert data
        assert data == data[:1] * 5_000_000
        assert everything(root) == [sound]
    assert rests > 0


async def test_a_start_leaves_alone_what_a_living_process_writes(tmp_path: Path, sound: str) -> None:
    root = tmp_path / "files"
    writer = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", WRITER, str(root), sound), stdout=asyncio.subprocess.PIPE
    )
    assert writer.stdout
    await writer.stdout.readline()
    for _ in range(200):
        await folder.open_folder(root, "http://127.0.0.1")
        await asyncio.sleep(0)
    # A store that lost its file to a sweep would have ended the writer with an error.
    for _ in range(3):
        assert await writer.stdout.readline()
    writer.kill()
    await writer.communicate()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """The system refuses longer files meanwhile, in the midst of writing, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def test_a_full_disk_is_told_and_keeps_what_was_there(
    store: folder.FolderFiles, sound: str, tmp_path: Path
) -> None:
    await store.store(sound, b"old")
    with largest_file(4096), pytest.raises(errors.StorageFull) as failure:
        await store.store(sound, b"new" * 100_000)
    assert "File too large" in failure.value.detail
    assert str(tmp_path) not in str(failure.value)
    assert await store.fetch(sound) == b"old"
    assert everything(tmp_path / "files") == [sound]


async def test_something_else_in_the_way_is_told(store: folder.FolderFiles, sound: str, tmp_path: Path) -> None:
    (tmp_path / "files" / "7").write_text("not a folder")
    with pytest.raises(errors.StorageFailed):
        await store.store(sound, b"kick")
    with pytest.raises(errors.StorageFailed):
        await store.remove([sound])
    assert await store.fetch(sound) is None


async def test_a_link_in_place_of_a_folder_leads_nowhere(store: folder.FolderFiles, sound: str, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / Path(sound).name).write_bytes(b"secret")
    (tmp_path / "files" / "7").symlink_to(outside)
    assert store.find(sound) is None
    assert await store.fetch(sound) is None
    with pytest.raises(errors.StorageFailed):
        await store.store(sound, b"kick")
    with pytest.raises(errors.StorageFailed):
        await store.remove([sound])
    assert (outside / Path(sound).name).read_bytes() == b"secret"


async def test_a_link_in_place_of_a_file_is_not_followed(store: folder.FolderFiles, sound: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(b"secret")
    (tmp_path / "files" / "7").mkdir()
    (tmp_path / "files" / sound).symlink_to(secret)
    assert await store.fetch(sound) is None
    await store.store(sound, b"kick")
    assert await store.fetch(sound) == b"kick"
    assert secret.read_bytes() == b"secret"


@pytest.mark.parametrize("path", ["", ".incoming/tmpabc", "../secret.wav", "7/../../secret.wav", "7/\x00.wav", "7"])
async def test_nothing_is_found_by_an_odd_path(store: folder.FolderFiles, path: str) -> None:
    assert store.find(path) is None


@pytest.mark.parametrize("work", ["store", "fetch", "copy", "remove", "sweep"])
async def test_no_disk_work_is_done_on_the_event_loop(store: folder.FolderFiles, sound: str, work: str) -> None:
    await store.store(sound, b"kick")
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    gate = threading.Event()
    occupied = asyncio.create_task(asyncio.to_thread(gate.wait))
    works: dict[str, Coroutine[None, None, object]] = {
        "store": store.store(files.sound_path(9, uuid4()), b"kick"),
        "fetch": store.fetch(sound),
        "copy": store.copy(sound, files.sound_path(9, uuid4())),
        "remove": store.remove([sound]),
        "sweep": store.sweep(),
    }
    working = asyncio.create_task(works.pop(work))
    for other in works.values():
        other.close()
    for _ in range(20):
        await asyncio.sleep(0.001)
    # With the only thread occupied, nothing but work on the loop itself could be done by now.
    assert not working.done()
    assert store.find(sound)
    gate.set()
    await asyncio.gather(occupied, working)


async def test_writing_and_sweeping_at_once_lose_nothing(store: folder.FolderFiles, tmp_path: Path) -> None:
    done = threading.Event()

    def sweep_on() -> None:
        while not done.is_set():
            atomic_write.sweep(tmp_path / "files" / ".incoming")

    sweeping = [asyncio.create_task(asyncio.to_thread(sweep_on)) for _ in range(2)]
    try:
        for number in range(100):
            await store.store(files.sound_path(number, uuid4()), b"kick")
    finally:
        done.set()
        await asyncio.gather(*sweeping)
    assert len(everything(tmp_path / "files")) == 100
