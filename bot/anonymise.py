"""Anonymising somebody from the terminal: what would happen, the proposal, and how those before it stand.

It is approved in Teams alone, where it is known who presses: at a terminal one could be both of the two.
"""

import asyncio
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import click

from bot.terminal import database_errors, settings_of_environment, told

if TYPE_CHECKING:
    from domain.anonymisation import Anonymisation, Counts, Survey
    from domain.errors import Problems
    from domain.municipality import Municipality
    from storage.unit_of_work import UnitOfWork

SENTENCES = {
    "no_case": "--reference is empty: give the number of the case in which it was asked for",
    "case_names": "--reference has the name in it, and stays: give the number of the case without it",
    "too_long": "that is longer than can be kept: at most %(limit)s characters, and there are %(length)s",
    "cpr": "that looks like a civil registration number, which is not kept",
    "no_name": "--name needs the whole name as it stands in the record",
    "no_record": "there is no record with words in it that has this id; access-export writes the ids",
    "name_not_there": "the name does not stand in this record",
    "has_role": "the person still has a role: end it in the list of people and import that first",
    "held": "a hold forbids it: %(cases)s. Lift it first, with laeringsbot legal-hold --case CASE --lift",
    "anonymised_already": "the person is anonymised already",
    "proposed_already": "it has been proposed already, or is on its way",
    "own_data": "nobody proposes it of themselves: --by must be somebody else",
    "no_administrator": "--by is not administration of the whole municipality",
    "nobody_to_approve": "nobody else is administration of the whole municipality, and it takes two people",
}


@dataclass(frozen=True)
class Told:
    """What the command says, and whether there is something that must be done first."""

    lines: list[str]
    problems: "Problems | None" = None


@click.command("anonymise")
@click.argument("email", required=False)
@click.option("--reference", metavar="CASE", help="The municipality's own number of the case.")
@click.option("--by", metavar="EMAIL", help="Who proposes it: somebody of the whole municipality's administration.")
@click.option("--record", type=click.UUID, help="Only in this record, of somebody who is named in it: with --name.")
@click.option("--name", help="The name as it stands in the record.")
@click.option("--full-name-only", is_flag=True, help="Leave the first name and the surname by themselves.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and propose nothing.")
def anonymise(
    email: str | None,
    reference: str | None,
    by: str | None,
    record: UUID | None,
    name: str | None,
    full_name_only: bool,
    dry_run: bool,
) -> None:
    """Propose to anonymise somebody who has left, or a name in one record; a second person approves it in Teams.

    Without anything it tells how the latest proposals stand. Names are left out, what a person wrote for themselves
    loses its words, and what the institutions decided stays. It cannot be undone.
    """
    from bot.opening import municipality_of, opened
    from domain.errors import Problems

    if (email and (record or name)) or bool(record) != bool(name):
        raise click.UsageError("EMAIL, or --record with --name")
    is_about = bool(email or record)
    if not is_about and (reference or by or dry_run):
        raise click.UsageError("whom? Give EMAIL, or --record with --name")
    if is_about and not dry_run and not (reference and by):
        raise click.UsageError("a proposal needs --reference and --by; --dry-run only tells what would happen")

    async def run() -> Told:
        settings = settings_of_environment()
        municipality, now = municipality_of(settings), datetime.now(UTC)
        asked = Wanted(email=email, record=record, name=name or "", parts_too=not full_name_only)
        async with opened(settings, lock=is_about and not dry_run) as database:
            if not is_about:
                return Told(await database.read(lambda uow: list(_listed(uow, now, municipality))))
            if dry_run:
                return await database.read(lambda uow: previewed(uow, asked, now, municipality))
            return await database.write(lambda uow: proposed(uow, asked, reference or "", by or "", now, municipality))

    with told(*database_errors()):
        try:
            found = asyncio.run(run())
        except Problems as problems:
            found = Told([], problems)
    for line in found.lines:
        click.echo(line)
    if found.problems:
        for problem in found.problems.fields.values():
            values = {
                key: ", ".join(value) if isinstance(value, list) else value for key, value in problem.values.items()
            }
            click.echo(SENTENCES[problem.code] % values, err=True)
        sys.exit(1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Whom the command is about."""

    email: str | None
    record: UUID | None
    name: str
    parts_too: bool


def previewed(uow: "UnitOfWork", asked: Wanted, now: datetime, municipality: "Municipality") -> Told:
    """What would happen, and what is in the way; nothing is kept."""
    from dialogs.anonymising import require_nothing_in_the_way, require_something
    from domain.errors import Problems
    from storage.carrying_out import survey

    about = _looked_at(uow, asked, now)
    day = now.astimezone(municipality.zone).date()
    try:
        require_nothing_in_the_way(uow, about, day)
    except Problems as problems:
        return Told([], problems)
    seen = survey(uow, about.whom)
    lines = list(_told(seen))
    try:
        require_something(about, seen)
    except Problems as problems:
        return Told(lines, problems)
    return Told([*lines, "Nothing was changed, and nothing is proposed."])


def proposed(
    uow: "UnitOfWork", asked: Wanted, reference: str, by: str, now: datetime, municipality: "Municipality"
) -> Told:
    """The proposal, kept and sent to those who can approve it; raises `Problems` or `Unknown`."""
    from bot.named import person_named
    from dialogs.anonymising import approvers, draw_up, send

    proposer = person_named(uow, by, option="--by")
    day = now.astimezone(municipality.zone).date()
    about, seen = draw_up(
        uow,
        person=person_named(uow, asked.email) if asked.email else None,
        record_id=asked.record,
        name=asked.name,
        case=reference,
        by=proposer,
        now=now,
        day=day,
        parts_too=asked.parts_too,
    )
    send(uow, about, proposer, now, day)
    who = ", ".join(sorted(each.email for each in approvers(uow, about, proposer, day)))
    until = about.good_until.astimezone(municipality.zone)
    return Told([*_told(seen), f"Proposed. One of these approves it in Teams by {until:%Y-%m-%d}: {who}"])


def _looked_at(uow: "UnitOfWork", asked: Wanted, now: datetime) -> "Anonymisation":
    """As it would be proposed; never kept."""
    from bot.named import person_named
    from domain.anonymisation import Anonymisation
    from domain.errors import Problem, Problems

    someone = person_named(uow, asked.email) if asked.email else None
    if someone is None and len(asked.name.strip()) <= 2:
        raise Problems({"name": Problem("no_name")})
    if someone is not None and someone.anonymised_on:
        raise Problems({"person": Problem("anonymised_already")})
    return Anonymisation(
        person_id=someone.id if someone else None,
        record_id=asked.record,
        name=someone.name if someone else asked.name.strip(),
        case="",
        proposed_by=UUID(int=0),
        proposed_at=now,
        parts_too=asked.parts_too,
    )


def _told(seen: "Survey") -> Iterator[str]:
    """Each place with the words around the name, then how much there is of what."""
    from domain.anonymisation import Treatment

    for each in seen.places:
        # What goes as a whole is called by keys that say who did what.
        name = "" if each.treatment is Treatment.FORGOTTEN else each.name
        where = " ".join(filter(None, (each.institution, f"{each.at:%Y-%m-%d}" if each.at else "", name)))
        yield f"{each.treatment.value:<14}  {each.kind.value:<16}  {str(each.id or ''):<36}  {where} ({each.times})"
        for words in each.words:
            yield f"      {words}"
    yield from counted(seen.counts)
    yield from (f"copy in the journal, not changed: {name}" for name in seen.copies)


def counted(counts: "Counts") -> Iterator[str]:
    yield f"records with the name left out: {counts.renamed} ({counts.names} times)"
    yield f"records whose words are deleted: {counts.emptied}"
    yield f"rows that are deleted: {counts.forgotten}"
    yield f"cards in chats that are replaced: {counts.cards}"
    yield f"cards in chats that cannot be reached: {counts.unreached}"
    yield f"final records for the records office to look at: {counts.fixed}"
    yield f"records that perhaps name somebody else, left as they are: {counts.unsure}"


def _listed(uow: "UnitOfWork", now: datetime, municipality: "Municipality") -> Iterator[str]:
    from storage.anonymisation import anonymisations
    from storage.anonymised_card import unreached_messages

    found = anonymisations(uow)
    if not found:
        yield "Nothing has been proposed."
    for each in found:
        state = "expired" if each.is_over(now) else each.state.value
        about = "a name in a record" if each.record_id else "a person"
        yield f"{each.proposed_at.astimezone(municipality.zone):%Y-%m-%d}  {state:<12} {each.case}: {about}"
        if each.counts:
            yield from (f"      {line}" for line in counted(each.counts))
            yield from (f"      final, or in the journal, not changed: {name}" for name in each.fixed)
            yield from (
                f"      card not reached: {number} ({reason or 'no word'})"
                for number, reason in unreached_messages(uow, each.id)
            )
