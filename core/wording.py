"""How numbers of things are said."""


def counted(number: int, thing: str) -> str:
    """ "1 kick", "2 kicks"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
