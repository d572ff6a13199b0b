"""*Gem som tilsynsresumé*: a summary that is kept, remarked on by the leader, and then final, numbered and immutable.

Buttons: a chief saves an answer, reads the draft, makes it anew or deletes it, and sends it to the leader, who says
that it fits or adds a remark. *Gør endeligt* gives it its number, after an answer or seven days (I27); *Lav en ny
udgave* makes another one that names it (I28). Question: `mine tilsynsresuméer`.
Clock: the leaders are asked at once, and reminded on the third and sixth day; the chief hears when it can be final.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from cards import saved_summary as cards
from cards import saved_summary_list as listing
from cards import saved_summary_page as pages
from cards import saved_summary_remark as remarks
from cards.form import Subject, subject_id
from cards.kit import Card
from cards.saved_summary import PageForm, SendForm
from cards.saved_summary_remark import RemarkForm
from cards.scope import Narrowing
from cards.supervision import lines_of, scope_words
from dialogs import later
from dialogs.copies import renew
from dialogs.flow import Asked, Button, Flow, Planning, Question
from dialogs.saved_summary_sheet import PDF, WORD, pdf_file, sheet_for, sheet_of, word_file
from dialogs.scope import scope_of
from dialogs.summary_facts import summary_of
from dialogs.turn import Turn
from domain.access import Record
from domain.draft import is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.organisation import Institution, Role
from domain.printed import Line
from domain.prompt import Occasion
from domain.saved_summary import (
    REMARK_WITHIN,
    REMINDED_AFTER,
    About,
    Comment,
    Printed,
    SavedSummary,
    SummaryRemark,
    SummaryState,
    require_a_remark,
)
from domain.supervision import Bounds, Scope, SourceKind, SourceRef
from storage.journal import journalised
from storage.organisation import institution_with_id, open_institutions, staff_on
from storage.prompt import drop_reminders, plan
from storage.saved_summary import (
    forget,
    newest_final,
    next_number,
    on_its_way,
    remarks_of,
    sent_summaries,
    summaries_seen,
    summary_for,
)

VIEW, READY, FINAL = "saved_summary", "saved_summary.ready", "saved_summary.final"
# The card in which a remark is typed, whose place nothing takes.
WRITING = "saved_summary.remark"
# As many lines of a section as are kept; beyond it a line says how many more there are.
MOST = 100
TOLD_FOR = timedelta(days=14)


def begin(turn: Turn, press: Narrowing) -> Card:
    """Saves the answer; a wider one asks which institution. Of one matter there is one summary on its way."""
    bounds = replace(press.bounds, since=None, saved_id=None)
    scope = scope_of(turn, bounds, Record.SUPERVISION_SUMMARY)
    places = [where for where in scope.institutions if turn.viewer.is_chief_of(where)]
    if not places:
        raise NotAllowed
    if not scope.is_one_place:
        return cards.which(turn._, places, bounds)
    return _save(turn, _about(scope))


def read(turn: Turn, subject: Subject) -> Card:
    """The draft, which the chief has read from then on."""
    found, where = _as_chief(turn, subject.id)
    found.read(turn.now)
    return _shown(turn, found, where)


def open_it(turn: Turn, form: PageForm) -> Card:
    sheet = sheet_for(turn, form.id)
    turn.shows(VIEW, form.id)
    if sheet.summary.state is SummaryState.DRAFT:
        return cards.kept(turn._, sheet)
    return pages.show(turn._, sheet, form.page)


def make_anew(turn: Turn, subject: Subject) -> Card:
    found, where = _as_chief(turn, subject.id)
    found.make_anew(_printed(turn, _scope(turn, found.about)), by=turn.person.id, now=turn.now)
    found.read(turn.now)
    _renew_all(turn, found, where)
    return _shown(turn, found, where)


def drop(turn: Turn, subject: Subject) -> Card:
    """Takes away a draft, in which nobody has written anything."""
    found, _where = _as_chief(turn, subject.id)
    forget(turn.uow, found)
    return cards.dropped(turn._)


def send(turn: Turn, form: SendForm) -> Card:
    found, where = _as_chief(turn, form.id)
    found.send(form.mark, by=turn.person.id, now=turn.now)
    for leader in staff_on(turn.uow, turn.today, where).leaders(where):
        plan(turn.uow, _ask(found, leader.id, timedelta()))
    _renew_all(turn, found, where)
    return _shown(turn, found, where)


def fits(turn: Turn, subject: Subject) -> Card:
    """*Det passer*; a remark that the leader has written meanwhile stays."""
    found, where = _as_leader(turn, subject.id)
    found.answer(turn.now)
    if _mine(turn, found) is None:
        _answer(turn, found, where, SummaryRemark.of(found, Comment(), by=turn.person.id, now=turn.now))
    return _shown(turn, found, where)


def ask_remark(turn: Turn, subject: Subject) -> Card:
    found, where = _as_leader(turn, subject.id)
    if found.state is not SummaryState.SENT:
        raise Expired("summary_final" if found.is_final else "summary_not_sent")
    turn.shows(WRITING, found.id)
    return remarks.ask_remark(turn._, sheet_of(turn, found, where))


def remark(turn: Turn, form: RemarkForm) -> Card:
    """Keeps it beside the others'; what the leader has written in another place meanwhile is shown first."""
    found, where = _as_leader(turn, form.id)
    found.answer(turn.now)
    require_a_remark(form.comment)
    mine = _mine(turn, found)
    if mine is None:
        _answer(turn, found, where, SummaryRemark.of(found, form.comment, by=turn.person.id, now=turn.now))
    elif is_changed(form.comment, mine.comment, form.was):
        mine.write(form.comment, turn.now)
        _answer(turn, found, where, mine)
    return _shown(turn, found, where)


def again(turn: Turn, form: RemarkForm, problems: Problems) -> Card:
    return remarks.ask_remark(turn._, sheet_for(turn, form.id), typed=form, problems=problems)


def finish(turn: Turn, subject: Subject) -> Card:
    """I27, I28: gives it the next number of the year; pressed again it shows the final one."""
    found, where = _as_chief(turn, subject.id)
    if found.is_final:
        return _shown(turn, found, where)
    found.require_can_be_final(turn.now)
    year = turn.today.year
    found.make_final(year=year, number=next_number(turn.uow, year), by=turn.person.id, now=turn.now)
    turn.uow.session.flush()
    for view in (VIEW, READY):
        drop_reminders(turn.uow, view, found.id)
    for leader in staff_on(turn.uow, turn.today, where).leaders(where):
        _tell(turn, found, FINAL, leader.id, "final")
    _renew_all(turn, found, where)
    return _shown(turn, found, where)


def edition(turn: Turn, subject: Subject) -> Card:
    """A draft of the same matter as the records are now, which names the final one."""
    found, _where = _as_chief(turn, subject.id)
    if not found.is_final:
        return open_it(turn, PageForm(id=found.id))
    return _save(turn, found.about)


def not_now(turn: Turn, subject: Subject) -> Card:
    found, _where = _as_leader(turn, subject.id)
    return later.ask(turn, VIEW, found.id)


def expired(turn: Turn, subject: Subject | SendForm, why: Expired) -> Card:
    return cards.over(turn._, sheet_for(turn, subject.id), why)


def remark_expired(turn: Turn, form: RemarkForm, why: Expired) -> Card:
    return cards.over(turn._, sheet_for(turn, form.id), why, written=form.comment.remark)


def remark_refused(turn: Turn, form: RemarkForm) -> Card:
    return remarks.refused(turn._, form.comment.remark)


def asked(turn: Turn, question: Asked) -> Card:
    """`mine tilsynsresuméer`, newest first."""
    return show_all(turn)


def show_all(turn: Turn) -> Card:
    places = {where.id: where for where in open_institutions(turn.uow, turn.today)}
    found = summaries_seen(turn.uow, turn.viewer, places.values())
    rows = [(each, places[each.institution_id]) for each in found]
    administers = turn.viewer.has(Role.ADMINISTRATION) and not turn.viewer.has(Role.LEADER)
    return listing.show_all(
        turn._,
        rows,
        is_chief=turn.viewer.has(Role.CHIEF),
        is_administration=administers,
        journalised=journalised(turn.uow, [each.id for each in found]),
    )


def show(turn: Turn, summary_id: UUID) -> Card | None:
    """The card for delivery; as a reminder it is for a leader, as long as nobody has answered."""
    found, where = summary_for(turn.uow, turn.viewer, summary_id)
    is_waiting = found.state is SummaryState.SENT and found.answered_at is None and turn.viewer.leads(where)
    if turn.is_reminder and not is_waiting:
        return None
    return open_it(turn, PageForm(id=summary_id))


def show_ready(turn: Turn, summary_id: UUID) -> Card | None:
    """For the chief, once it can be made final, and until it is."""
    found, where = summary_for(turn.uow, turn.viewer, summary_id)
    if not turn.viewer.is_chief_of(where) or not found.can_be_final(turn.now):
        return None
    return open_it(turn, PageForm(id=summary_id))


def show_final(turn: Turn, summary_id: UUID) -> Card | None:
    found, _where = summary_for(turn.uow, turn.viewer, summary_id)
    return open_it(turn, PageForm(id=summary_id)) if found.is_final else None


def clock(planning: Planning) -> Iterable[Occasion]:
    """Reminds the leaders as long as nobody has answered, and tells the chiefs when the seven days are over."""
    for found, where in sent_summaries(planning.uow):
        if found.sent_at is None or found.answered_at is not None:
            continue
        for after in (timedelta(), *REMINDED_AFTER):
            for leader in planning.staff.leaders(where):
                yield _ask(found, leader.id, after)
        for chief in planning.staff.with_role(Role.CHIEF, where):
            yield Occasion(
                key=f"saved_summary:{found.id}:over:{chief.id}",
                person_id=chief.id,
                view=READY,
                subject_id=found.id,
                due_at=found.sent_at + REMARK_WITHIN,
                expires_at=found.sent_at + REMARK_WITHIN + TOLD_FOR,
                personal=True,
            )


def _ask(found: SavedSummary, leader_id: UUID, after: timedelta) -> Occasion:
    assert found.sent_at is not None
    return Occasion(
        key=f"saved_summary:{found.id}:{after.days}:{leader_id}",
        person_id=leader_id,
        view=VIEW,
        subject_id=found.id,
        due_at=found.sent_at + after,
        expires_at=found.sent_at + REMARK_WITHIN + TOLD_FOR,
        personal=True,
    )


def _tell(turn: Turn, found: SavedSummary, view: str, person_id: UUID, what: str) -> None:
    plan(
        turn.uow,
        Occasion(
            key=f"saved_summary:{found.id}:{what}:{person_id}",
            person_id=person_id,
            view=view,
            subject_id=found.id,
            due_at=turn.now,
            expires_at=turn.now + TOLD_FOR,
            personal=True,
        ),
    )


def _answer(turn: Turn, found: SavedSummary, where: Institution, given: SummaryRemark) -> None:
    """Keeps a leader's answer, ends the wait, and tells the chiefs."""
    turn.uow.add(given)
    turn.uow.session.flush()
    drop_reminders(turn.uow, VIEW, found.id)
    for chief in staff_on(turn.uow, turn.today, where).with_role(Role.CHIEF, where):
        _tell(turn, found, READY, chief.id, f"{given.id}:{given.version}")
    _renew_all(turn, found, where)


def _save(turn: Turn, about: About) -> Card:
    there = on_its_way(turn.uow, about)
    where = institution_with_id(turn.uow, about.institution_id)
    if there is not None:
        if there.is_with_chief:
            there.read(turn.now)
        return _shown(turn, there, where, was_there=True)
    made = SavedSummary.of(
        about,
        _printed(turn, _scope(turn, about)),
        by=turn.person.id,
        now=turn.now,
        replaces=newest_final(turn.uow, about),
    )
    turn.uow.add(made)
    turn.uow.session.flush()
    # The draft itself is the receipt: "læst af chef" is what a chief does who has all of it before them.
    made.read(turn.now)
    return _shown(turn, made, where)


def _shown(turn: Turn, found: SavedSummary, where: Institution, *, was_there: bool = False) -> Card:
    turn.uow.session.flush()
    turn.changes(VIEW, found.id)
    return pages.show(turn._, sheet_of(turn, found, where), was_there=was_there)


def _about(scope: Scope) -> About:
    theme_id = scope.theme.id if scope.theme else None
    return About(institution_id=scope.institutions[0].id, first=scope.first, last=scope.last, theme_id=theme_id)


def _scope(turn: Turn, about: About) -> Scope:
    bounds = Bounds(
        institution_ids=(about.institution_id,), theme_id=about.theme_id, first=about.first, last=about.last
    )
    return scope_of(turn, bounds, Record.SUPERVISION_SUMMARY)


def _printed(turn: Turn, scope: Scope) -> Printed:
    """I25: every line with its sources; what is not printed is told with all that is registered as its source."""
    _, found = turn._, summary_of(turn, scope, most=MOST)
    where = scope.institutions[0]
    everything = SourceRef(kind=SourceKind.PLACE, id=where.id, institution_id=where.id, at=turn.now)
    left = [
        Line(
            section=section,
            small=_.ngettext("and %(n)s more", "and %(n)s more", more),
            is_count=True,
            sources=(everything,),
        )
        for section, more in found.more.items()
        if more
    ]
    lines = (*lines_of(_, found, most_figures=MOST), *left)
    return Printed(scope=scope_words(_, scope), lines=lines, language=turn.person.speaks)


def _mine(turn: Turn, found: SavedSummary) -> SummaryRemark | None:
    return next((each for each, author in remarks_of(turn.uow, found) if author.id == turn.person.id), None)


def _as_chief(turn: Turn, summary_id: UUID) -> tuple[SavedSummary, Institution]:
    found, where = summary_for(turn.uow, turn.viewer, summary_id)
    if not turn.viewer.is_chief_of(where):
        raise NotAllowed
    return found, where


def _as_leader(turn: Turn, summary_id: UUID) -> tuple[SavedSummary, Institution]:
    """For a leader who is not the chief at the same time: nobody remarks on their own summary."""
    found, where = summary_for(turn.uow, turn.viewer, summary_id)
    if not turn.viewer.leads(where) or turn.viewer.is_chief_of(where):
        raise NotAllowed
    return found, where


def _renew_all(turn: Turn, found: SavedSummary, where: Institution) -> None:
    """The copies that stand in the chats of its leaders and chiefs are drawn anew."""
    turn.uow.session.flush()
    staff = staff_on(turn.uow, turn.today, where)
    for someone in {each.id: each for each in (*staff.leaders(where), *staff.with_role(Role.CHIEF, where))}.values():
        if someone.id != turn.person.id:
            for view in (VIEW, READY):
                renew(turn.uow, someone, view, found.id, turn.now)


FLOW: Flow = Flow(
    name="saved_summary",
    buttons={
        cards.BEGIN: Button(Narrowing.read, begin),
        cards.OPEN: Button(PageForm.read, open_it, only_shows=True),
        listing.OPEN_LISTED: Button(lambda data: PageForm(id=subject_id(data, "listed")), open_it, only_shows=True),
        cards.READ: Button(Subject.read, read),
        pages.ANEW: Button(Subject.read, make_anew, expired=expired),
        pages.DROP: Button(Subject.read, drop, expired=expired),
        pages.SEND: Button(SendForm.read, send, expired=expired),
        pages.FITS: Button(Subject.read, fits, expired=expired),
        pages.ASK_REMARK: Button(Subject.read, ask_remark, expired=expired, only_shows=True),
        remarks.REMARK: Button(RemarkForm.read, remark, again=again, expired=remark_expired, refused=remark_refused),
        pages.FINISH: Button(Subject.read, finish, expired=expired),
        pages.EDITION: Button(Subject.read, edition),
        cards.LIST: Button(lambda data: None, lambda turn, _form: show_all(turn), only_shows=True),
        pages.LATER: Button(Subject.read, not_now),
    },
    questions={
        "saved_summaries": Question(
            ("mine tilsynsresuméer", "gemte tilsynsresuméer", "my summaries", "my supervision summaries"), asked
        )
    },
    views={VIEW: show, READY: show_ready, FINAL: show_final},
    files={WORD: word_file, PDF: pdf_file},
    clock=clock,
    personal=frozenset({VIEW, READY, FINAL}),
)
