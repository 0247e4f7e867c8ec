"""What is peculiar to files in a Supabase bucket: keys, the bucket itself, a network and a server that fail."""

import asyncio
import io
import logging
import traceback
from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from core import errors, files
from core.chat.removals import Removals
from core.library.clearing import Clearing, Left
from db.postgres.database import Database
from db.removals import RemovalRows
from db.storage import bucket
from db.storage.bucket_calls import Patience
from db.sweepings import Sweepings
from tests.fakes import storage as fakes

QUICK = Patience(pauses=(0.001, 0.001, 0.001, 0.001), seconds=5)
KICKS = "generated-kicks"


@pytest.fixture
async def server() -> AsyncIterator[fakes.StorageServer]:
    async with fakes.StorageServer() as server:
        yield server


@pytest.fixture
async def store(server: fakes.StorageServer) -> AsyncIterator[bucket.BucketFiles]:
    async with bucket.open_bucket(server.url, server.service_key, QUICK) as store:
        server.seen.clear()
        yield store


@pytest.fixture
def sound() -> str:
    return files.sound_path(7, uuid4())


async def opened(server: fakes.StorageServer, key: str) -> None:
    async with bucket.open_bucket(server.url, key, QUICK):
        pass


async def refused(server: fakes.StorageServer, key: str) -> str:
    """The sentence with which the start ends."""
    with pytest.raises(errors.BadSetting) as refusal:
        await opened(server, key)
    return str(refusal.value)


async def test_a_missing_bucket_is_made_public(server: fakes.StorageServer) -> None:
    await opened(server, server.service_key)
    assert server.buckets == {KICKS: fakes.Bucket(public=True)}
    assert server.objects == {}


async def test_a_bucket_that_is_there_is_left_as_it_is(server: fakes.StorageServer) -> None:
    there = fakes.Bucket(public=True, file_size_limit=5_000_000, allowed_mime_types=["audio/*", "image/png"])
    server.buckets[KICKS] = there
    await opened(server, server.service_key)
    assert server.buckets == {KICKS: there}
    assert not [seen for seen in server.seen if seen.path == "/storage/v1/bucket"]


async def test_two_processes_that_start_at_once_share_the_bucket(server: fakes.StorageServer) -> None:
    await asyncio.gather(*(opened(server, server.service_key) for _ in range(5)))
    assert list(server.buckets) == [KICKS]


async def test_both_forms_of_the_secret_key_are_taken(server: fakes.StorageServer, sound: str) -> None:
    for key in (server.service_key, server.secret_key):
        async with bucket.open_bucket(server.url, key, QUICK) as store:
            await store.store(sound, key.encode())
            assert await store.fetch(sound) == key.encode()


async def test_a_slash_after_the_address_is_not_doubled(server: fakes.StorageServer, sound: str) -> None:
    async with bucket.open_bucket(server.url + "/", server.service_key, QUICK) as store:
        assert store.url(sound) == f"{server.url}/storage/v1/object/public/{KICKS}/{sound}"
        await store.store(sound, b"kick")
    assert list(server.objects) == [f"{KICKS}/{sound}"]


@pytest.mark.parametrize("is_there", [True, False])
async def test_the_anonymous_key_is_told_from_the_answers(server: fakes.StorageServer, is_there: bool) -> None:
    if is_there:
        server.buckets[KICKS] = fakes.Bucket()
    sentence = await refused(server, server.anon_key)
    assert sentence.startswith("SUPABASE_SERVICE_KEY: this is the anonymous (publishable) key")
    assert "sb_secret_" in sentence


@pytest.mark.parametrize("key", [fakes.legacy_key("anon"), "sb_publishable_0123456789"])
async def test_the_anonymous_key_is_told_by_its_looks(server: fakes.StorageServer, key: str) -> None:
    assert (await refused(server, key)).startswith("SUPABASE_SERVICE_KEY: this is the anonymous (publishable) key")
    assert server.seen == []


@pytest.mark.parametrize("key", ["sb_secret_of_another_project", "a.b.c", fakes.legacy_key("service_role")[:-1]])
async def test_a_wrong_key_is_told(server: fakes.StorageServer, key: str) -> None:
    sentence = await refused(server, key)
    assert sentence.startswith("SUPABASE_SERVICE_KEY: it was refused by the project at SUPABASE_URL")
    assert key not in sentence


@pytest.mark.parametrize("key", ["", " ", "sb_secret_1\n", "sb_secret_1 ", "sb_secret_ü"])
async def test_what_cannot_be_a_key_is_never_sent(server: fakes.StorageServer, key: str) -> None:
    assert (await refused(server, key)).startswith("SUPABASE_SERVICE_KEY: this is no key")
    assert server.seen == []


async def test_a_private_bucket_ends_the_start(server: fakes.StorageServer) -> None:
    server.buckets[KICKS] = fakes.Bucket(public=False)
    assert "generated-kicks is private" in await refused(server, server.service_key)


@pytest.mark.parametrize(("allowed", "missing"), [(["audio/wav"], "image/png"), (["image/*"], "audio/wav")])
async def test_a_bucket_that_takes_too_little_ends_the_start(
    server: fakes.StorageServer, allowed: list[str], missing: str
) -> None:
    server.buckets[KICKS] = fakes.Bucket(allowed_mime_types=allowed)
    assert f"does not take {missing}" in await refused(server, server.service_key)


async def test_an_address_where_nobody_listens_is_told(server: fakes.StorageServer, free_port: int) -> None:
    sentence = await refused(replace(server, url=f"http://127.0.0.1:{free_port}"), server.service_key)
    assert sentence.startswith("SUPABASE_URL: Supabase Storage gives no proper answer there")


async def test_what_is_no_address_is_told(server: fakes.StorageServer) -> None:
    assert (await refused(replace(server, url="kick.example"), server.service_key)).startswith("SUPABASE_URL")


@pytest.mark.parametrize(("status", "told"), [(404, "does not work there (404"), (200, "gives no proper answer there")])
async def test_something_else_at_the_address_is_told(server: fakes.StorageServer, status: int, told: str) -> None:
    server.fail(status, body="<h1>Welcome</h1>", times=9)
    assert (await refused(server, server.service_key)).startswith(f"SUPABASE_URL: Supabase Storage {told}")


async def test_a_start_outlasts_a_passing_failure(server: fakes.StorageServer) -> None:
    server.fail(503, body="upstream connect error", times=2)
    await opened(server, server.service_key)
    assert list(server.buckets) == [KICKS]


async def test_what_is_stored_carries_type_and_cache_time(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str
) -> None:
    await store.store(sound, b"sound")
    await store.store(files.picture_path(sound), b"picture")
    assert server.objects == {
        f"{KICKS}/{sound}": fakes.Kept(b"sound", "audio/wav", "max-age=3600"),
        f"{KICKS}/{files.picture_path(sound)}": fakes.Kept(b"picture", "image/png", "max-age=3600"),
    }


async def test_a_copy_is_made_by_storage_itself(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str
) -> None:
    await store.store(sound, b"kick")
    server.seen.clear()
    await store.copy(sound, files.sound_path(8, uuid4()))
    assert [(seen.method, seen.path) for seen in server.seen] == [("POST", "/storage/v1/object/copy")]


async def test_removing_nothing_asks_nobody(server: fakes.StorageServer, store: bucket.BucketFiles) -> None:
    await store.remove([])
    assert server.seen == []


@pytest.mark.parametrize(("status", "body"), [(500, None), (503, None), (429, None), (544, None), (502, "Bad Gateway")])
async def test_a_passing_failure_is_asked_again(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str, status: int, body: str | None
) -> None:
    server.fail(status, times=3, body=body)
    await store.store(sound, b"kick")
    assert len(server.seen) == 4
    server.fail(status, times=3, body=body)
    assert await store.fetch(sound) == b"kick"
    server.fail(status, times=3, body=body)
    await store.copy(sound, files.sound_path(8, uuid4()))
    server.fail(status, times=3, body=body)
    await store.remove([sound])
    assert await store.fetch(sound) is None


async def test_a_cut_connection_is_asked_again_and_done_once(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str
) -> None:
    target = files.sound_path(8, uuid4())
    server.cut(times=2)
    await store.store(sound, b"kick")
    server.cut(times=2)
    assert await store.fetch(sound) == b"kick"
    # The first copy was made before its answer was lost; storage refuses the second as a duplicate.
    server.cut(times=1)
    await store.copy(sound, target)
    server.cut(times=2)
    await store.remove([sound])
    assert {key: kept.data for key, kept in server.objects.items()} == {f"{KICKS}/{target}": b"kick"}


async def test_a_lasting_failure_is_told_after_some_tries(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str
) -> None:
    server.fail(502, body="Bad Gateway", times=99)
    with pytest.raises(errors.StorageFailed) as failure:
        await store.store(sound, b"kick")
    assert len(server.seen) == 5
    assert "502" in failure.value.detail
    assert sound in failure.value.detail
    assert "502" not in str(failure.value)


async def test_trying_ends_when_patience_does(server: fakes.StorageServer, sound: str) -> None:
    async with bucket.open_bucket(server.url, server.service_key, Patience(pauses=(0.01,) * 99, seconds=0.3)) as store:
        server.delay(30)
        with pytest.raises(errors.StorageFailed) as silence:
            await store.store(sound, b"kick")
        server.fail(503, times=99)
        with pytest.raises(errors.StorageFailed) as failure:
            await store.store(sound, b"kick")
    assert "TimeoutError" in silence.value.detail
    assert "503" in failure.value.detail


@pytest.mark.parametrize(
    ("limits", "told"),
    [
        (fakes.Bucket(file_size_limit=3), "413 Payload too large"),
        (fakes.Bucket(allowed_mime_types=["image/png"]), "415 invalid_mime_type"),
    ],
)
async def test_a_lasting_refusal_is_not_asked_again(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str, limits: fakes.Bucket, told: str
) -> None:
    server.buckets[KICKS] = limits
    with pytest.raises(errors.StorageFailed) as failure:
        await store.store(sound, b"kick")
    assert told in failure.value.detail
    assert len(server.seen) == 1


async def test_a_bucket_that_is_gone_is_no_missing_object(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str
) -> None:
    del server.buckets[KICKS]
    with pytest.raises(errors.StorageFailed):
        await store.fetch(sound)
    with pytest.raises(errors.StorageFailed):
        await store.exists(sound)
    with pytest.raises(errors.StorageFailed):
        await store.store(sound, b"kick")


async def test_what_a_cache_still_serves_does_not_exist(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str
) -> None:
    await store.store(sound, b"kick")
    server.cached |= server.objects
    await store.remove([sound])
    assert await store.fetch(sound) == b"kick"
    assert not await store.exists(sound)


async def test_an_answer_in_no_known_form_is_told(
    server: fakes.StorageServer, store: bucket.BucketFiles, sound: str
) -> None:
    server.fail(200, body="<h1>Welcome</h1>")
    with pytest.raises(errors.StorageFailed):
        await store.store(sound, b"kick")
    for look in (store.fetch, store.exists):
        server.fail(404, body="<h1>Not here</h1>")
        with pytest.raises(errors.StorageFailed):
            await look(sound)


async def test_the_key_is_in_no_log_and_no_error(server: fakes.StorageServer, sound: str) -> None:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        async with bucket.open_bucket(server.url, server.secret_key, QUICK) as store:
            await store.store(sound, b"kick")
            server.cut(times=9)
            with pytest.raises(errors.StorageFailed) as failure:
                await store.fetch(sound)
            logging.getLogger("kickbot").error("failed", exc_info=failure.value)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    traced = "".join(traceback.format_exception(failure.value))
    assert "StorageFailed" in written.getvalue()
    assert server.secret_key not in written.getvalue() + traced + repr(failure.value) + failure.value.detail


async def test_a_request_is_no_line_in_the_log(
    store: bucket.BucketFiles, sound: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    await store.store(sound, b"kick")
    assert caplog.records == []


async def test_a_deletion_does_not_wait_for_all_that_patience(server: fakes.StorageServer, database: Database) -> None:
    paths = [files.sound_path(7, uuid4()) for _ in range(8)]
    async with bucket.open_bucket(server.url, server.service_key) as store:
        for path in paths:
            await store.store(path, b"sound")
        server.seen.clear()
        server.fail(503, times=1000)
        clearing = Clearing(Removals(RemovalRows(database)), Sweepings(database), store, seconds=0.5)
        assert await clearing.clear(paths=paths) == Left(kicks=8)
    assert 1 <= len(server.seen) <= len(Patience().pauses) + 1, "no kick is tried by itself"
    assert len(server.objects) == 8
