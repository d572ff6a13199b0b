"""What a key figure counts, by the words that people have for it, whatever the municipality's list calls it."""

from enum import StrEnum


class Indicator(StrEnum):
    ABSENCE = "absence"
    SICK_LEAVE = "sick_leave"
    ATTENDANCE = "attendance"
    WELL_BEING = "well_being"
    STAFFING = "staffing"
    TRAINED_STAFF = "trained_staff"
    LANGUAGE_SUPPORT = "language_support"
    SCHOOL_MOVES = "school_moves"

    @property
    def is_part_of(self) -> "Indicator | None":
        """What it is a kind of, so that the word for it stands in its own: *sygefravær* is *fravær*."""
        return Indicator.ABSENCE if self is Indicator.SICK_LEAVE else None
