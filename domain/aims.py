"""What all of it is for: "styrke læring, udvikling, trivsel og dannelse for alle børn og unge"."""

from collections.abc import Iterable
from enum import StrEnum


class FourAims(StrEnum):
    """R-01: "The four aims are a fixed tag set": any of them, or none; and never learning results alone."""

    LEARNING = "læring"
    DEVELOPMENT = "udvikling"
    WELL_BEING = "trivsel"
    FORMATION = "dannelse"


def in_order(aims: Iterable[FourAims]) -> tuple[FourAims, ...]:
    """Each aim once, in the order in which the framework names them."""
    chosen = set(aims)
    return tuple(each for each in FourAims if each in chosen)
