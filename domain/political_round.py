"""The life of a political round, one step at a time: the discussion "tager afsæt i data og viden indsamlet lokalt".

`forberedes → i netværk → drøftes → temaer besluttet → sendt ud → afsluttet`. The step to "sendt ud" is that of the
themes themselves, in `domain.theme`.
"""

from collections.abc import Sequence
from datetime import date, datetime

from domain.cycle import PoliticalRound, RoundState, Theme
from domain.errors import Expired, Problem, Problems, Refusal
from domain.organisation import AgeRange, InstitutionType

# "de faglige ledernetværk på skole, dag- og fritidsområdet"
NETWORKS = (InstitutionType.DAYCARE, InstitutionType.SCHOOL, InstitutionType.LEISURE)
_OVER = (RoundState.SENT, RoundState.CLOSED)


def present_round(rounds: Sequence[PoliticalRound]) -> PoliticalRound | None:
    """The oldest round that is under way, or the newest where none is; None before the first."""
    ordered = sorted(rounds, key=lambda each: each.year)
    return next((each for each in ordered if each.state not in _OVER), ordered[-1] if ordered else None)


def turn_of(rounds: Sequence[PoliticalRound]) -> AgeRange | None:
    """R-23: the age range whose turn it is, None where there has been no round: then it is to be chosen."""
    return max(rounds, key=lambda each: each.year).age_range.other if rounds else None


def begin(rounds: Sequence[PoliticalRound], age_range: AgeRange | None, today: date) -> PoliticalRound:
    """The next round. I1: "Two successive PoliticalRounds have different age ranges".

    Raises `Refusal` while another is under way and for an age range whose turn it is not, and `Problems` for none.
    """
    if any(each.state not in _OVER for each in rounds):
        raise Refusal("round_under_way")
    turn = turn_of(rounds)
    if age_range is None:
        raise Problems({"range": Problem("no_age_range")})
    if turn not in (None, age_range):
        raise Refusal("round_out_of_turn")
    return PoliticalRound(year=next_year(rounds, today), age_range=age_range, state=RoundState.PREPARED)


def next_year(rounds: Sequence[PoliticalRound], today: date) -> int:
    """A round a year: the one after the last, or this year where years have passed without one."""
    return max([today.year, *(each.year + 1 for each in rounds)])


def move_on(
    about: PoliticalRound,
    *,
    was: RoundState | None,
    themes: Sequence[Theme],
    discussed_on: date | None,
    now: datetime,
    today: date,
) -> None:
    """One step on from the state it `was` in when the button was drawn.

    Raises `Expired` when it has been moved meanwhile, `Problems` at the day of the discussion, and `Refusal` for a
    step that is not this one's to take: themes that nobody has imported cannot have been decided.
    """
    if was is not about.state:
        raise Expired("round_moved")
    match about.state:
        case RoundState.PREPARED:
            about.state, about.networks_at = RoundState.NETWORKS, now
        case RoundState.NETWORKS:
            about.state = RoundState.DISCUSSED
        case RoundState.DISCUSSED:
            if not themes:
                raise Refusal("no_themes_yet")
            _require_day(discussed_on, today)
            about.state, about.discussed_on = RoundState.DECIDED, discussed_on
        case RoundState.SENT:
            about.state = RoundState.CLOSED
        case RoundState.DECIDED | RoundState.CLOSED:
            raise Refusal("round_stays")


def _require_day(discussed_on: date | None, today: date) -> None:
    if discussed_on is None:
        raise Problems({"discussed_on": Problem("no_day")})
    if discussed_on > today:
        raise Problems({"discussed_on": Problem("day_to_come")})
