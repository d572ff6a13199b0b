"""Several observations: which one to open, and a word for each to a chief."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from cards import overview
from cards.form import carried
from cards.inputs import choices
from cards.kit import Card, card, press
from cards.language import Translator
from cards.parts import bullets, text
from cards.visit import OPEN, READ_FEEDBACK, visit_line
from cards.which import which
from cards.words import progress_words
from domain.observation import Observation, Progress
from domain.organisation import Institution


@dataclass(frozen=True, kw_only=True)
class Row:
    """One observation as a chief sees it: a word, and its feedback once it may be read."""

    institution: Institution
    about: Observation
    progress: Progress
    feedback_id: UUID | None = None
    is_acknowledged: bool = False

    def day(self, _: Translator) -> str:
        return _.date(self.about.starts_at) if self.about.starts_at else ""


def choose(
    _: Translator,
    found: Sequence[tuple[Observation, Institution, Progress, bool]],
    verb: str = OPEN,
) -> Card:
    """Which of several observations, each with how far it is and whether its feedback is acknowledged."""
    rows = []
    for about, where, progress, is_read in found:
        word = progress_words(_, progress, is_acknowledged=is_read)
        rows.append((about.id, where.name, f"{visit_line(_, about, where)} · {word}"))
    return which(_, _("Which observation?"), _("Observation"), rows, verb)


def choose_feedback(_: Translator, found: Sequence[tuple[UUID, Observation, Institution]], verb: str) -> Card:
    """Which of several feedbacks."""
    rows = [(feedback_id, where.name, visit_line(_, about, where)) for feedback_id, about, where in found]
    return which(_, _("Which feedback?"), _("Feedback"), rows, verb)


def for_chief(_: Translator, rows: Sequence[Row]) -> Card:
    """A word for each observation, from A to Å; those whose feedback may be read can be opened."""
    lines = [
        " · ".join(
            filter(
                None,
                (
                    each.institution.name,
                    each.day(_),
                    progress_words(_, each.progress, is_acknowledged=each.is_acknowledged),
                ),
            )
        )
        for each in rows
    ]
    readable = [
        (str(each.feedback_id), f"{each.institution.name} · {each.day(_)}") for each in rows if each.feedback_id
    ]
    return card(
        _,
        _("Observations"),
        seen_by=_("only you"),
        body=[
            text(
                _(
                    "A word for how far each is. You can read the feedback once the leader has, or 14 days "
                    "after it came."
                ),
                small=True,
                subtle=True,
                spacing="Medium",
            ),
            bullets(lines, spacing="Small"),
            choices("id", _("Which feedback?"), readable, chosen=readable[0][0], compact=True) if readable else None,
        ],
        actions=[
            press(_("Read the feedback"), READ_FEEDBACK, carried(), primary=True) if readable else None,
            press(_("My overview"), overview.OPEN, carried(), inputs="none"),
        ],
    )


def none_yet(_: Translator, *, leads: bool) -> Card:
    words = (
        _("You have no observations yet. Invite a colleague from another institution to see your learning environment.")
        if leads
        else _("There are no observations yet.")
    )
    return card(
        _,
        _("No observations yet"),
        seen_by=_("only you"),
        body=[text(words, spacing="Medium")],
        actions=[
            press(_("Invite an observer"), "observation.begin", carried(), primary=True) if leads else None,
            press(_("My overview"), overview.OPEN, carried()),
        ],
    )
