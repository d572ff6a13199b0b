"""The observation guide: "en fælles forståelse af, hvad et læringsmiljø er, og hvad observationerne har fokus på".

Question: `observationsguide` shows the present edition to everybody. The administration of the whole municipality
writes the next one, in both languages: *Gem kladde* keeps it, *Se den før udgivelse* shows what everyone will read, and
*Udgiv* makes it the one that invitations show from then on.
"""

from cards import guide as cards
from cards.form import Nothing
from cards.guide import Form
from cards.kit import Card
from dialogs.flow import Asked, Button, Flow, Question, form_buttons
from dialogs.turn import Turn
from domain.draft import digest, is_changed
from domain.errors import Expired, NotAllowed, Problems
from domain.guide import ObservationGuide
from domain.organisation import Role
from storage.guide import current_guide, drafted_guide
from storage.organisation import person_with_id


def open_it(turn: Turn, asked: Asked | Nothing) -> Card:
    return cards.show(
        turn._,
        current_guide(turn.uow),
        leads=turn.viewer.has(Role.LEADER),
        administers=_administers(turn),
    )


def write(turn: Turn, nothing: Nothing) -> Card:
    """The next edition, begun from the present one."""
    return _ask(turn)


def save(turn: Turn, form: Form) -> Card:
    _take(turn, form)
    return cards.saved(turn._)


def preview(turn: Turn, form: Form) -> Card:
    """Keeps it, and shows what everyone will read; what is missing is said at its field."""
    kept = _take(turn, form)
    if found := kept.text.missing():
        return _ask(turn, problems=Problems(found))
    return cards.preview(turn._, kept)


def publish(turn: Turn, form: Form) -> Card:
    """Publishes what was shown, and nothing that somebody has changed since."""
    _require_administration(turn)
    kept = drafted_guide(turn.uow)
    if kept is None:
        raise Expired("guide_published")
    if digest(kept.text) != form.was:
        return cards.preview(turn._, kept)
    kept.publish((current_guide(turn.uow).edition or 0) + 1, by=turn.person.id, now=turn.now)
    return cards.published(turn._, kept)


def again(turn: Turn, form: Form, problems: Problems) -> Card:
    return _ask(turn, typed=form, problems=problems)


def expired(turn: Turn, form: Form, why: Expired) -> Card:
    return cards.over(turn._, why, form)


def refused(turn: Turn, form: Form) -> Card:
    return cards.refused(turn._, form)


def _ask(turn: Turn, *, typed: Form | None = None, problems: Problems | None = None) -> Card:
    _require_administration(turn)
    kept = drafted_guide(turn.uow) or ObservationGuide(text=current_guide(turn.uow).text)
    return cards.ask(
        turn._,
        kept,
        viewer=turn.person,
        written_by=person_with_id(turn.uow, kept.written_by) if kept.written_by else None,
        typed=typed,
        problems=problems,
    )


def _take(turn: Turn, form: Form) -> ObservationGuide:
    """Keeps what was typed, complete or not; a colleague's words are shown and not written over."""
    _require_administration(turn)
    found = drafted_guide(turn.uow)
    kept = found or ObservationGuide(text=current_guide(turn.uow).text)
    if is_changed(form.text, kept.text, form.was):
        kept.write(form.text, by=turn.person.id, now=turn.now)
    if found is None:
        turn.uow.add(kept)
    return kept


def _administers(turn: Turn) -> bool:
    """The guide is the whole municipality's, so its administration alone writes it."""
    return any(
        held.role is Role.ADMINISTRATION and held.institution_id is None and held.area_id is None
        for held in turn.viewer.roles
    )


def _require_administration(turn: Turn) -> None:
    if not _administers(turn):
        raise NotAllowed


FLOW = Flow(
    name="guide",
    buttons={
        cards.OPEN: Button(Nothing.read, open_it, only_shows=True),
        cards.WRITE: Button(Nothing.read, write),
        **form_buttons(
            Form.read,
            {cards.SAVE: save, cards.PREVIEW: preview, cards.PUBLISH: publish},
            again=again,
            expired=expired,
            refused=refused,
        ),
    },
    questions={
        "guide": Question(
            (
                "observationsguide",
                "observationsguiden",
                "guide til observation",
                "hvad skal jeg kigge efter",
                "hvad skal jeg se efter",
                "tage billeder",
                "tager billeder",
                "optage lyd",
                "optager lyd",
                "må jeg filme",
                "observation guide",
                "what to look for",
                "what should i look for",
                "take pictures",
                "take photos",
                "record sound",
            ),
            open_it,
        )
    },
    without=frozenset({"views", "clock"}),
)
