"""The half-yearly data package: what is new in the figures, and the way to interpreting them.

Clock: a released package is told to the institution's leaders once per edition.
Question: `datapakke` or `nøgletal` shows the newest package of the institution led, or asks which; a chief is
asked which of the institutions of the area.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from cards import data_package as cards
from cards.form import Subject
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.turn import Turn
from domain.access import Record, Sight
from domain.data_package import DataPackage
from domain.errors import NotAllowed
from domain.organisation import Institution
from domain.period import HalfYear
from domain.prompt import Occasion
from storage.cycle import themes_with_ids
from storage.data_package import (
    figures_of,
    latest_released_package,
    package_with_id,
    packages_released_since,
    released_package,
)
from storage.dialogue import next_dialogues_of
from storage.organisation import open_institutions_near
from storage.roles import institutions_led_by, institutions_of_chief

VIEW = "data_package"
TOLD_FOR = timedelta(days=30)


def asked(turn: Turn, question: Asked) -> Card:
    led = institutions_led_by(turn.uow, turn.viewer)
    places = {where.id: where for where in [*led, *institutions_of_chief(turn.uow, turn.viewer)]}.values()
    found = [(package, where) for where in places if (package := latest_released_package(turn.uow, where)) is not None]
    if not found:
        return cards.none_yet(turn._, leads=bool(led))
    if len(found) == 1:
        return _card(turn, *found[0])
    return cards.choose(turn._, found)


def open_package(turn: Turn, subject: Subject) -> Card:
    """The package of that half-year as it is now, whichever edition the button was drawn of."""
    package, where = package_with_id(turn.uow, subject.id)
    current = package if package.is_current else released_package(turn.uow, where, package.half_year)
    if current is None:
        raise NotAllowed
    return _card(turn, current, where)


def show(turn: Turn, package_id: UUID) -> Card | None:
    """The package, None when a later edition has taken its place."""
    package, where = package_with_id(turn.uow, package_id)
    return _card(turn, package, where) if package.is_current else None


def clock(planning: Planning) -> Iterable[Occasion]:
    # An import may bring the figures of ten years: only the present ones are news.
    present = HalfYear.of(planning.now.astimezone(planning.municipality.zone).date())
    for package, where in packages_released_since(planning.uow, planning.now - TOLD_FOR, of=present):
        released_at = package.released_at or planning.now
        for leader in planning.staff.leaders(where):
            yield Occasion(
                key=f"data_package:{package.id}:{leader.id}",
                person_id=leader.id,
                view=VIEW,
                subject_id=package.id,
                due_at=released_at,
                expires_at=released_at + TOLD_FOR,
            )


def _card(turn: Turn, package: DataPackage, where: Institution) -> Card:
    turn.viewer.require(Record.DATA_PACKAGE, where)
    figures = figures_of(turn.uow, package)
    themes = themes_with_ids(turn.uow, [each.theme_id for each in figures if each.theme_id])
    dialogue = next(
        (each for each, place in next_dialogues_of(turn.uow, turn.viewer, turn.now) if place.id == where.id),
        None,
    )
    turn.shows(VIEW, package.id)
    return cards.show(
        turn._,
        package=package,
        institution=where,
        figures=figures,
        themes=themes,
        dialogue=dialogue,
        figures_url=turn.municipality.figures_url,
        is_compared=_is_compared(turn, where),
    )


def _is_compared(turn: Turn, where: Institution) -> bool:
    """Whether the area's figures may be told: its mean and all but one of its institutions tell that one."""
    near = [
        each for each in open_institutions_near(turn.uow, turn.today, (), [where.area_id]) if each.type is where.type
    ]
    others = [each for each in near if turn.viewer.sight(Record.DATA_PACKAGE, each) < Sight.FULL]
    is_of_several = len(others) > 1 and len(near) >= turn.municipality.fewest_institutions
    return is_of_several or not others


FLOW = Flow(
    name="data_package",
    buttons={cards.OPEN: Button(Subject.read, open_package, only_shows=True)},
    questions={
        "data_package": Question(
            ("datapakke", "datapakken", "nøgletal", "vores tal", "data package", "key figures"), asked
        )
    },
    views={VIEW: show},
    clock=clock,
)
