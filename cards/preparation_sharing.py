"""With whom a preparation is shared, and who fills it in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cards import form, overview
from cards import problems as wrong
from cards.colleague import which_colleague
from cards.form import Data, carried
from cards.inputs import choices
from cards.kit import Card, again, card, press
from cards.language import Translator
from cards.parts import State, hint, note, text
from cards.preparation import BEGIN, HAND, SHARE, SHARED, TAKE_BACK, Sheet
from cards.preparation_read import seen_by, team
from cards.words import dialogue_line
from domain.errors import Problems
from domain.organisation import Person


@dataclass(frozen=True, kw_only=True)
class Hand:
    """The colleague who was chosen, None when none was."""

    dialogue_id: UUID
    colleague_id: UUID | None

    @classmethod
    def read(cls, data: Data) -> "Hand":
        return cls(dialogue_id=form.subject_id(data), colleague_id=form.optional_id(data, "colleague"))


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Whom it shall be shared with, and whom it was shared with when the card was drawn."""

    dialogue_id: UUID
    chosen: tuple[UUID, ...] = ()
    was: tuple[UUID, ...] = ()

    @classmethod
    def read(cls, data: Data) -> "Shares":
        return cls(dialogue_id=form.subject_id(data), chosen=form.ids(data, "colleagues"), was=form.ids(data, "shared"))


def choose_colleague(
    _: Translator, sheet: Sheet, colleagues: Sequence[Person], *, problems: Problems | None = None
) -> Card:
    """Which colleague at the institution fills in the rest."""
    about = carried(sheet.dialogue.id)
    return which_colleague(
        _,
        _("Ask a colleague to fill it in"),
        _("Who should fill it in?"),
        where=sheet.institution,
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        explained=_(
            "Your draft is saved. The colleague sees it and goes on from there. The colleague also sees the key "
            "figures, your local priority, your focus areas with their history, perspectives and recommendations from "
            "children, young people, parents and staff, and what colleagues have brought home from observations."
        ),
        colleagues=colleagues,
        ask=press(_("Ask the colleague"), HAND, about, primary=True),
        more=press(_("Share with several"), SHARE, about, inputs="none"),
        back=press(_("Back"), BEGIN, about, inputs="none"),
        problems=problems,
    )


def share(
    _: Translator,
    sheet: Sheet,
    colleagues: Sequence[Person],
    *,
    typed: Shares | None = None,
    problems: Problems | None = None,
) -> Card:
    """R-05: which colleagues see it; a tick that is taken away ends it for that one."""
    now = [each.id for each in sheet.shared_with]
    listed = {each.id: each.name for each in (*colleagues, *sheet.shared_with)}
    # Drawn again, it is still compared with what stood in the card.
    was = typed.was if typed else now
    about = carried(sheet.dialogue.id, shared=",".join(str(each) for each in was))
    nobody = _(
        "Nobody else at %(institution)s is on my list yet. The administration can add a colleague.",
        institution=sheet.institution.name,
    )
    return card(
        _,
        _("Share the preparation"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=seen_by(_, sheet),
        body=[
            text(
                _(
                    "Whoever you tick sees the preparation and can write in it until it is ready; after that they "
                    "can read it. They also see the key figures, your local priority, your focus areas with their "
                    "history, perspectives and recommendations, and what colleagues have brought home from "
                    "observations."
                )
                if listed
                else nobody,
                spacing="Medium",
            ),
            choices(
                "colleagues",
                _("Who should it be shared with?"),
                [(str(each), name) for each, name in listed.items()],
                chosen=[str(each) for each in (typed.chosen if typed else now)],
                many=True,
                problem=wrong.at(_, problems, "colleagues"),
            )
            if listed
            else None,
            hint(_("Take a tick away to stop sharing. What the colleague has written stays.")) if now else None,
        ],
        actions=[
            press(_("Save"), SHARED, about, primary=True) if listed else None,
            press(_("Back"), BEGIN, about, inputs="none"),
        ],
    )


def shared(_: Translator, sheet: Sheet) -> Card:
    """Whom it is shared with now."""
    names = _.join(team(sheet))
    words = (
        _("Shared with %(who)s. Whoever is new to it gets a message from me.", who=names)
        if names
        else _("It is shared with nobody now.")
    )
    return card(
        _,
        _("Sharing is saved"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        seen_by=seen_by(_, sheet),
        body=[note(words, sign="People")],
        actions=[
            press(_("Continue"), BEGIN, carried(sheet.dialogue.id), primary=True, inputs="none"),
            press(_("Change it"), SHARE, carried(sheet.dialogue.id), inputs="none"),
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
        refresh=again(BEGIN, carried(sheet.dialogue.id)),
    )


def handed(_: Translator, sheet: Sheet) -> Card:
    """The leader's card while a colleague fills it in."""
    who = sheet.handed_to.name if sheet.handed_to else ""
    everybody = _.join([_("you"), *sheet.others])
    return card(
        _,
        _("A colleague is filling it in"),
        subtitle=dialogue_line(_, sheet.dialogue, sheet.institution),
        state=State(_("With a colleague"), "accent", "People"),
        seen_by=everybody,
        body=[
            note(
                _("Next step: the preparation – %(who)s. You can both see what is written.", who=who), sign="ArrowRight"
            )
        ],
        actions=[
            press(_("Fill it in myself"), TAKE_BACK, carried(sheet.dialogue.id)),
            press(_("Share with colleagues"), SHARE, carried(sheet.dialogue.id), inputs="none"),
            press(_("My overview"), overview.OPEN, carried()),
        ],
        refresh=again(BEGIN, carried(sheet.dialogue.id)),
    )
