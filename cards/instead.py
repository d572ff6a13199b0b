"""What the bot is asked for and does not do, or is not: kindly, and with what there is instead."""

from collections.abc import Sequence

from cards import draft, overview, welcome
from cards.asking import TRY
from cards.form import carried
from cards.kit import Action, Card, below_head, card, press
from cards.language import N_, Translator
from cards.layout import Element
from cards.parts import said, text


def no_messages(_: Translator) -> Card:
    """To *send Mette en besked*."""
    return _told(
        _,
        _("I pass no messages on"),
        _("I do not write to others for you. Write to them in Teams as you usually do."),
        _("I can find another time for a meeting, or keep what you want to talk about in your 1:1."),
        actions=[_ask(_, N_("move the meeting")), _ask(_, N_("agenda")), _overview(_)],
    )


def no_reminders(_: Translator) -> Card:
    """To *mind de skoler, der mangler*."""
    return _told(
        _,
        _("I have reminded nobody"),
        _("I do not write to others for you. Write to them in Teams as you usually do."),
        _(
            "On my own I remind leaders of their learning dialogues, agreements and measures, and observers of their "
            "feedback, when it is time."
        ),
        actions=[_ask(_, N_("dialogues")), _overview(_)],
    )


def by_decision(_: Translator, *, leads: bool, written: str = "") -> Card:
    """To *ny indsats* and *luk fokusområdet*; what else was `written` is given back."""
    then = (
        _("Write the decision when you have reflected together. The focus areas you have stand under “focus areas”.")
        if leads
        else _("The leaders write the decisions. You can read them here.")
    )
    told = _told(
        _,
        _("It takes a decision"),
        _(
            "A measure begins with a decision in a learning dialogue. So does a focus area, which is adjusted and "
            "closed with one, too."
        ),
        then,
        actions=[_ask(_, N_("decision") if leads else N_("decisions")), _ask(_, N_("focus areas")), _overview(_)],
    )
    return below_head(told, *draft.given_back(_, [said(written)])) if written else told


def whom_to_ask(
    _: Translator, contact: str, chiefs: Sequence[str] = (), *, protection_officer: str = "", rings: bool = False
) -> Card:
    """To *hvem kan jeg spørge*, and where it `rings` to *ring til mig*; a leader is told who the chief is."""
    return _told(
        _,
        _("Whom you can ask"),
        _("I cannot ring, I only answer in writing. If you need a person, ask %(who)s.", who=contact)
        if rings
        else _("If you need a person, ask %(who)s.", who=contact),
        _("Your Children and Youth chief: %(names)s.", names=_.join(chiefs))
        if chiefs
        else _("What I can answer, I answer here at any time."),
        _("The data protection officer: %(who)s.", who=protection_officer) if protection_officer else None,
        actions=[_ask(_, N_("help")), _overview(_)],
    )


def whom_to_complain_to(_: Translator, contact: str, protection_officer: str) -> Card:
    """To *jeg vil klage over min chef*: never the one whom it is about."""
    return _told(
        _,
        _("Whom you can complain to"),
        _("I pass no complaint on, and what you have just written goes to nobody."),
        _("Write to %(who)s, or talk to your union representative.", who=contact),
        _(
            "If it is about what is kept about you, write to the data protection officer: %(who)s.",
            who=protection_officer,
        )
        if protection_officer
        else None,
        actions=[_ask(_, N_("my data")), _overview(_)],
    )


def saving(_: Translator) -> Card:
    """To *gem*."""
    return _told(
        _,
        _("There is nothing to save here"),
        _("A card keeps what you have written in it when you press, for instance, “Save draft” or “Next”."),
        _("“continue” opens what you have begun and not finished."),
        actions=[_ask(_, N_("continue")), _overview(_)],
    )


def taken_back(_: Translator) -> Card:
    """To *fortryd*."""
    return _told(
        _,
        _("What can be taken back"),
        _("Nothing is taken back on a typed word. On the card where you saved it, “Correct” changes what you wrote."),
        _(
            "“Undo the last one” takes back a note from a visit. A meeting can be moved or called off. What is closed "
            "stays."
        ),
        actions=[_ask(_, N_("continue")), _ask(_, N_("move the meeting")), _overview(_)],
    )


def press_there(_: Translator) -> Card:
    """To *ja*."""
    return _told(
        _,
        _("Press a button on the card"),
        _("I cannot tell which card you answer, so nothing has happened. Press the button on the card itself."),
        _("What waits for you stands in your overview."),
        actions=[_ask(_, N_("continue")), _overview(_)],
    )


def what_i_am(_: Translator) -> Card:
    """To *er du en robot*."""
    return _told(
        _,
        _("I am a program"),
        _(
            "No person reads along here, and I am no artificial intelligence: I look for words that I know, and ask "
            "when I am in doubt."
        ),
        _("What you write is seen by those whom the second line of a card names, and by nobody else."),
        actions=[press(_("Who can see what?"), welcome.WHO_SEES, carried(), inputs="none"), _overview(_)],
    )


def _told(_: Translator, title: str, first: str, *then: str | None, actions: list[Action]) -> Card:
    body: list[Element | None] = [
        text(first, spacing="Medium"),
        *[text(each, spacing="Small") for each in then if each],
    ]
    return card(_, title, seen_by=_("only you"), body=body, actions=actions)


def _ask(_: Translator, words: str) -> Action:
    asked = _(words)
    return press(asked[:1].upper() + asked[1:], TRY, carried(words=asked), inputs="none")


def _overview(_: Translator) -> Action:
    return press(_("My overview"), overview.OPEN, carried(), inputs="none")
