"""What a code looks like, and how forgivingly it is read."""

import re

from core.accounts import link_codes


def test_codes_are_of_clear_letters_and_never_the_same() -> None:
    codes = {link_codes.new() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{8}", code) for code in codes)
    assert {letter for code in codes for letter in code} == set(link_codes.ALPHABET)


def test_what_is_shown_is_read_back_however_it_is_typed() -> None:
    code = link_codes.new()
    shown = link_codes.shown(code)
    assert re.fullmatch(r"\w{4}-\w{4}", shown)
    for typed in (shown, shown.lower(), f" {shown} ", shown.replace("-", " "), " ".join(code)):
        assert link_codes.read(typed) == code
