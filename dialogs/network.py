"""The leader networks qualify the evidence base before the politicians discuss it, one statement per network and round.

Clock: when a round goes to the networks, its facilitators get the card, and again after 7 and 21 days until they have
given their statement.
Buttons: *Næste*, *Tilbage* and *Gem kladde* keep the answer about one theme; *Gem udtalelsen* gives it, and it stands
beside the figures from then on. *Ret* leads back until the round is discussed.
Question: `kvalificering` opens the statement of one's network, or asks which.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from cards import network as cards
from cards import network_form
from cards.form import Subject
from cards.kit import Card
from cards.network import Form, Sheet
from dialogs import later, recognised
from dialogs.flow import Asked, Button, Flow, Planning, Question, form_buttons
from dialogs.turn import Turn
from domain.cycle import PoliticalRound, RoundState
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.network import NetworkStatement, reminders, require_in_networks
from domain.organisation import Role
from domain.prompt import Occasion
from storage.cycle import cycle_in, themes_with_ids
from storage.evidence import evidence_for
from storage.network import statement_for, statement_to_write, statements_to_write, statements_waiting
from storage.organisation import person_with_id
from storage.prompt import drop_reminders

VIEW = "network"


def open_it(turn: Turn, subject: Subject) -> Card:
    """The card as it stands for this person: to fill in, or what was saved."""
    statement, about = statement_for(turn.uow, turn.viewer, subject.id)
    sheet = _sheet(turn, statement, about)
    turn.shows(VIEW, statement.id)
    if statement.is_saved:
        return cards.show(turn._, sheet)
    return network_form.ask(turn._, sheet) if about.state is RoundState.NETWORKS else cards.over(turn._, sheet)


def next_step(turn: Turn, form: Form) -> Card:
    sheet = _take(turn, form)
    return _ask_before(turn, sheet, form.step) or _go(turn, sheet, form.step + 1)


def back(turn: Turn, form: Form) -> Card:
    return _go(turn, _take(turn, form), form.step - 1)


def keep_draft(turn: Turn, form: Form) -> Card:
    sheet = _take(turn, form)
    return cards.show(turn._, sheet) if sheet.statement.is_saved else cards.saved_draft(turn._, sheet)


def save(turn: Turn, form: Form) -> Card:
    """Gives the statement, or leads to the first theme in which something is missing; nothing typed is lost."""
    sheet = _take(turn, form, to_save=True)
    if card := _ask_before(turn, sheet, form.step):
        return card
    try:
        sheet.statement.save(turn.now)
    except Problems as problems:
        return network_form.ask(turn._, sheet, problems=problems)
    drop_reminders(turn.uow, VIEW, sheet.statement.id)
    return cards.show(turn._, sheet)


def correct(turn: Turn, subject: Subject) -> Card:
    """Back to the first theme; what was saved stays saved, and whole, while it is corrected."""
    statement, about = statement_to_write(turn.uow, turn.viewer, subject.id)
    require_in_networks(about)
    statement.step = 0
    turn.shows(VIEW, statement.id)
    return network_form.ask(turn._, _sheet(turn, statement, about))


def not_now(turn: Turn, form: Form) -> Card:
    """Keeps the answer, and asks when the card shall come again."""
    return later.ask(turn, VIEW, _take(turn, form).statement.id, was_kept=True)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same step with everything that was typed, and what is wrong with it or was written meanwhile."""
    statement, about = statement_to_write(turn.uow, turn.viewer, form.statement_id)
    turn.shows(VIEW, statement.id)
    return network_form.ask(turn._, _sheet(turn, statement, about), typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    statement, about = statement_to_write(turn.uow, turn.viewer, form.statement_id)
    return cards.over(turn._, _sheet(turn, statement, about), typed=form)


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def expired_subject(turn: Turn, subject: Subject, why: Expired) -> Card:
    statement, about = statement_to_write(turn.uow, turn.viewer, subject.id)
    return cards.over(turn._, _sheet(turn, statement, about))


def asked(turn: Turn, question: Asked) -> Card:
    """`kvalificering`: the statement of one's network, or which where there are several."""
    if not turn.viewer.has(Role.FACILITATOR):
        raise NotAllowed
    found = statements_to_write(turn.uow, turn.viewer)
    if not found:
        return cards.none_asked(turn._)
    if len(found) == 1:
        return open_it(turn, Subject(found[0][0].id))
    return cards.choose(turn._, found)


def show(turn: Turn, statement_id: UUID) -> Card | None:
    """The card for delivery, to the network's facilitators; None once it is given or the round is discussed.

    A copy that stands in the chat is replaced by what was saved.
    """
    statement, about = statement_to_write(turn.uow, turn.viewer, statement_id)
    return open_it(turn, Subject(statement_id)) if statement.is_saved or about.state is RoundState.NETWORKS else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Asks the facilitators of a network until its statement is given."""
    for statement, networks_at in statements_waiting(planning.uow):
        for reminder in reminders(networks_at, planning.municipality.zone):
            if reminder.due_at > planning.until or planning.now >= reminder.expires_at:
                continue
            for facilitator in planning.staff.facilitators(statement.network):
                yield Occasion(
                    key=f"network:{statement.id}:{reminder.name}:{facilitator.id}",
                    person_id=facilitator.id,
                    view=VIEW,
                    subject_id=statement.id,
                    due_at=reminder.due_at,
                    expires_at=reminder.expires_at,
                )


def _go(turn: Turn, sheet: Sheet, step: int) -> Card:
    statement = sheet.statement
    statement.step = min(max(step, 0), statement.steps - 1)
    return network_form.ask(turn._, sheet)


def _ask_before(turn: Turn, sheet: Sheet, pressed: int) -> Card | None:
    """An earlier answer that somebody has kept as a draft meanwhile, where something in it is asked about."""
    statement = sheet.statement
    asked = recognised.unasked(turn, range(statement.step, pressed), statement.content)
    if asked is None:
        return None
    statement.step, found = asked
    return recognised.with_question(turn._, network_form.ask(turn._, sheet, problems=found), found)


def _take(turn: Turn, form: Form, *, to_save: bool = False) -> Sheet:
    """Keeps what was typed about one theme, complete or not; `to_save` is a press that says that others shall see it.

    Raises `Expired` once the round is discussed, and `Problems` when somebody has written something else in the same
    fields since the card was drawn: they are shown it, and keep theirs.
    """
    statement, about = statement_to_write(turn.uow, turn.viewer, form.statement_id)
    if not 0 <= form.step < statement.steps:
        raise NotAllowed
    require_in_networks(about)
    content = form.content if statement.is_last(form.step) else replace(form.content, contributors=None)
    shows = statement.is_saved and not to_save
    if is_changed(content, statement.content(form.step), form.was, shows=shows) or not statement.is_begun:
        statement.write(form.step, content, by=turn.person.id, now=turn.now)
    statement.step = min(statement.step, form.step)
    turn.changes(VIEW, statement.id)
    return _sheet(turn, statement, about)


def _sheet(turn: Turn, statement: NetworkStatement, about: PoliticalRound) -> Sheet:
    cycle = cycle_in(turn.uow, about.age_range, about.evidence_from)
    fewest, zone = turn.municipality.fewest_institutions, turn.municipality.zone
    return Sheet(
        statement=statement,
        round=about,
        evidence=evidence_for(turn.uow, turn.viewer, cycle, fewest=fewest, now=turn.now, zone=zone) if cycle else None,
        themes=themes_with_ids(turn.uow, statement.theme_ids),
        written_by=person_with_id(turn.uow, statement.written_by) if statement.written_by else None,
        viewer=turn.person,
        can_write=turn.viewer.facilitates(statement.network) and about.state is RoundState.NETWORKS,
    )


FLOW = Flow(
    name="network",
    buttons={
        cards.OPEN: Button(Subject.read, open_it, only_shows=True),
        **form_buttons(
            Form.read,
            {
                cards.NEXT: next_step,
                cards.BACK: back,
                cards.DRAFT: keep_draft,
                cards.SAVE: save,
                cards.LATER: not_now,
            },
            again=again,
            expired=expired,
            refused=refused,
        ),
        cards.CORRECT: Button(Subject.read, correct, expired=expired_subject),
    },
    questions={
        "network": Question(
            ("kvalificering", "kvalificer", "ledernetværk", "netværk", "qualification", "qualify", "network"), asked
        )
    },
    views={VIEW: show},
    clock=clock,
)
