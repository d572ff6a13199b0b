"""What the first leader's institution decided at its last dialogue, what it heard since, and who has read of it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from domain.access import Record
from domain.acknowledgement import Acknowledgement, Reply
from domain.aims import FourAims
from domain.cycle import Theme
from domain.decision import Decision, DecisionKind, Involvement, What, Who
from domain.dialogue import Dialogue
from domain.feedback import Curious, Described, Feedback, FeedbackStep
from domain.focus_area import FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.invitation import What as Where
from domain.measure import Measure
from domain.observation import Observation, ObservationState
from domain.one_on_one import OneOnOne
from domain.organisation import Institution, Person
from domain.period import HalfYear
from domain.perspective import Count, FormalBody, Group, Perspective
from domain.preparation import Preparation, Source
from domain.priority import LocalPriority
from domain.reflection import Across, Basis, Participant, Reflection, Understanding
from domain.status import Status
from storage.audit import note_read
from storage.guide import current_guide
from storage.unit_of_work import UnitOfWork

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


def seed_readings(
    uow: UnitOfWork,
    institutions: Mapping[str, Institution],
    people: Mapping[str, Person],
    met: OneOnOne,
    *,
    desk: datetime,
) -> None:
    """A colleague gave feedback a month ago, which the chief has read, and the leader the note of their 1:1."""
    where = institutions["Elmeskolen"]
    leader, chief, observer = people["Mette Elkjær"], people["Birgit Dalum"], people["Dorte Engvang"]
    home = institutions["Børnehuset Åen"].id
    begun = desk - timedelta(days=28, hours=1)
    visit = Observation(
        institution_id=where.id,
        host_id=leader.id,
        guide_id=current_guide(uow).id,
        state=ObservationState.DONE,
        what=Where(where="0.a", focus="Hvem leger med hvem, når de kommer ud?", points=(2,)),
        observer_id=observer.id,
        observer_institution_id=home,
        offered=(begun,),
        asked_at=begun - timedelta(days=14),
        starts_at=begun,
        changed_at=begun - timedelta(days=12),
        is_informed=True,
        done_at=begun + timedelta(minutes=90),
        oral_on=begun.date(),
        revision=3,
    )
    given = Feedback(
        observation_id=visit.id,
        institution_id=where.id,
        home_id=home,
        author_id=observer.id,
        step=FeedbackStep.TAKEN,
        described=Described(
            saw="To grupper begynder, før de er ude ad døren. Fire børn går rundt om legepladsen i ti minutter. En "
            "voksen går med, spørger, hvad de kunne tænke sig, og bliver, til de er i gang.",
            supports="At den voksne gik med uden at bestemme legen.",
        ),
        curious=Curious(
            wonder="Hvad ville der ske, hvis de fire havde aftalt legen, før de gik ud?",
            home="Vi vil prøve at aftale legen indenfor, før vi åbner døren.",
            oral_on=begun.date(),
            unnamed=True,
        ),
        written_at=begun + timedelta(days=1, hours=3),
        submitted_at=begun + timedelta(days=1, hours=3),
    )
    read_at = begun + timedelta(days=5, hours=2)
    read = Acknowledgement(
        feedback_id=given.id,
        by_id=leader.id,
        at=read_at,
        reply=Reply(bring="Hvordan vi hjælper dem, der ikke har en leg, før de går ud."),
    )
    for entity in (visit, given, read):
        uow.add(entity)
        uow.session.flush()
    concerned = [observer.id, leader.id]
    note_read(
        uow,
        reader_id=leader.id,
        record=Record.FEEDBACK,
        subject_id=given.id,
        concerns=concerned,
        where=where,
        at=read_at,
    )
    note_read(
        uow,
        reader_id=chief.id,
        record=Record.FEEDBACK,
        subject_id=given.id,
        concerns=concerned,
        where=where,
        at=desk - timedelta(days=7) + timedelta(hours=3, minutes=20),
    )
    note_read(
        uow,
        reader_id=leader.id,
        record=Record.ONE_ON_ONE_NOTE,
        subject_id=met.id,
        concerns=[chief.id],
        where=where,
        at=met.starts_at + timedelta(days=1),
    )


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
