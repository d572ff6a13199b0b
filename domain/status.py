"""Where a focus area is, in the words of those who work with it."""

from enum import StrEnum


class Status(StrEnum):
    """Where the people of the institution find that they are; words of their own, in no order of worth."""

    JUST_BEGUN = "lige begyndt"
    UNDER_WAY = "på vej"
    GOING_WELL = "går godt"
    NEEDS_ATTENTION = "har brug for opmærksomhed"
    ROOTED = "forankret"
