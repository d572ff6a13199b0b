"""What two institutions of the invented municipality have shared, and how they came to it: reflection, decision, focus.

Nothing is shared out of nothing, so the whole way is there: a held dialogue, its reflection, the decision that chose a
focus area, the status that it goes well, and the practice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.cycle import Theme
from domain.decision import Decision, DecisionKind, DecisionStep, Involvement, What, Who
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.organisation import Institution, Person
from domain.practice import Account, Practice
from domain.preparation import Source
from domain.reflection import Across, Basis, Participant, Reflection, ReflectionStep, Understanding
from domain.status import Status

SAID_DAYS_AGO, SHARED_DAYS_AGO = 16, 9


@dataclass(frozen=True)
class Told:
    """What one institution has tried: its focus area and the practice, told with or without a name."""

    place: str
    title: str
    signs: str
    did: str
    why: str
    seen: str
    may_contact: bool


TOLD = (
    Told(
        "Fyrreskolen",
        "En kendt voksen i hver overgang",
        "Flere kan nævne en voksen på den nye årgang, før de begynder.",
        "Tre uger før sommerferien har 3. årgang en fast voksen fra mellemtrinnet med i en dansktime om ugen. I august "
        "tager den samme voksen imod dem. Vi flyttede to timer i skemaet, mere krævede det ikke.",
        "Børnene havde allerede prøvet at sige noget, mens den nye voksne var der, så de skulle ikke begynde forfra.",
        "Flere elever går selv hen til den voksne, de mødte før ferien.",
        may_contact=True,
    ),
    Told(
        "Dagtilbud Solbakken",
        "Flere børn med i legen om eftermiddagen",
        "Færre børn står alene, når gruppen skifter rum.",
        "Vi deler os i tre faste legegrupper klokken 14, før nogen går hjem, og en voksen begynder en leg i hver. De "
        "samme børn leger sammen i to uger, og så taler vi om, hvem der skal bytte.",
        "De stille børn kender deres gruppe og behøver ikke at spørge, om de må være med.",
        "Fire børn, der før gik rundt alene, er nu med hver dag.",
        may_contact=False,
    ),
)


def practised(
    told: Told, where: Institution, dialogue: Dialogue, theme: Theme, leader: Person, *, now: datetime, today: date
) -> Sequence[object]:
    """One institution's way from the dialogue to what it shares, in the order in which one refers to the other."""
    at = dialogue.starts_at + timedelta(hours=2)
    reflection = Reflection(
        dialogue_id=dialogue.id,
        step=ReflectionStep.UNDERSTANDING,
        basis=Basis(
            participants=(Participant.MANAGEMENT, Participant.STAFF, Participant.CHIEF),
            sources=(Source.OBSERVATION, Source.PARENTS),
        ),
        understanding=Understanding(
            interpretation="Det er de samme børn, der falder udenfor, når rammen omkring dem skifter.",
            analysis="Vi har planlagt skiftene for de voksnes skyld og ikke for børnenes.",
            across=(Across.NETWORK,),
            cross="Erfaringer fra ledernetværket",
        ),
        written_by=leader.id,
        written_at=at,
        saved_at=at,
    )
    decision = Decision(
        dialogue_id=dialogue.id,
        author_id=leader.id,
        step=DecisionStep.WHO,
        what=What(kind=DecisionKind.CHOOSE, text=f"Vi vælger: {told.title}", sources=(Source.OBSERVATION,)),
        who=Who(
            children=Involvement.HEARD,
            parents=Involvement.HEARD,
            owner="Ledelsen og teamene",
            due=today + timedelta(days=60),
        ),
        kind=DecisionKind.CHOOSE,
        due=today + timedelta(days=60),
        written_by=leader.id,
        written_at=at,
        saved_at=at,
        followed_at=at,
    )
    area = FocusArea(
        institution_id=where.id,
        theme_id=theme.id,
        decision_id=decision.id,
        title=told.title,
        why="Det er her, vi kan gøre den største forskel for de børn, der har det sværest.",
        signs=told.signs,
        chosen_at=at,
        state=FocusAreaState.UNDER_WAY,
    )
    decision.focus_area_id = area.id
    status = FocusStatus(
        focus_area_id=area.id,
        author_id=leader.id,
        written_at=now - timedelta(days=SAID_DAYS_AGO),
        status=Status.GOING_WELL,
        seen=told.seen,
    )
    account = Account(did=told.did, why=told.why, contact_id=leader.id if told.may_contact else None)
    shared_at = now - timedelta(days=SHARED_DAYS_AGO)
    practice = Practice(
        institution_id=where.id,
        theme_id=theme.id,
        focus_area_id=area.id,
        title=told.title,
        draft=account,
        shared=account,
        written_by=leader.id,
        written_at=shared_at,
        shared_at=shared_at,
    )
    return reflection, decision, area, status, practice
