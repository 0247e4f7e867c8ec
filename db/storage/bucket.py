"""The Supabase bucket in which sounds and pictures are kept.

Importing this module brings the whole Supabase client, half a second of it: import it where this store is chosen.
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import supabase
from storage3 import AsyncStorageClient
from storage3.exceptions import StorageApiError
from storage3.types import FileOptions

from core import errors
from db.storage import bucket_calls, bucket_check, object_path

BUCKET = "generated-kicks"
REMOVED_AT_ONCE = 100


@asynccontextmanager
async def open_bucket(
    url: str, key: str, patience: bucket_calls.Patience | None = None
) -> AsyncIterator["BucketFiles"]:
    """The files in the bucket of the Supabase project at `url`; the bucket is made, public, where it is missing.

    `key` is the secret key, as a legacy JWT or as `sb_secret_...`. `errors.BadSetting` says what is wrong with either.
    """
    patience = patience or bucket_calls.Patience()
    bucket_check.refuse_unfit(key)
    # A line for each request would drown the log.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    # An httpx client of our own: the one that supabase makes warns of deprecations and is never closed. It speaks
    # HTTP/1.1, as hpack, below HTTP/2, logs the key.
    async with httpx.AsyncClient(timeout=httpx.Timeout(10, connect=5)) as http:
        try:
            client = await supabase.acreate_client(url, key, supabase.AsyncClientOptions(httpx_client=http))
        except supabase.AsyncSupabaseException as error:
            problem = "this is no address that begins with https://"
            raise errors.BadSetting(name="SUPABASE_URL", problem=problem) from error
        await bucket_check.prepare(client.storage, BUCKET, patience)
        public = f"{url.rstrip('/')}/storage/v1/object/public/{BUCKET}"
        yield BucketFiles(client.storage, public, patience)


class BucketFiles:
    """Keeps objects in a bucket (see `core.files.Files`). Every request may be sent more than once."""

    def __init__(self, storage: AsyncStorageClient, public_url: str, patience: bucket_calls.Patience) -> None:
        self._bucket = storage.from_(BUCKET)
        self._public_url = public_url
        self._patience = patience

    async def store(self, path: str, data: bytes) -> None:
        object_path.checked(path)
        options: FileOptions = {
            "content-type": object_path.content_type(path),
            "cache-control": "3600",
            "upsert": "true",
        }
        with bucket_calls.translated(f"storing {path}"):
            await bucket_calls.insist(lambda: self._bucket.upload(path, data, options), self._patience)

    async def fetch(self, path: str) -> bytes | None:
        object_path.checked(path)
        with bucket_calls.translated(f"reading {path}"):
            try:
                return await bucket_calls.insist(lambda: self._bucket.download(path), self._patience)
            except StorageApiError as error:
                if not bucket_calls.is_missing(error, "not_found"):
                    raise
                return None

    async def exists(self, path: str) -> bool:
        object_path.checked(path)
        with bucket_calls.translated(f"looking for {path}"):
            try:
                await bucket_calls.insist(lambda: self._bucket.info(path), self._patience)
            except StorageApiError as error:
                if not bucket_calls.is_missing(error, "not_found"):
                    raise
                return False
        return True

    async def copy(self, source: str, target: str) -> None:
        object_path.checked(source)
        object_path.checked(target)
        with bucket_calls.translated(f"copying {source} to {target}"):
            try:
                await bucket_calls.insist(lambda: self._bucket.copy(source, target), self._patience)
            except StorageApiError as error:
                if bucket_calls.is_missing(error, "not_found"):
                    raise _gone(source) from error
                if error.code != "Duplicate":
                    raise
            else:
                return
        await self._copy_over(source, target)

    async def remove(self, paths: list[str]) -> None:
        doomed = [object_path.checked(path) for path in paths]
        for start in range(0, len(doomed), REMOVED_AT_ONCE):
            await self._remove_at_once(doomed[start : start + REMOVED_AT_ONCE])

    def url(self, path: str) -> str:
        return f"{self._public_url}/{object_path.checked(path)}"

    async def _remove_at_once(self, paths: list[str]) -> None:
        with bucket_calls.translated(f"removing {paths}"):
            await bucket_calls.insist(lambda: self._bucket.remove(paths), self._patience)

    async def _copy_over(self, source: str, target: str) -> None:
        """Copy by way of this process: the client's own copy replaces nothing."""
        data = await self.fetch(source)
        if data is None:
            raise _gone(source)
        await self.store(target, data)


def _gone(source: str) -> errors.SoundGone:
    return errors.SoundGone(detail=f"copying {source}: nothing is kept there")
