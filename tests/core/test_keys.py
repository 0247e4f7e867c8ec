"""Keys from one secret, and what is made with them."""

from core.accounts import keys
from core.accounts.keys import Keys
from core.messages import Posted
from core.people import Person

ADA = Person("slack", "T1", "U1", "ada")


def test_derives_as_rfc_5869_says() -> None:
    # Its test case 3 has neither salt nor info; a key is the first 32 bytes.
    secret = "\x0b" * 22
    assert keys.derive(secret, "").hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


def test_each_purpose_and_each_secret_has_a_key_of_its_own() -> None:
    assert len({keys.derive(secret, purpose) for secret in ("a", "b") for purpose in ("x", "y")}) == 4


def test_parts_cannot_be_moved_into_one_another() -> None:
    key = keys.derive("secret", "test")
    parts = (("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""))
    assert len({keys.tag(key, *one) for one in parts}) == 4


def test_a_leaver_is_marked_by_who_they_are_and_not_by_their_name() -> None:
    made = Keys.from_secret("secret")
    assert made.leaver(ADA) == Keys.from_secret("secret").leaver(Person("slack", "T1", "U1", "Ada Lovelace"))
    others = {
        made.leaver(Person(*who, "ada")) for who in (("slack", "T2", "U1"), ("slack", "T1", "U2"), ("web", "T1", "U1"))
    }
    assert made.leaver(ADA) not in others | {Keys.from_secret("other").leaver(ADA)}
    assert "U1" not in made.leaver(ADA)


def test_reactions_of_one_person_have_nothing_in_common() -> None:
    made, card, other = Keys.from_secret("secret"), Posted("app", "channel", "1"), Posted("app", "channel", "2")
    assert made.reaction(card, ADA) == made.reaction(card, Person("slack", "T1", "U1", "Ada Lovelace"))
    assert made.reaction(card, ADA) != made.reaction(other, ADA)
    assert made.reaction(card, ADA) != made.reaction(card, Person("slack", "T2", "U1", "ada"))


def test_keys_are_not_shown() -> None:
    assert repr(Keys.from_secret("secret")) == "Keys()"
