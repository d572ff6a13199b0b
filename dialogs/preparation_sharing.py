"""R-05: a leader shares a preparation with colleagues of the institution, and takes one of them away again."""

from uuid import UUID

from cards import preparation_sharing as cards
from cards.form import Subject
from cards.kit import Card
from cards.preparation_sharing import Shares
from dialogs.preparation_clock import READ, VIEW
from dialogs.preparation_sheet import require_leader, sheet_of
from dialogs.turn import Turn
from domain.dialogue import Dialogue
from domain.errors import Problem, Problems
from domain.organisation import Institution, Person
from domain.preparation import Preparation, PreparationShare
from domain.prompt import Occasion
from storage.dialogue import dialogue_with_id
from storage.preparation import preparation_to_write, shares_of, stop_sharing
from storage.prompt import drop_reminders, plan
from storage.roles import colleagues_at, staff_on


def choose(turn: Turn, subject: Subject) -> Card:
    """Whom it is shared with, to be changed."""
    dialogue, where, preparation = _to_share(turn, subject.id)
    turn.uow.session.flush()
    return cards.share(turn._, sheet_of(turn, dialogue, where, preparation), _team(turn, where))


def share(turn: Turn, form: Shares) -> Card:
    """Whoever is new gets it; what another leader has changed since the card was drawn stays."""
    dialogue, where, preparation = _to_share(turn, form.dialogue_id)
    turn.uow.session.flush()
    team = {each.id for each in _team(turn, where)}
    kept = {each.person_id for each in shares_of(turn.uow, preparation)}
    if not set(form.chosen) <= team | kept:
        raise Problems({"colleagues": Problem("choose_colleague")})
    for person_id in form.chosen:
        if person_id not in kept and person_id not in form.was:
            turn.uow.add(PreparationShare.of(preparation, person_id, by=turn.person.id, now=turn.now))
            _tell(turn, dialogue, preparation, person_id)
    for person_id in form.was:
        if person_id in kept and person_id not in form.chosen:
            stop_sharing(turn.uow, preparation, person_id)
            for view in (VIEW, READ):
                drop_reminders(turn.uow, view, dialogue.id, of=person_id)
    turn.uow.session.flush()
    turn.changes(VIEW, dialogue.id)
    return cards.shared(turn._, sheet_of(turn, dialogue, where, preparation))


def again(turn: Turn, form: Shares, problems: Problems) -> Card:
    dialogue, where, preparation = _to_share(turn, form.dialogue_id)
    turn.uow.session.flush()
    sheet = sheet_of(turn, dialogue, where, preparation)
    return cards.share(turn._, sheet, _team(turn, where), typed=form, problems=problems)


def _to_share(turn: Turn, dialogue_id: UUID) -> tuple[Dialogue, Institution, Preparation]:
    dialogue, where = dialogue_with_id(turn.uow, dialogue_id)
    require_leader(turn, where)
    preparation = preparation_to_write(turn.uow, turn.viewer, dialogue, where)
    dialogue.require_preparable()
    return dialogue, where, preparation


def _team(turn: Turn, where: Institution) -> list[Person]:
    """The colleagues there who do not see it anyway, since they lead."""
    leaders = {each.id for each in staff_on(turn.uow, turn.today, where).leaders(where)}
    return [each for each in colleagues_at(turn.uow, where, turn.person, turn.today) if each.id not in leaders]


def _tell(turn: Turn, dialogue: Dialogue, preparation: Preparation, person_id: UUID) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"preparation:{dialogue.id}:shared:{person_id}:{turn.now.isoformat()}",
            person_id=person_id,
            view=READ if preparation.is_ready else VIEW,
            subject_id=dialogue.id,
            due_at=turn.now,
            expires_at=dialogue.starts_at,
        ),
    )
