"""The cards of people's rights over their data, as they look at the moments people meet them."""

from datetime import date, timedelta
from typing import Any

from cards import my_data, rectification, rectification_ask
from cards.kit import Card
from cards.language import Translator
from cards.my_data import Sheet
from cards.rectification import AnswerForm
from cards.rectification import Sheet as RectificationSheet
from cards.rectification_ask import AskForm, Written
from domain.access import Record
from domain.errors import Expired, Problem, Problems
from domain.kept import Kind
from domain.my_data import Held, Post
from domain.organisation import Role
from domain.rectification import Matter, Rectification, RectificationState
from tests.cards import municipality as made
from tests.cards.municipality import STARTS

LINK = "https://bot.skovkoebing.example/files/eksempel"
WANTED = "Der står, at teamet selv tager initiativ. Det var mig, der foreslog det."
CONTACT = "kvalitet@skovkoebing.example"


def mine(_: Translator) -> Card:
    held = [
        Held(kind=Kind.IDENTITY, concerned=3),
        Held(kind=Kind.PREPARATION, record=Record.PREPARATION_DRAFT, wrote=1),
        Held(kind=Kind.PREPARATION, record=Record.PREPARATION, wrote=2),
        Held(kind=Kind.REFLECTION, record=Record.REFLECTION, wrote=2),
        Held(kind=Kind.DECISION, record=Record.DECISION_DRAFT, wrote=1),
        Held(kind=Kind.DECISION, record=Record.DECISION, wrote=4, acted=1),
        Held(kind=Kind.DECISION, record=Record.BOARD_NOTE, wrote=1),
        Held(kind=Kind.PERSPECTIVE, record=Record.PERSPECTIVE, wrote=4),
        Held(kind=Kind.FEEDBACK, record=Record.FEEDBACK_DRAFT, wrote=1),
        Held(kind=Kind.FEEDBACK, record=Record.FEEDBACK_UNREAD, concerned=1),
        Held(kind=Kind.FEEDBACK, record=Record.FEEDBACK, wrote=1, concerned=2),
        Held(kind=Kind.ONE_ON_ONE, record=Record.ONE_ON_ONE_NOTE, concerned=2),
        Held(kind=Kind.ONE_ON_ONE, record=Record.ONE_ON_ONE, wrote=3, concerned=4),
        Held(kind=Kind.ONE_ON_ONE, record=Record.PRIVATE_ITEM, wrote=1),
        Held(kind=Kind.AGREEMENT, record=Record.AGREEMENT, concerned=4),
        Held(kind=Kind.PERSONAL_NOTE, record=Record.PERSONAL_NOTE, wrote=1),
        Held(kind=Kind.MESSAGE, concerned=38),
        Held(kind=Kind.AUDIT, record=Record.AUDIT, wrote=2, concerned=5),
    ]
    posts = [
        Post(role=Role.LEADER, reach="Elmeskolen", from_on=date(2024, 8, 1), to_on=None),
        Post(role=Role.OBSERVER, reach="Børnehuset Åen", from_on=date(2022, 8, 1), to_on=date(2024, 7, 31)),
    ]
    reads = {
        Record.FEEDBACK: (3, "Birgit Dam", STARTS),
        Record.ONE_ON_ONE_NOTE: (1, "Birgit Dam", STARTS - timedelta(days=9)),
    }
    sheet = Sheet(someone=made.leader(), posts=posts, held=held, reads=reads, contact=CONTACT, link=LINK)
    return my_data.show(_, sheet)


def mine_new(_: Translator) -> Card:
    posts = [Post(role=Role.ADMINISTRATION, reach="", from_on=date(2026, 4, 1), to_on=None)]
    held = [Held(kind=Kind.IDENTITY, concerned=2)]
    return my_data.show(_, Sheet(someone=made.colleague(), posts=posts, held=held, contact=CONTACT))


def _request(words: str = WANTED, state: RectificationState = RectificationState.ASKED, **more: Any) -> Rectification:
    made_of = Rectification(
        matter=more.pop("matter", Matter.NOTE),
        subject_id=made.uid(960),
        asked_by=made.leader().id,
        author_id=made.chief().id,
        wanted=words,
        reason="Det er vigtigt for teamet.",
        asked_at=STARTS,
        state=state,
        id=made.uid(961),
    )
    for name, value in more.items():
        setattr(made_of, name, value)
    return made_of


def _sheet(request: Rectification, *, as_author: bool = False, **more: Any) -> RectificationSheet:
    return RectificationSheet(
        request=request,
        asker=made.leader(),
        author=made.chief(),
        viewer=made.chief() if as_author else made.leader(),
        place="Elmeskolen",
        at=STARTS - timedelta(days=12),
        contact=CONTACT,
        **more,
    )


def _written() -> list[Written]:
    return [
        Written(matter=Matter.NOTE, subject_id=made.uid(960), place="Elmeskolen", at=STARTS, author=made.chief()),
        Written(
            matter=Matter.FEEDBACK, subject_id=made.uid(962), place="Elmeskolen", at=STARTS, author=made.colleague()
        ),
    ]


def correction(_: Translator) -> Card:
    return rectification_ask.begin(_, _written(), made.uid(961), contact=CONTACT)


def correction_wrong(_: Translator, words: str = WANTED) -> Card:
    typed = AskForm(rectification_id=made.uid(961), what="", wanted=words, reason="")
    problems = Problems({"what": Problem("not_chosen")})
    return rectification_ask.begin(_, _written(), made.uid(961), contact=CONTACT, typed=typed, problems=problems)


def correction_none(_: Translator) -> Card:
    return rectification_ask.begin(_, [], made.uid(961), contact=CONTACT)


def correction_sent(_: Translator, words: str = WANTED) -> Card:
    return rectification.show(_, _sheet(_request(words)))


def correction_asked(_: Translator, words: str = WANTED) -> Card:
    return rectification.ask_author(_, _sheet(_request(words), as_author=True, kept=made.talked(), number=1))


def correction_asked_wrong(_: Translator, words: str = WANTED) -> Card:
    typed = AnswerForm(
        rectification_id=made.uid(961), leading=words, works="", attention="", addendum="", answer="", was=1
    )
    sheet = _sheet(_request(), as_author=True, kept=made.talked(), number=1)
    return rectification.ask_author(_, sheet, typed=typed, problems=Problems({"answer": Problem("no_reason")}))


def correction_asked_feedback(_: Translator, words: str = WANTED) -> Card:
    request = _request(words, matter=Matter.FEEDBACK, case="2026-77")
    return rectification.ask_author(_, _sheet(request, as_author=True))


def correction_no_line(_: Translator, words: str = WANTED) -> Card:
    return rectification.ask_author(_, _sheet(_request(words), as_author=True, can_correct=False))


def correction_gone(_: Translator, words: str = WANTED) -> Card:
    return rectification.ask_author(_, _sheet(_request(words), as_author=True, can_correct=False, is_gone=True))


def correction_made(_: Translator, words: str = "Det husker jeg nu.") -> Card:
    request = _request(state=RectificationState.CORRECTED, answer=words, answered_at=STARTS + timedelta(days=3))
    return rectification.show(_, _sheet(request))


def correction_declined(_: Translator, words: str = "Sådan forstod jeg det, da vi talte sammen.") -> Card:
    request = _request(state=RectificationState.DECLINED, answer=words, answered_at=STARTS + timedelta(days=3))
    return rectification.show(_, _sheet(request))


def correction_over(_: Translator, words: str = WANTED) -> Card:
    written = rectification.given([words])
    return rectification.over(_, Expired("rectification_answered"), made.uid(961), written=written)


EXAMPLES = {
    "my_data": mine,
    "my_data_new": mine_new,
    "rectification_begin": correction,
    "rectification_wrong": correction_wrong,
    "rectification_none": correction_none,
    "rectification_sent": correction_sent,
    "rectification_asked": correction_asked,
    "rectification_asked_wrong": correction_asked_wrong,
    "rectification_asked_feedback": correction_asked_feedback,
    "rectification_no_line": correction_no_line,
    "rectification_gone": correction_gone,
    "rectification_made": correction_made,
    "rectification_declined": correction_declined,
    "rectification_over": correction_over,
}
