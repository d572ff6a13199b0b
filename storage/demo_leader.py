"""What the first leader's institution decided at its last dialogue, and what it heard since."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from domain.aims import FourAims
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind, Involvement, What, Who
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.measure import Measure
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.perspective import Count, FormalBody, Group, Perspective
from domain.preparation import Preparation, Source
from domain.priority import LocalPriority
from domain.reflection import Across, Basis, Participant, Reflection, Understanding
from domain.status import Status

TOLD = (
    (
        Group.YOUTH,
        FormalBody.STUDENT_COUNCIL,
        Count.SOME,
        "Det er lettere at sige noget, når man har talt sammen to og to først. Men det er tit den samme, man sidder "
        "med.",
        (FourAims.LEARNING, FourAims.WELL_BEING),
        16,
    ),
    (
        Group.PARENTS,
        FormalBody.BOARD,
        Count.MANY,
        "Vi hører mere derhjemme om, hvad der blev talt om i timen. Vi vil gerne vide, hvornår I prøver noget nyt af.",
        (FourAims.FORMATION,),
        12,
    ),
)
TEAM = "Teamet på 5. årgang"


def recorded(
    where: Institution,
    dialogue: Dialogue,
    preparation: Preparation,
    theme: Theme,
    leader: Person,
    *,
    today: date,
    desk: datetime,
) -> Iterator[Sequence[object]]:
    """A reflection, a focus area that is followed, a measure that goes on, another decision, and two perspectives."""
    at = dialogue.starts_at + timedelta(hours=2)
    figures = preparation.data.figures
    yield [
        Reflection(
            dialogue_id=dialogue.id,
            basis=Basis(
                participants=(Participant.MANAGEMENT, Participant.STAFF, Participant.CHIEF, Participant.CHILDREN),
                figures=figures,
                sources=preparation.data.sources,
            ),
            understanding=Understanding(
                interpretation=preparation.data.interpretation,
                analysis="Der, hvor eleverne får tid til at tale sammen først, svarer flere. Vi har ikke gjort det til "
                "en fælles vane, så det afhænger af, hvem der har timen.",
                across=(Across.NETWORK,),
                cross="Fyrreskolen har gode erfaringer med faste makkere i fire uger ad gangen.",
            ),
            written_by=leader.id,
            written_at=at,
            saved_at=at,
        )
    ]
    choice = _decision(
        dialogue,
        leader,
        at + timedelta(minutes=5),
        What(kind=DecisionKind.CHOOSE, text="Alle har talt med nogen, før vi samler op i klassen", figures=figures[:1]),
        Who(children=Involvement.HEARD, parents=Involvement.INFORMED, owner=TEAM),
    )
    choice.followed_at = choice.saved_at
    area = FocusArea(
        institution_id=where.id,
        theme_id=theme.id,
        decision_id=choice.id,
        title="Stemmer fra alle, før vi samler op",
        why="Det er de samme, der svarer, når vi spørger hele klassen. De andre har mere at sige, end vi hører.",
        signs="Eleverne svarer på hinanden, og flere end før siger noget i løbet af en uge.",
        owner=TEAM,
        chosen_at=at + timedelta(minutes=5),
        state=FocusAreaState.UNDER_WAY,
    )
    measure = _decision(
        dialogue,
        leader,
        at + timedelta(minutes=10),
        What(
            kind=DecisionKind.MEASURE,
            text="Faste makkerpar i dansk på 5. årgang",
            figures=figures[:1],
            sources=(Source.OBSERVATION,),
        ),
        Who(
            children=Involvement.INTERPRETING,
            parents=Involvement.INFORMED,
            owner=TEAM,
            due=today + timedelta(days=18),
        ),
    )
    other = _decision(
        dialogue,
        leader,
        at + timedelta(minutes=20),
        What(
            kind=DecisionKind.OTHER,
            text="Elevrådet er med til at forberede den næste læringssamtale",
            sources=(Source.CHILDREN,),
        ),
        Who(owner="Ledelsen", due=today + timedelta(days=4)),
    )
    yield [choice, measure, other]
    yield [area]
    yield [
        Measure.of(measure, where),
        *(_told(where, leader, desk, *each) for each in TOLD),
        _prioritised(where, leader, desk),
    ]
    yield list(_followed(area, leader, desk))


def _decision(dialogue: Dialogue, leader: Person, at: datetime, what: What, who: Who) -> Decision:
    return Decision(
        dialogue_id=dialogue.id,
        author_id=leader.id,
        what=what,
        who=who,
        kind=what.kind,
        due=who.due,
        written_by=leader.id,
        written_at=at,
        saved_at=at,
    )


def _followed(area: FocusArea, leader: Person, desk: datetime) -> Iterator[FocusStatus]:
    """How it went, a while after it was chosen and eighteen days ago."""
    first = area.chosen_at + timedelta(days=21)
    yield FocusStatus(
        focus_area_id=area.id,
        author_id=leader.id,
        written_at=first,
        status=Status.JUST_BEGUN,
        seen="Vi har lavet en tavle med makkere i to klasser. I de andre er det stadig den enkelte lærer, der vælger.",
        evidence=(Source.OBSERVATION,),
    )
    yield FocusStatus(
        focus_area_id=area.id,
        author_id=leader.id,
        written_at=max(first + timedelta(days=1), desk - timedelta(days=18)),
        status=Status.UNDER_WAY,
        seen="I fire af seks klasser taler eleverne to og to først. Der er flere hænder, når vi samler op bagefter.",
        meaning="Nogle af dem, der ikke plejer at sige noget, fortæller nu, hvad deres makker fandt på.",
        learned="Det virker bedst, når makkerne er de samme i nogle uger.",
        next_step="Vi spørger elevrådet, hvem der sjældent er makker med nogen.",
        evidence=(Source.OBSERVATION, Source.CHILDREN),
    )


def _prioritised(where: Institution, leader: Person, desk: datetime) -> LocalPriority:
    """What the school puts first in this half-year, written three weeks ago."""
    return LocalPriority(
        institution_id=where.id,
        half_year=HalfYear.of(desk.date()),
        author_id=leader.id,
        text="Vi vil have alle elever til at sige noget i timerne, og vi begynder på mellemtrinnet, hvor færrest gør "
        "det. Derfor bruger vi teammøderne på makkerpar i dette halvår, og andre ønsker må vente.",
        written_at=desk - timedelta(days=21),
    )


def _told(
    where: Institution,
    leader: Person,
    desk: datetime,
    group: Group,
    body: FormalBody,
    count: Count,
    said: str,
    aims: tuple[FourAims, ...],
    days: int,
) -> Perspective:
    at = desk - timedelta(days=days)
    return Perspective(
        institution_id=where.id,
        author_id=leader.id,
        group=group,
        count=count,
        said=said,
        aims=aims,
        body=body,
        half_year=HalfYear.of(at.date()),
        written_at=at,
    )
