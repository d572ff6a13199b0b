"""What people call an area besides its name: `nordområdet`, `area north`, `midtbyen`."""

_SAID_WITH = (
    "{}området", "{}område", "område{}", "området{}", "{}distrikt", "{}distriktet", "distrikt{}", "distriktet{}",
    "{}area", "area{}", "{}district", "district{}",
)  # fmt: skip
# An area that is called by where it lies is called so in English, too, and as the land that lies there.
_ENGLISH = {"nord": "north", "syd": "south", "øst": "east", "vest": "west"}
_LYING_THERE = {
    "nord": ("northern", "nordlige"), "syd": ("southern", "sydlige"),
    "øst": ("eastern", "østlige"), "vest": ("western", "vestlige"),
}  # fmt: skip
_DEFINITE = (("by", "byen"), ("kvarter", "kvarteret"), ("bydel", "bydelen"), ("havn", "havnen"))


def short_names(name: str) -> list[str]:
    """What it is called by itself: in English, and as the one that is meant."""
    called = name.casefold()
    english = [_ENGLISH[called]] if called in _ENGLISH else []
    return [*english, *(called[: -len(end)] + definite for end, definite in _DEFINITE if called.endswith(end))]


def whole_names(name: str) -> list[str]:
    """Its name beside a word for what it is, as one word."""
    called = name.casefold()
    ways = (called, *([_ENGLISH[called]] if called in _ENGLISH else []), *_LYING_THERE.get(called, ()))
    return [pattern.format(way) for way in ways for pattern in _SAID_WITH]
