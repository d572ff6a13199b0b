"""A written feedback as it is read: by the host, by those who take part in the dialogue, and in a preview."""

from collections.abc import Sequence

from cards.kit import toggle_more
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import bullets, hint, said, section, text
from cards.words import aims_line
from domain.acknowledgement import Given, attached_at
from domain.feedback import Curious, Described, FeedbackAddendum

LABELS = {
    "oral_on": N_("When did you give the oral feedback?"),
    "oral_later": N_("If you have not given it yet"),
    "saw": N_("What did you see and hear? Describe without judging"),
    "supports": N_("What did you see that supported the children's or young people's chances to take part and learn?"),
    "wonder": N_("What made you curious? Write it as questions"),
    "home": N_("What will you take home to your own institution?"),
    "unnamed": N_("Nobody is named"),
    "due": N_("New deadline"),
}
# The same, as the reader is told it.
READ = {
    "saw": N_("What the observer saw and heard"),
    "supports": N_("What supported taking part and learning"),
    "wonder": N_("What made the observer curious"),
    "home": N_("What the observer takes home"),
}
SHOWN_IN_FULL = 3
ADDENDA_SHOWN = 5
LISTED = 6
SHOWN_LETTERS = 400


def label(_: Translator, name: str) -> str:
    """The question of a field."""
    return _(LABELS[name])


def content(_: Translator, described: Described, curious: Curious) -> list[Element]:
    """The four answers, in the order in which they were asked for."""
    parts: list[Element] = []
    for name, words in (
        ("saw", described.saw),
        ("supports", described.supports),
        ("wonder", curious.wonder),
        ("home", curious.home),
    ):
        if words:
            parts += [
                text(_(READ[name]), small=True, subtle=True, spacing="Medium"),
                said(words, spacing="ExtraSmall"),
            ]
    return parts


def aims(_: Translator, given: Given) -> list[Element]:
    """R-01: which of the four aims the host has said it is about."""
    chosen = given.acknowledged.reply.aims if given.acknowledged else ()
    if not chosen:
        return []
    return [
        text(_("Is about"), small=True, subtle=True, spacing="Medium"),
        text(aims_line(_, chosen), spacing="ExtraSmall"),
    ]


def added(_: Translator, addenda: Sequence[FeedbackAddendum], author: str) -> list[Element]:
    """What the author added after it was sent, signed; the newest where there are many."""
    if not addenda:
        return []
    return [
        section(_("Added later"), spacing="Medium"),
        *[
            said(each.text, by=f"{author} · {_.date(each.written_at)}", spacing="Small")
            for each in addenda[-ADDENDA_SHOWN:]
        ],
    ]


def given_line(_: Translator, given: Given) -> str:
    """Fyrreskolen, besøg den 14. april 2026 (ikke kvitteret)"""
    line = ", ".join([given.home.name, *visited(_, given)])
    return line if given.acknowledged else _("%(feedback)s (not acknowledged)", feedback=line)


def as_data(_: Translator, received: Sequence[Given]) -> list[Element]:
    """R-50: written feedback as qualitative data: a line for each, and their words behind a button."""
    if not received:
        return []
    inside: list[Element] = []
    for each in received[-SHOWN_IN_FULL:]:
        inside.append(text(given_line(_, each), strong=True, spacing="Large" if inside else None))
        inside += content(_, each.feedback.described, each.feedback.curious)
        if each.acknowledged and each.acknowledged.reply.bring:
            inside += [
                text(_("You bring to the dialogue"), small=True, subtle=True, spacing="Medium"),
                said(each.acknowledged.reply.bring, spacing="ExtraSmall"),
            ]
        inside += aims(_, each)
    return [
        section(_("Feedback from observations"), spacing="Medium"),
        bullets([given_line(_, each) for each in received], spacing="Small"),
        toggle_more(_("Read the feedback"), "feedback", *inside, spacing="Small"),
    ]


def linked(_: Translator, found: Sequence[Given]) -> list[Element]:
    """The feedback that belongs to a focus area, newest first: a line for each, and what they say behind a button."""
    if not found:
        return []
    inside: list[Element] = []
    for each in found[:SHOWN_IN_FULL]:
        inside.append(text(given_line(_, each), strong=True, spacing="Large" if inside else None))
        described, curious = each.feedback.described, each.feedback.curious
        inside += content(
            _,
            Described(saw=_short(described.saw), supports=described.supports),
            Curious(wonder=_short(curious.wonder)),
        )
        inside += aims(_, each)
    lines = [given_line(_, each) for each in found[:LISTED]]
    return [
        section(_("Feedback from observations")),
        bullets(lines, spacing="Small"),
        toggle_more(_("Read the feedback"), "feedback", *inside, spacing="Small"),
        hint(
            _(
                "Seen by fewer than the rest: the leaders, those they share it with and the observer; the chief and "
                "the administration that takes part when it is acknowledged, or after 14 days."
            ),
            sign="LockClosed",
        ),
    ]


def taken_home(_: Translator, brought: Sequence[Given]) -> list[Element]:
    """R-46: what colleagues of this institution brought home from observing elsewhere."""
    if not brought:
        return []
    return [
        section(_("Brought home from observing elsewhere"), spacing="Medium"),
        *[
            said(
                each.feedback.curious.home,
                by=" · ".join([each.author.name, each.host.name, *visited(_, each)]),
                spacing="Small",
            )
            for each in brought[-SHOWN_IN_FULL:]
        ],
    ]


def attaches(_: Translator, given: Given) -> Element:
    """When it becomes data for the next preparation, whether or not it is acknowledged."""
    at = attached_at(given.feedback, given.acknowledged)
    when = _.date(at) if at else ""
    return hint(
        _(
            "It becomes part of your next learning dialogue when you acknowledge it, and from %(day)s in any case.",
            day=when,
        )
    )


def visited(_: Translator, given: Given) -> list[str]:
    """The day by which an observation and its feedback are told everywhere: that of the visit."""
    return [_("visit on %(day)s", day=_.date(given.about.starts_at))] if given.about.starts_at else []


def _short(words: str) -> str:
    return words if len(words) <= SHOWN_LETTERS else words[: SHOWN_LETTERS - 1].rstrip() + "…"
