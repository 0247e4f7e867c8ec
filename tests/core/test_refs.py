"""Refs, as they stand in the ids of buttons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import refs
from core.refs import Ref

KINDS = st.sampled_from(["take", "kick", "preset"])


@given(KINDS, st.integers(1, 10**18 - 1))
def test_what_is_written_is_read_back(kind: refs.Kind, number: int) -> None:
    assert refs.parse(str(Ref(kind, number))) == Ref(kind, number)


@pytest.mark.parametrize("text", [" Take:12 ", "TAKE:12"])
def test_people_type_them_too(text: str) -> None:
    assert refs.parse(text) == Ref("take", 12)


@pytest.mark.parametrize(
    "text", ["", *"12 take take: take:0 take:-1 take:1x tape:1 take:१".split(), "take:" + "9" * 19]
)
def test_anything_else_is_none(text: str) -> None:
    assert refs.parse(text) is None
