"""Sharing practice with the other institutions, and finding what they have shared.

Buttons: *Del praksis* on a focus area that goes well, on a measure that is done, or on what was taken home from
observing, begins one, or opens the one there is. *Vis som andre ser det* and *Gem kladde* keep the draft, which only
its leaders see; *Del praksis* shows it to everyone. *Ret* changes the draft and leaves what is shared until it is
shared anew; *Træk tilbage* asks once more.
Questions: `del praksis` chooses among what can be shared; `praksis`, `praksis om overgange` and `find praksis 0-6` find
what others have shared. Nobody is written to: it is offered in *min oversigt* and from the shared reflection.
"""

from collections.abc import Sequence
from uuid import UUID

from cards import practice as cards
from cards import practice_receipt as receipts
from cards import practice_search as finding
from cards.form import Nothing, Subject
from cards.kit import Card
from cards.practice import Form, Reading, ShareForm, Sheet
from cards.recognised import with_tick
from dialogs import practice_search
from dialogs.flow import Asked, Button, Flow, Question, form_buttons
from dialogs.recognised import told_in
from dialogs.turn import Turn
from dialogs.visiting import note_reading
from domain.draft import digest, is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.feedback import Feedback
from domain.focus_area import FocusArea
from domain.organisation import Institution
from domain.practice import Account, Matter, Practice, begun_from, goes_well, place_of, require_shareable, title_of
from storage.cycle import themes_with_ids
from storage.feedback import given_of
from storage.focus_area import focus_areas_with_ids
from storage.focus_status import history_of
from storage.organisation import person_with_id
from storage.practice import (
    matter_to_share,
    matters_to_share,
    practice_about,
    practice_for,
    practice_to_write,
    practices_about,
)
from storage.roles import institutions_led_by, leader_with_id

VIEW = "practice"
MOST_OFFERED = 25


def begin(turn: Turn, subject: Subject) -> Card:
    """The card to write on, or the practice that is there already."""
    about, where = matter_to_share(turn.uow, turn.viewer, subject.id)
    kept = practice_about(turn.uow, about.id)
    if kept is not None and kept.is_shared:
        turn.shows(VIEW, kept.id)
        return receipts.show(turn._, _shared(turn, kept, where))
    require_shareable(about)
    return cards.ask(turn._, _sheet(turn, about, where, kept))


def keep_draft(turn: Turn, form: Form) -> Card:
    return cards.saved_draft(turn._, _take(turn, form))


def preview(turn: Turn, form: Form) -> Card:
    """Keeps the draft, and shows it as the others will see it once nothing is missing."""
    sheet = _take(turn, form)
    if missing := sheet.account.missing():
        return cards.ask(turn._, sheet, problems=Problems(missing))
    return receipts.preview(turn._, sheet)


def share(turn: Turn, form: ShareForm) -> Card:
    """Shares what the person has just seen; what was changed meanwhile is shown to them first."""
    kept, where = practice_to_write(turn.uow, turn.viewer, form.practice_id)
    about, _where = matter_to_share(turn.uow, turn.viewer, kept.about_id)
    sheet = _sheet(turn, about, where, kept)
    if missing := kept.draft.missing():
        return cards.ask(turn._, sheet, problems=Problems(missing))
    if digest(kept.draft) != form.seen:
        # A draft is kept unasked, and may have been since.
        if found := told_in(turn, {"did": kept.draft.did, "why": kept.draft.why}):
            return with_tick(turn._, cards.ask(turn._, sheet, problems=Problems(found)), found)
        return receipts.preview(turn._, sheet, was_changed=True)
    kept.share(about, turn.now)
    turn.uow.session.flush()
    turn.changes(VIEW, kept.id)
    return receipts.show(turn._, _shared(turn, kept, where))


def correct(turn: Turn, subject: Subject) -> Card:
    """Back to the card with the draft; what is shared stays as it is."""
    kept, where = practice_to_write(turn.uow, turn.viewer, subject.id)
    about, _where = matter_to_share(turn.uow, turn.viewer, kept.about_id)
    turn.shows(VIEW, kept.id)
    return cards.ask(turn._, _sheet(turn, about, where, kept))


def open_it(turn: Turn, reading: Reading) -> Card:
    """What is shared, for everyone; for its leaders also what is not."""
    kept, where = practice_for(turn.uow, turn.viewer, reading.practice_id)
    turn.shows(VIEW, kept.id)
    if kept.is_shared:
        return receipts.show(turn._, _shared(turn, kept, where, dialogue_id=reading.dialogue_id))
    if kept.withdrawn_at is None:
        return correct(turn, Subject(kept.id))
    about, _where = matter_to_share(turn.uow, turn.viewer, kept.about_id)
    return receipts.withdrawn(turn._, _sheet(turn, about, where, kept))


def ask_withdraw(turn: Turn, subject: Subject) -> Card:
    kept, where = practice_to_write(turn.uow, turn.viewer, subject.id)
    if not kept.is_shared:
        return open_it(turn, Reading(practice_id=kept.id))
    turn.shows(VIEW, kept.id)
    return receipts.ask_withdraw(turn._, _shared(turn, kept, where))


def withdraw(turn: Turn, subject: Subject) -> Card:
    kept, where = practice_to_write(turn.uow, turn.viewer, subject.id)
    about, _where = matter_to_share(turn.uow, turn.viewer, kept.about_id)
    kept.withdraw(turn.now)
    turn.uow.session.flush()
    turn.changes(VIEW, kept.id)
    return receipts.withdrawn(turn._, _sheet(turn, about, where, kept))


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    """The same card with everything that was typed, and what is wrong with it or was written meanwhile."""
    about, where = matter_to_share(turn.uow, turn.viewer, form.about_id)
    return cards.ask(
        turn._, _sheet(turn, about, where, practice_about(turn.uow, about.id)), typed=form, problems=problems
    )


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    return cards.expired(turn._, form, why)


def refused(turn: Turn, form: Form) -> Card:
    return cards.given_back(turn._, form)


def asked_to_share(turn: Turn, question: Asked) -> Card:
    """`del praksis`: what goes well, or else what goes on, and measures that are done."""
    return choose(turn, Nothing())


def choose(turn: Turn, form: Nothing) -> Card:
    places = {where.id: where for where in institutions_led_by(turn.uow, turn.viewer)}
    if not places:
        raise NotAllowed
    offered = _offered(turn, matters_to_share(turn.uow, places))[:MOST_OFFERED]
    if not offered:
        return cards.nothing_to_share(turn._)
    if len(offered) == 1:
        return begin(turn, Subject(offered[0].id))
    there = practices_about(turn.uow, [each.id for each in offered])
    rows = []
    for each in offered:
        _note_reading(turn, each)
        where = places[place_of(each)].name if len(places) > 1 else ""
        line = " · ".join(filter(None, (title_of(each), where, cards.how_far(turn._, there.get(each.id)))))
        rows.append((each.id, title_of(each), line))
    return cards.choose(turn._, rows)


def show(turn: Turn, practice_id: UUID) -> Card | None:
    """The card anew; None for whom it has been withdrawn."""
    try:
        return open_it(turn, Reading(practice_id=practice_id))
    except Expired:
        return None


def _offered(turn: Turn, found: Sequence[Matter]) -> list[Matter]:
    areas = [each for each in found if isinstance(each, FocusArea)]
    histories = history_of(turn.uow, [each.id for each in areas])
    well = [each for each in areas if goes_well(each, histories[each.id][-1][0] if histories[each.id] else None)]
    return [*(well or areas), *(each for each in found if not isinstance(each, FocusArea))]


def _take(turn: Turn, form: Form) -> Sheet:
    """Keeps what was typed, complete or not.

    Raises `Problems` for what must not be stored, and when somebody has written something else in the same fields since
    the card was drawn; `Expired` for a focus area or a measure that can no longer be shared.
    """
    about, where = matter_to_share(turn.uow, turn.viewer, form.about_id)
    kept = practice_about(turn.uow, about.id)
    stored = kept.draft if kept else Account()
    typed = Account(did=form.did, why=form.why, contact_id=stored.contact_id)
    mine = typed.with_contact(turn.person.id, form.contact)
    if kept is None:
        kept = Practice.of(about, _theme_of(turn, about), by=turn.person.id, now=turn.now)
        kept.write(mine, by=turn.person.id, now=turn.now)
        turn.uow.add(kept)
        turn.uow.session.flush()
    else:
        if not kept.is_shared:
            require_shareable(about)
        if is_changed(mine, stored, form.was):
            kept.write(mine, by=turn.person.id, now=turn.now)
            turn.uow.session.flush()
    turn.changes(VIEW, kept.id)
    return _sheet(turn, about, where, kept)


def _theme_of(turn: Turn, about: Matter) -> UUID | None:
    """The theme comes from the focus area, that of a measure from the one it belongs to, if any."""
    if isinstance(about, FocusArea):
        return about.theme_id
    if isinstance(about, Feedback):
        # That of the host would tell who has been observed.
        return None
    area = focus_areas_with_ids(turn.uow, [about.focus_area_id]) if about.focus_area_id else {}
    return next((each.theme_id for each in area.values()), None)


def _sheet(turn: Turn, about: Matter, where: Institution, kept: Practice | None) -> Sheet:
    """The draft with all that its card needs, for one of its leaders."""
    _note_reading(turn, about)
    if kept is None:
        history = [status for status, _author in history_of(turn.uow, [about.id])[about.id]]
        account = begun_from(about, history)
    else:
        account = kept.draft
    theme_id = kept.theme_id if kept else _theme_of(turn, about)
    return Sheet(
        institution=where,
        about_id=about.id,
        title=title_of(about, account),
        is_brought_home=isinstance(about, Feedback),
        theme=themes_with_ids(turn.uow, [theme_id]).get(theme_id) if theme_id else None,
        practice=kept,
        account=account,
        viewer=turn.person,
        contact=leader_with_id(turn.uow, account.contact_id, where, turn.today) if account.contact_id else None,
        written_by=person_with_id(turn.uow, kept.written_by) if kept else None,
    )


def _note_reading(turn: Turn, about: Matter) -> None:
    """I33: whoever shares what a colleague took home reads it."""
    if isinstance(about, Feedback):
        note_reading(turn, given_of(turn.uow, about))


def _shared(turn: Turn, kept: Practice, where: Institution, *, dialogue_id: UUID | None = None) -> Sheet:
    """What is shared, with a name only while that person has agreed and leads there."""
    account = kept.shared or Account()
    return Sheet(
        institution=where,
        about_id=kept.about_id,
        title=kept.title,
        theme=themes_with_ids(turn.uow, [kept.theme_id]).get(kept.theme_id) if kept.theme_id else None,
        practice=kept,
        account=account,
        viewer=turn.person,
        leads=turn.viewer.leads(where),
        contact=leader_with_id(turn.uow, account.contact_id, where, turn.today) if account.contact_id else None,
        dialogue_id=dialogue_id,
    )


FLOW = Flow(
    name="practice",
    buttons={
        cards.BEGIN: Button(Subject.read, begin, only_shows=True),
        cards.CHOOSE: Button(Nothing.read, choose, only_shows=True),
        **form_buttons(
            Form.read,
            {cards.PREVIEW: preview, cards.DRAFT: keep_draft},
            again=again,
            expired=expired,
            refused=refused,
        ),
        receipts.SHARE: Button(ShareForm.read, share),
        cards.CORRECT: Button(Subject.read, correct, only_shows=True),
        cards.OPEN: Button(Reading.read, open_it, only_shows=True),
        receipts.ASK_WITHDRAW: Button(Subject.read, ask_withdraw, only_shows=True),
        receipts.WITHDRAW: Button(Subject.read, withdraw),
        cards.SEARCH: Button(finding.Form.read, practice_search.search, only_shows=True),
        finding.OURS: Button(Nothing.read, practice_search.ours, only_shows=True),
    },
    questions={
        "share_practice": Question(
            ("del praksis", "dele praksis", "share practice", "share our practice"), asked_to_share
        ),
        "practice": Question(
            (
                "praksis",
                "praksis om",
                "find praksis",
                "find praksis om",
                "delt praksis",
                "delt praksis om",
                "erfaringer med",
                "andre erfaringer med",
                "practice",
                "practice about",
                "find practice",
                "find practice about",
                "shared practice",
                "shared practice about",
                "experience with",
            ),
            practice_search.asked_to_find,
        ),
    },
    views={VIEW: show},
    without=frozenset({"clock"}),
)
