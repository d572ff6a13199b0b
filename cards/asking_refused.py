"""What is said where a question cannot be answered: why not, and what can be asked in its place."""

from collections.abc import Sequence

from cards.asking import Option, choosing, example, title_of
from cards.kit import Card, card
from cards.language import N_, Translator
from cards.parts import bullets, text
from domain.slots import Reason, Slots

# For whom a question cannot be answered: why not, and what can be asked in its place, in the words one would type.
REASONS: dict[Reason, tuple[str, tuple[str, ...]]] = {
    Reason.NO_RANKING: (
        N_(
            "I do not rank institutions and set no scores. What lies behind a figure differs from place to place, so I "
            "show one institution at a time, from A to Å."
        ),
        (N_("key figures"), N_("focus areas"), N_("compare half-years")),
    ),
    Reason.NO_PERSON_ASSESSMENT: (
        N_(
            "I do not assess people. What is written to me is about an institution's quality, not about how someone is."
        ),
        (N_("focus areas"), N_("agreements"), N_("1:1")),
    ),
    Reason.DRAFT_PRIVATE: (
        N_("A draft belongs to whoever writes it. You see the text once it has been sent or saved as ready."),
        (N_("who is not prepared"), N_("preparation"), N_("learning dialogues")),
    ),
    Reason.PRIVATE: (
        N_("Personal notes and what two others have talked about are theirs alone, so I show them to nobody else."),
        (N_("agreements"), N_("1:1"), N_("who can see what")),
    ),
    Reason.PERSONNEL_NOT_HERE: (
        N_("Personnel matters, health and pay do not belong here. Use the municipality's own system for them."),
        (N_("agreements"), N_("1:1"), N_("focus areas")),
    ),
    Reason.CHILD_LEVEL: (
        N_(
            "I keep nothing about a single child or a very few. Please never write children's names or "
            "civil registration numbers to me."
        ),
        (N_("children's perspectives"), N_("key figures")),
    ),
    Reason.OUTSIDE_RESPONSIBILITY: (
        N_("You see what belongs to the institutions you are responsible for, and this is outside them."),
        (N_("supervision summary"), N_("focus areas"), N_("my overview")),
    ),
    Reason.NO_DELETE_BY_CHAT: (
        N_("I delete nothing on a typed word, so that nothing is lost by a slip. Change it on the card it belongs to."),
        (N_("my data"), N_("my overview")),
    ),
    Reason.PRIVATE_CHAT_ONLY: (
        N_(
            "I only answer in the chat with you alone, because others read along in a group. Ask me here, and only you "
            "see the answer."
        ),
        (N_("supervision summary"), N_("key figures"), N_("who can see what")),
    ),
}

# What is of institutions, and no use to whoever answers for none and does not administer; and what of these is of two.
OF_PLACES = frozenset(
    {"key figures", "focus areas", "compare half-years", "who is not prepared", "preparation", "learning dialogues",
     "children's perspectives"}
)  # fmt: skip
OF_TWO = frozenset({"agreements", "1:1", "supervision summary"})
# In place of those.
FOR_ALL = (N_("my overview"), N_("who can see what"))


def refuse(
    _: Translator, reason: Reason, *, contact: str = "", is_of_places: bool = True, is_of_two: bool = True
) -> Card:
    """What is not possible, why, and what is possible instead; whoever wants data deleted is told the `contact`.

    To whoever may not ask what `is_of_places`, or what `is_of_two`, none of it is offered: it would be refused as well.
    """
    why, instead = REASONS[reason]
    offered = [
        each for each in instead if (is_of_places or each not in OF_PLACES) and (is_of_two or each not in OF_TWO)
    ]
    if len(offered) < len(instead):
        offered = list(dict.fromkeys([*offered, *FOR_ALL]))
    of_data = _(
        "“My data” shows what is kept about you. If you want some of it deleted, write to %(who)s.", who=contact
    )
    of_worry = _(
        "If you are worried about a child, follow the municipality's own way for it, such as a notification of "
        "concern. I pass nothing on."
    )
    return card(
        _,
        _("I cannot answer that"),
        seen_by=_("only you"),
        body=[
            text(_(why), spacing="Medium"),
            text(of_data, spacing="Small") if reason is Reason.NO_DELETE_BY_CHAT and contact else None,
            text(of_worry, spacing="Small") if reason is Reason.CHILD_LEVEL else None,
            text(_("You can ask for this instead:"), spacing="Medium"),
        ],
        actions=[example(_, each) for each in offered],
    )


def only_partly(_: Translator, within: Sequence[Option], intent: str, slots: Slots) -> Card:
    """For whoever names what they answer for, and something else besides: the first is to be had by a press.

    `slots` are those of the question, without the last of them.
    """
    names = [title_of(_, [each], each) for each in within]
    return card(
        _,
        _("I cannot answer all of that"),
        seen_by=_("only you"),
        body=[
            text(
                _("Some of it belongs to institutions that you are not responsible for. You can have the rest:"),
                spacing="Medium",
            ),
            bullets(names, spacing="Small") if len(names) > 1 else None,
        ],
        actions=[choosing(names[0] if len(names) == 1 else _("Show the rest"), within[-1], intent, slots, (), ())],
    )
