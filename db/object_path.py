"""The one shape that the path of an object has; anything else never reaches a disk or a bucket."""

import re


def fits(path: str) -> bool:
    """Whether `path` is `{user_id}/{uuid}.wav` or `.png`, in digits and lower-case hex."""
    return re.fullmatch(r"[0-9]{1,19}/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(wav|png)", path) is not None


def checked(path: str) -> str:
    """The path itself; ValueError where it is none, which only a mistake in this program can cause."""
    if not fits(path):
        raise ValueError(f"not a path of an object: {path!r}")
    return path


def content_type(path: str) -> str:
    """The media type of what is kept under `path`."""
    return "audio/wav" if path.endswith(".wav") else "image/png"
