"""An observation of the invented school by a teacher from another one, for the cards that are looked at."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from cards.observation import Sheet as InvitationSheet
from cards.visit import Visit
from domain.acknowledgement import Acknowledgement, Given, Reply
from domain.aims import FourAims
from domain.appointment import Slot
from domain.feedback import Curious, Described, Feedback, FeedbackAddendum, FeedbackStep
from domain.guide import GuideText, ObservationGuide
from domain.invitation import InvitationStep, What, When, Whom
from domain.observation import Observation, ObservationState, Progress
from domain.observer import Candidate
from domain.organisation import AgeRange, Institution, InstitutionType, Person
from domain.visit import Note
from tests.cards.municipality import focus_area, leader, school, uid

NOON = datetime(2026, 4, 28, 12, 0, tzinfo=UTC)
VISIT = datetime(2026, 4, 28, 7, 0, tzinfo=UTC)


def guest() -> Person:
    return Person(id=uid(150), name="Rune Sol", email="rune.sol@example.dk", aad_object_id=str(uid(150)))


def other_school() -> Institution:
    return Institution(
        id=uid(151), name="Fyrreskolen", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=uid(1)
    )


def guide(words: str = "", *, edition: int | None = 1) -> ObservationGuide:
    text = GuideText(
        definition=words
        or "Et læringsmiljø er det, børn og unge møder i hverdagen: rammerne, fællesskabet, de voksne og det, de er "
        "sammen om. Det er de voksne, der skaber det, og det kan ændres.",
        points=(
            "Deltagelse: hvem der er med, og hvordan man kommer med",
            "Samtalen: hvem der taler sammen, og om hvad",
        ),
        rules=(
            "Du er gæst. Se på læringsmiljøet og ikke på enkelte børn eller medarbejdere.",
            "Skriv ingen navne ned. Tag ikke billeder, og optag ikke lyd.",
        ),
        definition_en=words
        or "A learning environment is what children and young people meet every day: the setting, the community, the "
        "adults and what they do together. It is made by the adults, and it can be changed.",
        points_en=(
            "Taking part: who is in, and how one gets in",
            "Conversation: who talks with whom, and about what",
        ),
        rules_en=(
            "You are a guest. Look at the learning environment and not at single children or staff.",
            "Write down no names. Take no pictures, and record no sound.",
        ),
    )
    published = datetime(2026, 3, 2, 9, 0, tzinfo=UTC) if edition else None
    return ObservationGuide(id=uid(152), text=text, edition=edition, published_at=published, published_by=uid(4))


def candidates() -> list[Candidate]:
    rows = [("Rune Sol", "Fyrreskolen", True, uid(1)), ("Anders Lyng", "Fyrreskolen", True, uid(9))]
    rows.append(("Ali Krogh", "Børnehuset Ved Åen og Mølledammen", False, uid(1)))
    return [
        Candidate(
            person_id=uid(150 if number == 0 else 160 + number),
            name=name,
            institution_id=uid(151),
            institution=institution,
            type=InstitutionType.SCHOOL,
            area_id=area_id,
            has_same_theme=same,
        )
        for number, (name, institution, same, area_id) in enumerate(rows)
    ]


def observation(state: ObservationState = ObservationState.AGREED, words: str = "", **more: Any) -> Observation:
    agreed = state in (ObservationState.AGREED, ObservationState.DONE, ObservationState.CANCELLED)
    usual: dict[str, Any] = {
        "id": uid(153),
        "institution_id": uid(2),
        "host_id": uid(4),
        "guide_id": uid(152),
        "state": state,
        "what": What(where="2. årgang", focus=words or "Hvem kommer til orde i kredsen, og hvordan?", points=(0, 1)),
        "when": When(slots=(Slot(VISIT.date(), time(9)), Slot(date(2026, 4, 29), time(10)))),
        "offered": (VISIT, datetime(2026, 4, 29, 8, 0, tzinfo=UTC), datetime(2026, 5, 5, 7, 30, tzinfo=UTC)),
        "asked_at": datetime(2026, 4, 14, 8, 0, tzinfo=UTC),
        "starts_at": VISIT if agreed else None,
        "oral_on": date(2026, 4, 28) if state is ObservationState.DONE else None,
        "observer_id": uid(150),
        "observer_institution_id": uid(151),
    }
    return Observation(**{**usual, **more})


def visit(
    state: ObservationState = ObservationState.AGREED,
    words: str = "",
    *,
    leads: bool = False,
    progress: Progress | None = None,
    now: datetime = datetime(2026, 4, 20, 8, 0, tzinfo=UTC),
    feedback_id: UUID | None = None,
    is_acknowledged: bool = False,
    **more: Any,
) -> Visit:
    about = observation(state, words, **more)
    is_sent = feedback_id is not None
    return Visit(
        observation=about,
        host=school(),
        invited_by=leader(),
        guide=guide(),
        progress=progress or about.progress(is_sent=is_sent),
        leads=leads,
        now=now,
        observer=guest(),
        home=other_school(),
        focus_area=focus_area().title,
        feedback_id=feedback_id,
        is_acknowledged=is_acknowledged,
    )


def invitation(step: InvitationStep, words: str = "", **more: Any) -> InvitationSheet:
    about = observation(ObservationState.DRAFT, words)
    about.step, about.whom = step, Whom(observer_id=uid(150))
    usual: dict[str, Any] = {
        "institution": school(),
        "author": leader(),
        "observation": about,
        "guide": guide(),
        "listed": candidates(),
        "suggested": True,
        "chosen": candidates()[0],
        "focus_areas": [focus_area()],
    }
    return InvitationSheet(**{**usual, **more})


def notes(words: str = "Tolv børn i en kreds. Fire taler.") -> list[Note]:
    return [
        Note(
            id=uid(170 + number),
            observation_id=uid(153),
            author_id=uid(150),
            written_at=VISIT + timedelta(minutes=12 * number),
            text=text,
        )
        for number, text in enumerate((words, "En voksen venter, til der bliver svaret."))
    ]


def feedback(words: str = "", *, sent: bool = True, step: FeedbackStep = FeedbackStep.SEEN) -> Feedback:
    return Feedback(
        id=uid(154),
        observation_id=uid(153),
        institution_id=uid(2),
        home_id=uid(151),
        author_id=uid(150),
        step=step,
        described=Described(
            saw=words or "Tolv børn sad i en kreds. Fire talte, og de andre så på dem. Da to gik sammen, talte alle.",
            supports="En voksen ventede, til der blev svaret.",
        ),
        curious=Curious(
            wonder="Hvad ville der ske, hvis kredsen var mindre?",
            home="Vi vil prøve at begynde to og to.",
            oral_on=date(2026, 4, 28),
        ),
        written_at=NOON,
        submitted_at=NOON if sent else None,
    )


def acknowledged(words: str = "", *, thanked: bool = False) -> Acknowledgement:
    return Acknowledgement(
        id=uid(155),
        feedback_id=uid(154),
        by_id=uid(4),
        at=datetime(2026, 4, 30, 8, 0, tzinfo=UTC),
        reply=Reply(
            bring=words or "Vi vil prøve mindre kredse.",
            focus_area_id=uid(90),
            comment=words or "Spørgsmålet om kredsens størrelse har vi talt om på teammødet.",
            aims=(FourAims.LEARNING, FourAims.FORMATION),
        ),
        thanked_at=datetime(2026, 4, 30, 8, 0, tzinfo=UTC) if thanked else None,
    )


def given(words: str = "", read: Acknowledgement | None = None) -> Given:
    return Given(
        feedback=feedback(words),
        about=observation(ObservationState.DONE),
        host=school(),
        home=other_school(),
        author=guest(),
        acknowledged=read,
    )


def remark(words: str = "Kredsen var om morgenen.") -> FeedbackAddendum:
    return FeedbackAddendum(
        id=uid(156),
        feedback_id=uid(154),
        author_id=uid(150),
        text=words,
        written_at=datetime(2026, 4, 29, 9, 0, tzinfo=UTC),
    )
