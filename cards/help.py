"""What one can write, by what one does."""

from dataclasses import dataclass

from cards import overview, welcome
from cards.form import carried
from cards.kit import Card, card, press, toggle_more
from cards.language import Translator
from cards.layout import Element, group
from cards.parts import hint, note, text

Row = tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class Names:
    """Whom and what the examples name: those that the person works with, so that each can be typed as it stands."""

    place: str = "Elmeskolen"
    leader: str = "Mette"
    chief: str = "Birgit"


INVENTED = Names()


def show(
    _: Translator,
    *,
    leads: bool,
    is_chief: bool,
    facilitates: bool = False,
    administers: bool = False,
    observes: bool = False,
    sends_themes: bool = False,
    names: Names = INVENTED,
    not_understood: bool = False,
) -> Card:
    """The words the person has a use for, the everyday ones first and the others behind a button.

    On top a kind word when the message was not understood.
    """
    first: list[Row] = []
    more: list[Row] = []
    if leads:
        first += [
            (_("prepare"), _("opens the preparation of your next learning dialogue")),
            (_("reflection"), _("opens the shared reflection, once the dialogue has begun")),
            (_("decision"), _("opens the decisions, after the shared reflection")),
            (_("status"), _("says where you are with a focus area")),
            (_("perspective"), _("writes down what children, young people, parents or staff tell")),
            (
                _("invite an observer"),
                _("invites a colleague from another institution to see your learning environment"),
            ),
            (_("1:1, agenda, agreements"), _("shows your next 1:1, its agenda, and what is agreed")),
        ]
        more += [
            (_("data package"), _("shows the half-year's key figures for your institution")),
            (_("local priority"), _("writes down what you put first in this half-year, as data for your dialogue")),
            (_("dialogues"), _("shows how far your dialogues are; “extra dialogue” plans one")),
            (_("board"), _("gives you an extract for the board, and keeps what the board said")),
            (_("focus areas"), _("shows your focus areas and their history")),
            (_("themes, measures, recommendations, methods"), _("shows each of them")),
            (_("acknowledge"), _("opens the feedback on an observation that you have not read")),
            (_("share practice"), _("tells the other institutions what has worked")),
            (_("handover"), _("shows a new leader what continues at the institution")),
        ]
    if is_chief and not leads:
        first += [
            (
                _("1:1 with %(leader)s on Thursday at 10", leader=names.leader),
                _("plans a 1:1 with a leader in your line; “1:1” shows them all"),
            ),
            (_("agenda, note, agreements"), _("opens what belongs to your 1:1s")),
            (_("preparation"), _("shows the preparations that are ready to be read")),
            (
                _("decisions, focus areas, perspectives, local priority, themes, observations"),
                _("shows those of an institution in your area"),
            ),
        ]
        first += [
            (
                _("supervision summary for %(place)s this spring", place=names.place),
                _("asks me; also in your own words"),
            ),
            (
                _("open agreements with %(leader)s", leader=names.leader),
                _(
                    "this is how you can also ask about focus areas, dialogues, decisions, observations, "
                    "perspectives and key figures"
                ),
            ),
            (_("brief me"), _("shows what you and a leader agreed, and what is to come, before your 1:1")),
        ]
        more += [
            (_("what needs my attention"), _("shows what waits in your area")),
            (_("compare spring with autumn"), _("shows two half-years side by side")),
            (_("as pdf, as word"), _("makes a file of the answer that you have just got")),
            (_("data package"), _("shows the key figures of an institution in your area")),
            (_("handover"), _("shows institutions with a new leader, and agreements to decide on")),
        ]
    if facilitates:
        first.append((_("qualification"), _("opens your network's statement on the evidence base")))
    if sends_themes:
        first.append((_("political round"), _("shows how far the round is, and moves it on")))
    if leads or is_chief or facilitates or sends_themes:
        across = (_("evidence base"), _("shows what is known across institutions, without names"))
        (more if leads or is_chief else first).append(across)
    if is_chief or facilitates or administers:
        report = (_("political report"), _("shows what the politicians get about an age range, with its sources"))
        (more if leads or is_chief else first).append(report)
    if administers and not leads and not is_chief:
        first += [
            (_("themes"), _("shows for each institution whether the themes were seen and discussed")),
            (
                _("reflections, perspectives, local priority"),
                _("shows those of an institution; write its name after the word"),
            ),
        ]
    if sends_themes:
        first.append((_("send themes"), _("shows who gets the themes that are decided, and sends them out")))
    if observes:
        (more if leads else first).extend(
            [
                (_("feedback"), _("opens the feedback you write when you have observed; “my notes” shows your notes")),
                (
                    _("observations, my visits, invitations"),
                    _("shows where each one is, and what waits for your answer"),
                ),
            ]
        )
    first += [
        (_("my overview"), _overview_words(_, leads=leads, is_chief=is_chief)),
        (_("who can see what"), _("the rules for who sees what")),
    ]
    if leads or is_chief:
        more.append((_("my summaries"), _("the supervision summaries that were saved, and where each one is")))
        more.append((_("preparation note"), _("a note of your own to each 1:1, if you want one")))
    if leads or is_chief or observes:
        more.append((_("continue"), _("opens what you have begun and not finished")))
    if leads or is_chief:
        other = names.chief if leads else names.leader
        move = _("move the meeting with %(other)s", other=other)
        more.append((move, _("finds another time; also for a dialogue or a visit")))
    elif observes:
        more.append((_("move the visit"), _("finds another time")))
    more += [
        (_("practice"), _("finds what others have shared, for instance “practice about transitions”")),
        (_("observation guide"), _("what a learning environment is, and what one looks for")),
        (_("who has seen it"), _("who has read notes and feedback that concern you")),
        (_("my data"), _("what is kept about you, who can read it, and all of it as a file")),
        (_("not now"), _("puts off the card that waits")),
        (_("pause reminders"), _("quiet for some weeks")),
        (_("monday list"), _("what waits for you, as one list on Monday morning")),
        (_("language"), _("Danish or English")),
    ]
    return card(
        _,
        _("What you can write to me"),
        seen_by=_("only you"),
        body=[
            note(_("I did not understand that. Here is what I can help with."), sign="ChatHelp")
            if not_understood
            else None,
            *[_row(_, *row) for row in first],
            toggle_more(_("Show more words"), "more", *[_row(_, *row) for row in more]),
            hint(_("I understand both Danish and English, also with a typing error or two."), spacing="Medium"),
        ],
        actions=[
            press(_("My overview"), overview.OPEN, carried(), primary=True),
            press(_("Who can see what?"), welcome.WHO_SEES, carried()),
        ],
    )


def _overview_words(_: Translator, *, leads: bool, is_chief: bool) -> str:
    if is_chief:
        return _("the next dialogue of each institution in your area")
    if leads:
        return _("where you are, the next date, and what waits for you")
    return _("what waits for you")


def _row(_: Translator, word: str, does: str) -> Element:
    quoted = ", ".join(_("“%(word)s”", word=each) for each in word.split(", "))
    return group(text(quoted, strong=True), text(does, subtle=True, spacing="None"), spacing="Small")
