"""How long each kind is kept, for the terminal: what is suggested, what is decided, what would be deleted tonight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.named import person_named, place_named
from bot.terminal import Unknown
from domain.kept import Kind
from domain.retention import SUGGESTED, Due, LegalHold, RetentionRule
from storage.deletion_preview import due
from storage.organisation import institution_with_id, person_with_id
from storage.retention import holds, set_rule, unset_rule
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Table:
    """The kinds that can be deleted by their age, with what is over its time now."""

    due: Mapping[Kind, Due]
    holds: Sequence[str]

    def lines(self) -> list[str]:
        rows = [f"{'kind':<18}{'suggested':>10}{'decided':>10}{'over':>8}{'kept':>8}  authority"]
        for kind, months in SUGGESTED.items():
            found = self.due.get(kind)
            if found is None:
                rows.append(f"{kind.value:<18}{months:>10}{'off':>10}{'':>8}{'':>8}")
            else:
                numbers = f"{found.months:>10}{found.over:>8}{found.kept:>8}"
                rows.append(f"{kind.value:<18}{months:>10}{numbers}  {found.authority}")
        rows.append("Months, counted from when a record was written, sent, held or closed.")
        rows.append("Kept is what a hold protects, or another record still points at.")
        return [*rows, *self.holds]


def changed(uow: UnitOfWork, *, on: str | None, months: int, authority: str, off: str | None, now: datetime) -> None:
    """Switches a kind's deletion on, off, or both; raises `Problems` for what is no rule."""
    if off:
        unset_rule(uow, Kind(off))
    if on:
        set_rule(uow, RetentionRule.of(Kind(on), months, authority, now))


def table(uow: UnitOfWork, now: datetime) -> Table:
    """Everything the command tells."""
    return Table({each.kind: each for each in due(uow, now)}, listed_holds(uow))


def held(uow: UnitOfWork, case: str, *, person: str | None, institution: str | None, lift: bool, now: datetime) -> None:
    """Places a hold, or lifts those of the case; raises `Unknown` for a name or a case that there is none of."""
    if lift:
        found = [each for each in holds(uow) if each.case == case]
        if not found:
            raise Unknown(f"No hold of the case {case} is on.")
        for each in found:
            each.lifted_at = now
        return
    someone = person_named(uow, person) if person else None
    where = place_named(uow, institution) if institution else None
    uow.add(
        LegalHold(
            case=case,
            placed_at=now,
            person_id=someone.id if someone else None,
            institution_id=where.id if where else None,
        )
    )


def listed_holds(uow: UnitOfWork) -> list[str]:
    lines = []
    for each in holds(uow):
        of = "everything"
        if each.person_id:
            of = person_with_id(uow, each.person_id).email
        if each.institution_id:
            of = institution_with_id(uow, each.institution_id).name
        lines.append(f"HOLD  {each.case} since {each.placed_at:%Y-%m-%d}: {of}")
    return lines
