"""What both stores of files keep to: one suite, run over the folder and over the bucket."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID, uuid4

import aiohttp
import pytest

from bots.web import app, media, options, server
from core import errors, files
from db.storage import bucket, folder
from tests.fakes.storage import StorageServer

ODD_PATHS = [
    "",
    "7",
    "7/",
    "/7/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav",
    "7/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11",
    "7/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.mp3",
    "7/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav\n",
    "7/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav/..",
    "7/6F1C2E0A-52AB-4F9E-8D0C-7B1F0F6F2A11.wav",
    "7/../8/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav",
    "../7/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav",
    "..%2f7/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav",
    "7\\6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav",
    "٧/6f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav",
    "7/\x006f1c2e0a-52ab-4f9e-8d0c-7b1f0f6f2a11.wav",
]


@pytest.fixture(params=["folder", "bucket"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[files.Files]:
    """A store whose links answer."""
    if request.param == "bucket":
        async with StorageServer() as storage, bucket.open_bucket(storage.url, storage.service_key) as kept:
            yield kept
        return
    in_folder = await folder.open_folder(tmp_path / "files", lambda: f"http://127.0.0.1:{port}")
    served = app.web_app(options.WebOptions(public_url="http://127.0.0.1"), {}, [media.routes(in_folder.find)])
    async with server.serve(served, "127.0.0.1", 0) as port:
        yield in_folder


@pytest.fixture
def sound() -> str:
    return files.sound_path(7, uuid4())


async def test_what_is_stored_is_fetched(store: files.Files, sound: str) -> None:
    await store.store(sound, b"RIFF and so on")
    assert await store.fetch(sound) == b"RIFF and so on"


async def test_what_exists_is_known(store: files.Files, sound: str) -> None:
    assert not await store.exists(sound)
    await store.store(sound, b"RIFF and so on")
    assert await store.exists(sound)
    assert not await store.exists(files.picture_path(sound))


async def test_nothing_is_fetched_where_nothing_is(store: files.Files, sound: str) -> None:
    assert await store.fetch(sound) is None


async def test_storing_again_replaces(store: files.Files, sound: str) -> None:
    await store.store(sound, b"first, and longer than the second")
    await store.store(sound, b"second")
    assert await store.fetch(sound) == b"second"


async def test_sound_and_picture_of_a_kick_are_two_objects(store: files.Files, sound: str) -> None:
    await store.store(sound, b"sound")
    await store.store(files.picture_path(sound), b"picture")
    assert await store.fetch(sound) == b"sound"
    assert await store.fetch(files.picture_path(sound)) == b"picture"


async def test_copy_keeps_both(store: files.Files, sound: str) -> None:
    target = files.sound_path(8, uuid4())
    await store.store(sound, b"kick")
    await store.copy(sound, target)
    await store.remove([sound])
    assert await store.fetch(sound) is None
    assert await store.fetch(target) == b"kick"


async def test_copy_replaces_its_target(store: files.Files, sound: str) -> None:
    target = files.sound_path(8, uuid4())
    await store.store(sound, b"new")
    await store.store(target, b"old")
    await store.copy(sound, target)
    assert await store.fetch(target) == b"new"


async def test_copy_onto_itself_changes_nothing(store: files.Files, sound: str) -> None:
    await store.store(sound, b"kick")
    await store.copy(sound, sound)
    assert await store.fetch(sound) == b"kick"


async def test_copy_of_nothing_fails_and_leaves_the_target(store: files.Files, sound: str) -> None:
    target = files.sound_path(8, uuid4())
    await store.store(target, b"kept")
    with pytest.raises(errors.SoundGone):
        await store.copy(sound, target)
    assert await store.fetch(target) == b"kept"


async def test_removing_takes_what_is_there_and_minds_nothing_else(store: files.Files, sound: str) -> None:
    other, missing = files.sound_path(7, uuid4()), files.sound_path(99, uuid4())
    await store.store(sound, b"doomed")
    await store.store(other, b"kept")
    await store.remove([missing, sound])
    await store.remove([missing, sound])
    await store.remove([])
    assert await store.fetch(sound) is None
    assert await store.fetch(other) == b"kept"


async def test_many_are_removed_at_once(store: files.Files) -> None:
    paths = [files.sound_path(7, UUID(int=number)) for number in range(230)]
    for path in paths[::50]:
        await store.store(path, b"doomed")
    await store.remove(paths)
    assert [await store.fetch(path) for path in paths[::50]] == [None] * 5


async def test_many_stores_of_one_path_at_once_leave_one_of_them_whole(store: files.Files, sound: str) -> None:
    candidates = [bytes([number]) * 100_000 for number in range(12)]
    await asyncio.gather(*(store.store(sound, data) for data in candidates))
    assert await store.fetch(sound) in candidates


@pytest.mark.parametrize(("suffix", "media_type"), [(".wav", "audio/wav"), (".png", "image/png")])
async def test_the_link_serves_it_to_anyone(store: files.Files, sound: str, suffix: str, media_type: str) -> None:
    path = sound.replace(".wav", suffix)
    await store.store(path, b"0123456789")
    async with aiohttp.ClientSession() as session:
        async with session.get(store.url(path)) as response:
            assert response.status == 200
            assert await response.read() == b"0123456789"
            assert response.content_type == media_type
            assert "max-age=3600" in response.headers["Cache-Control"]
        async with session.get(store.url(path), headers={"Range": "bytes=2-5"}) as response:
            assert response.status == 206
            assert await response.read() == b"2345"
            assert response.headers["Content-Range"] == "bytes 2-5/10"
        async with session.get(store.url(path), params={"download": "kick_F1.wav"}) as response:
            assert response.content_disposition
            assert response.content_disposition.type == "attachment"


async def test_the_link_of_what_is_removed_serves_nothing(store: files.Files, sound: str) -> None:
    await store.store(sound, b"kick")
    await store.remove([sound])
    async with aiohttp.ClientSession() as session, session.get(store.url(sound)) as response:
        assert response.status in (400, 404)


@pytest.mark.parametrize("path", ODD_PATHS)
async def test_an_odd_path_is_refused_everywhere(store: files.Files, sound: str, path: str) -> None:
    await store.store(sound, b"kick")
    with pytest.raises(ValueError, match="not a path"):
        await store.store(path, b"data")
    with pytest.raises(ValueError, match="not a path"):
        await store.fetch(path)
    with pytest.raises(ValueError, match="not a path"):
        await store.exists(path)
    with pytest.raises(ValueError, match="not a path"):
        await store.copy(sound, path)
    with pytest.raises(ValueError, match="not a path"):
        await store.copy(path, sound)
    with pytest.raises(ValueError, match="not a path"):
        await store.remove([sound, path])
    with pytest.raises(ValueError, match="not a path"):
        store.url(path)
    assert await store.fetch(sound) == b"kick"
