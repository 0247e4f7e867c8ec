"""The one shape that the path of an object has; anything else never reaches a disk or a bucket."""

from core import files


def fits(path: str) -> bool:
    """Whether `path` is `{user_id}/{uuid}.wav` or `.png`, in digits and lower-case hex."""
    return files.is_path(path)


def checked(path: str) -> str:
    """The path itself; ValueError where it is none, which only a mistake in this program can cause."""
    if not fits(path):
        raise ValueError(f"not a path of an object: {path!r}")
    return path


def content_type(path: str) -> str:
    """The media type of what is kept under `path`."""
    return "audio/wav" if path.endswith(".wav") else "image/png"
