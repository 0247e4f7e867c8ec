"""What is looked at before the first kick: whether the key is the secret one and the bucket there and fit."""

import base64
import json
from collections.abc import Iterable
from uuid import uuid4

import httpx
from storage3 import AsyncStorageClient
from storage3.exceptions import StorageApiError
from storage3.types import BaseBucket

from core import errors
from db.storage import bucket_calls

KEY = "SUPABASE_SERVICE_KEY"
ADDRESS = "SUPABASE_URL"
ANONYMOUS = (
    "this is the anonymous (publishable) key, which may not store files. "
    "Take the secret one: sb_secret_..., or service_role among the legacy keys."
)


def refuse_unfit(key: str) -> None:
    """`errors.BadSetting` where one sees by the key itself that it cannot be the secret one."""
    if not (key.isascii() and key.isprintable()) or not key or " " in key:
        # Sent as a header, it would end in an error whose text holds the key.
        raise errors.BadSetting(name=KEY, problem="this is no key: it is empty, or holds a space or a line break.")
    if key.startswith("sb_publishable_") or _role(key) == "anon":
        raise errors.BadSetting(name=KEY, problem=ANONYMOUS)


async def prepare(storage: AsyncStorageClient, bucket: str, patience: bucket_calls.Patience) -> None:
    """Make `bucket` where it is missing; `errors.BadSetting` where it is unfit or the key may not store in it."""
    try:
        _refuse_unfit_bucket(await _ensured(storage, bucket, patience))
        # Storage tries the right to upload before it signs a link for one, and keeps nothing.
        probe = f"0/{uuid4()}.wav"
        await bucket_calls.insist(lambda: storage.from_(bucket).create_signed_upload_url(probe), patience)
    except StorageApiError as error:
        raise _explained(error) from error
    except (httpx.HTTPError, TimeoutError, ValueError) as error:
        problem = f"Supabase Storage gives no proper answer there ({bucket_calls.told(error)})."
        raise errors.BadSetting(name=ADDRESS, problem=problem) from error


async def _ensured(storage: AsyncStorageClient, bucket: str, patience: bucket_calls.Patience) -> BaseBucket:
    """The bucket, made public where it is missing."""
    try:
        return await bucket_calls.insist(lambda: storage.get_bucket(bucket), patience)
    except StorageApiError as error:
        if not bucket_calls.is_missing(error, "Bucket not found"):
            raise
    try:
        await bucket_calls.insist(lambda: storage.create_bucket(bucket, options={"public": True}), patience)
    except StorageApiError as error:
        # Another process may have been first.
        if error.code != "Duplicate":
            raise
    return await bucket_calls.insist(lambda: storage.get_bucket(bucket), patience)


def _refuse_unfit_bucket(bucket: BaseBucket) -> None:
    if not bucket.public:
        problem = f"its bucket {bucket.id} is private, so nobody could play a kick. Make it public."
        raise errors.BadSetting(name=ADDRESS, problem=problem)
    for wanted in ("audio/wav", "image/png"):
        if bucket.allowed_mime_types and not _takes(bucket.allowed_mime_types, wanted):
            problem = f"its bucket {bucket.id} does not take {wanted}. Add that to its allowed MIME types."
            raise errors.BadSetting(name=ADDRESS, problem=problem)


def _takes(allowed: Iterable[str], wanted: str) -> bool:
    return any(pattern in (wanted, wanted.partition("/")[0] + "/*", "*/*") for pattern in allowed)


def _explained(error: StorageApiError) -> errors.BadSetting:
    told = bucket_calls.told(error)
    if "row-level security" in error.message:
        return errors.BadSetting(name=KEY, problem=ANONYMOUS, detail=told)
    if bucket_calls.status(error) in (401, 403):
        problem = f"it was refused by the project at {ADDRESS}. Is it the secret key of that very project?"
        return errors.BadSetting(name=KEY, problem=problem, detail=told)
    return errors.BadSetting(name=ADDRESS, problem=f"Supabase Storage does not work there ({told}).")


def _role(key: str) -> str | None:
    """The role that a legacy key, a JWT, claims; None where it is no such key."""
    try:
        _, payload, _ = key.split(".")
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return str(claims["role"])
    except (ValueError, KeyError, TypeError):
        return None
