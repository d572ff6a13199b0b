"""C12 in the meeting: the open agreements first, and what becomes of each; then the new ones, and their correction."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from cards import problems as wrong
from cards.agreement_form import Became, CorrectForm, ReviewForm, TermsForm
from cards.agreement_owner import OWNERS, owner_and_due
from cards.form import carried
from cards.inputs import choices, date_input, text_input
from cards.kit import Action, Card, below_head, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.meeting import SHOW_NOTE, Meeting, line, toast, who_sees_agreements
from cards.parts import names_hint, note, said, section, text
from cards.unreached import tell_yourself
from cards.which import which
from domain.agreement import Agreement, Owner, Terms
from domain.errors import Problems
from domain.text import SHORT

BEGIN = "agreement.begin"
REVIEW = "agreement.review"
SKIP = "agreement.skip"
SAVE = "agreement.save"
MORE = "agreement.more"
DONE = "agreement.done"
CHOOSE = "agreement.choose"
EDIT = "agreement.edit"
CORRECT = "agreement.correct"

LABELS = {"text": N_("What have you agreed?")}

BECAME = {
    Became.DONE: N_("Done"),
    Became.CONTINUES: N_("Goes on"),
    Became.DROPPED: N_("Is dropped"),
}


def noted(_: Translator, card: Card, meeting: Meeting, *, is_unreached: bool = False) -> Card:
    """The card that follows a note, with the receipt for it: with whom it is shared, and that nobody else reads it."""
    who = meeting.leader.name
    shared = _("The note is shared. Only you and %(who)s can read it.", who=who)
    asks = _("I am asking %(who)s to confirm it, with the agreements.", who=who)
    then = tell_yourself(_, who) if is_unreached else asks
    return below_head(card, note(f"{shared} {then}", sign="CheckmarkCircle"))


def review(
    _: Translator,
    meeting: Meeting,
    agreement: Agreement,
    *,
    left: int,
    due: date,
    skipped: Sequence[UUID],
    typed: ReviewForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """One open agreement from earlier; `left` are still to come with this one, `due` is the date suggested."""
    data = carried(meeting.one_on_one.id, a=str(agreement.id), s=",".join(map(str, skipped)))
    return card(
        _,
        _("Agreements from last time"),
        subtitle=line(_, meeting),
        seen_by=who_sees_agreements(_),
        body=[
            text(
                _.ngettext("%(n)s open agreement", "%(n)s open agreements", left),
                small=True,
                subtle=True,
                spacing="Medium",
            ),
            said(
                agreement.text, by=owner_and_due(_, agreement.owner, agreement.due, reader=Owner.CHIEF), spacing="Small"
            ),
            choices(
                "became",
                _("What has become of it?"),
                [(each.value, _(words)) for each, words in BECAME.items()],
                chosen=typed.became or "" if typed else "",
                required=True,
                problem=wrong.at(_, problems, "became"),
            ),
            text_input(
                "result",
                _("What came of it – or why is it dropped?"),
                value=typed.result if typed else "",
                limit=SHORT,
                placeholder=_("Required if it is dropped"),
                problem=wrong.at(_, problems, "result"),
            ),
            date_input(
                "due",
                _("If it goes on: when do you follow up?"),
                value=typed.due if typed else due,
                problem=wrong.at(_, problems, "due"),
            ),
            names_hint(_),
        ],
        actions=[
            press(_("Save and go on"), REVIEW, data, primary=True),
            press(_("Leave it open"), SKIP, data, inputs="none"),
            press(_("See the note"), SHOW_NOTE, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=_("Agreements: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def ask(
    _: Translator,
    meeting: Meeting,
    made: Sequence[Agreement],
    *,
    due: date,
    typed: TermsForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """A new agreement, with those that stand already; `due` is the date suggested."""
    terms = typed.terms if typed else Terms(due=due)
    id_ = carried(meeting.one_on_one.id)
    return card(
        _,
        _("A new agreement"),
        subtitle=line(_, meeting),
        seen_by=who_sees_agreements(_),
        minutes=1,
        body=[
            *_made(_, made),
            *_terms_fields(_, terms, problems),
            choices(
                "where",
                _("Which institution is it about?"),
                [(str(where.id), where.name) for where in meeting.places],
                chosen=str(typed.institution_id) if typed and typed.institution_id else str(meeting.places[0].id),
                compact=True,
            )
            if len(meeting.places) > 1
            else None,
            names_hint(_),
        ],
        actions=[
            press(_("Save the agreement"), SAVE, id_, primary=True),
            press(_("Save and add one more"), MORE, id_),
            press(_("No more agreements"), DONE, id_),
        ],
        summary=_("Agreements: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def correct(
    _: Translator,
    meeting: Meeting,
    agreement: Agreement,
    *,
    typed: CorrectForm | None = None,
    problems: Problems | None = None,
) -> Card:
    """An agreement that the leader has not confirmed yet."""
    terms = typed.terms if typed else agreement.terms
    return card(
        _,
        _("Correct the agreement"),
        subtitle=line(_, meeting),
        seen_by=who_sees_agreements(_),
        body=[*_terms_fields(_, terms, problems), names_hint(_)],
        actions=[
            press(_("Save the agreement"), CORRECT, carried(agreement.id), primary=True),
            press(_("Back"), SHOW_NOTE, carried(meeting.one_on_one.id), inputs="none"),
        ],
        summary=_("Agreements: %(what)s", what=toast(_, meeting.one_on_one.starts_at)),
    )


def choose(_: Translator, found: Sequence[Agreement]) -> Card:
    return which(_, _("Which agreement?"), _("Agreement"), [(each.id, each.text, each.text) for each in found], EDIT)


def go_on(_: Translator, one_on_one_id: UUID) -> Action:
    """To what is left to go through."""
    return press(_("Continue"), BEGIN, carried(one_on_one_id), primary=True, inputs="none")


def _terms_fields(_: Translator, terms: Terms, problems: Problems | None) -> list[Element]:
    return [
        text_input(
            "text",
            _(LABELS["text"]),
            value=terms.text,
            required=True,
            limit=SHORT,
            problem=wrong.at(_, problems, "text"),
        ),
        choices(
            "owner",
            _("Who does it?"),
            [(each.value, _(words)) for each, words in OWNERS.items()],
            chosen=terms.owner or "",
            required=True,
            problem=wrong.at(_, problems, "owner"),
        ),
        date_input(
            "due",
            _("When do you follow up?"),
            value=terms.due,
            required=True,
            problem=wrong.at(_, problems, "due"),
        ),
    ]


def _made(_: Translator, made: Sequence[Agreement]) -> list[Element]:
    if not made:
        return []
    parts: list[Element] = [section(_("Agreed so far"), spacing="Medium")]
    for each in made:
        parts.append(said(each.text, by=owner_and_due(_, each.owner, each.due, reader=Owner.CHIEF), spacing="Small"))
    return parts
