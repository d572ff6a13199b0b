"""An invented school and day-care for the cards that are looked at: fixed ids and times, and no database."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from cards.agenda import Entry, last_or_next
from cards.agreement_owner import owner_and_due
from cards.board import Record as BoardRecord
from cards.board import Sheet as BoardSheet
from cards.board_extract import Extract
from cards.confirmation import Sheet as NoteSheet
from cards.decision import Sheet as DecisionSheet
from cards.focus_area_aim import Sheet as AimSheet
from cards.focus_area_story import Grounds, Story
from cards.language import Translator
from cards.meeting import Meeting
from cards.network import Sheet as NetworkSheet
from cards.perspective import Sheet as PerspectiveSheet
from cards.practice import Sheet as PracticeSheet
from cards.preparation import Sheet
from cards.priority import Sheet as PrioritySheet
from cards.reflection import Sheet as ReflectionSheet
from cards.words import dialogue_line
from domain.agenda import AgendaItem, AgendaSource
from domain.agreement import Agreement, AgreementState, Owner
from domain.aims import FourAims
from domain.board import BoardNote
from domain.cycle import Cycle, PoliticalRound, RoundState, Theme
from domain.data_package import DataPackage, KeyFigure, PackageState
from domain.decision import Decision, DecisionKind, Involvement, What, Who
from domain.dialogue import Addendum, Dialogue, DialogueState
from domain.evidence import Average, Breakdown, Evidence, Tally, ThemeEvidence
from domain.focus_area import Closing, FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.measure import Measure, MeasureState
from domain.municipality import Facts
from domain.network import Answer, NetworkStatement, Recognition
from domain.note import Note, NoteVersion, Remark
from domain.one_on_one import OneOnOne, OneOnOneState
from domain.organisation import AgeRange, Area, Institution, InstitutionType, Person
from domain.period import HalfYear
from domain.perspective import Count, FormalBody, Group, Heard, Perspective, PerspectiveTool, Recommendation, Response
from domain.practice import Account, Practice
from domain.preparation import (
    Body,
    Considered,
    DataStep,
    FocusStep,
    PerspectiveStep,
    Preparation,
    PreparationState,
    Source,
)
from domain.priority import LocalPriority
from domain.reflection import Across, Basis, Participant, Reflection, Understanding
from domain.status import Status

WORDS = "Flere elever siger selv noget i timerne, når de først har talt sammen to og to."
STARTS = datetime(2026, 4, 21, 7, 0, tzinfo=UTC)
SEEN_AT = datetime(2026, 2, 3, 8, 0, tzinfo=UTC)
SPRING = HalfYear(2026, 1)


def uid(number: int) -> UUID:
    return UUID(int=number)


def area() -> Area:
    return Area(id=uid(1), name="Område Nord")


def school() -> Institution:
    return Institution(
        id=uid(2), name="Elmeskolen", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=uid(1)
    )


def day_care() -> Institution:
    return Institution(
        id=uid(3),
        name="Børnehuset Ved Åen og Mølledammen",
        type=InstitutionType.DAYCARE,
        age_range=AgeRange.YOUNGER,
        area_id=uid(1),
    )


def leader() -> Person:
    return Person(id=uid(4), name="Mette Holm", email="mette.holm@example.dk", aad_object_id=str(uid(4)))


def colleague() -> Person:
    return Person(id=uid(5), name="Jonas Berg", email="jonas.berg@example.dk", aad_object_id=str(uid(5)))


def cycle() -> Cycle:
    return Cycle(id=uid(6), age_range=AgeRange.OLDER, first_half_year=HalfYear(2025, 2))


def themes() -> list[Theme]:
    titles = [
        ("Overgange og deltagelse", "Transitions and participation"),
        ("Trivsel i fællesskaber", "Thriving together"),
    ]
    return [
        Theme(
            id=uid(10 + number),
            round_id=uid(9),
            title=danish,
            title_en=english,
            age_range=AgeRange.OLDER,
            valid_from=HalfYear(2025, 2),
            valid_to=HalfYear(2027, 1),
            aims=(FourAims.WELL_BEING, FourAims.FORMATION) if number else (),
        )
        for number, (danish, english) in enumerate(titles)
    ]


def dialogue(state: DialogueState = DialogueState.OPEN, number: int | None = 2) -> Dialogue:
    return Dialogue(
        id=uid(20),
        institution_id=uid(2),
        cycle_id=uid(6),
        half_year=SPRING,
        starts_at=STARTS,
        place="Elmeskolen, mødelokale 2",
        number=number,
        state=state,
    )


def package() -> DataPackage:
    return DataPackage(
        id=uid(30),
        institution_id=uid(2),
        half_year=SPRING,
        template=InstitutionType.SCHOOL,
        state=PackageState.RELEASED,
        released_at=datetime(2026, 3, 20, 8, 0, tzinfo=UTC),
    )


def figures() -> list[KeyFigure]:
    rows: list[tuple[str, float, str, int | None, float | None, float | None, UUID | None]] = [
        ("Elever, der oplever at kunne deltage", 78.4, "%", 412, 74.1, 80, uid(10)),
        ("Skoleskift i løbet af året", 3, "elever", 3, 7, None, uid(10)),
        ("Trivsel, social", 4.1, "point (1-5)", 398, 4.1, 4.2, uid(11)),
        ("Elevfravær", 6.2, "%", 430, 7, 6.6, None),
        ("Personale med uddannelse", 91, "%", 46, None, 88, None),
    ]
    return [
        KeyFigure(
            id=uid(40 + number),
            package_id=uid(30),
            indicator=indicator,
            value=value,
            unit=unit,
            source="LIS",
            as_of=date(2026, 3, 1),
            n=n,
            previous=previous,
            comparison=comparison,
            theme_id=theme_id,
        )
        for number, (indicator, value, unit, n, previous, comparison, theme_id) in enumerate(rows)
    ]


def preparation(words: str = WORDS, *, state: PreparationState = PreparationState.DRAFT) -> Preparation:
    return Preparation(
        id=uid(50),
        dialogue_id=uid(20),
        state=state,
        data=DataStep(
            figures=(uid(40), uid(43)),
            sources=(Source.OBSERVATION, Source.YOUTH),
            interpretation=words,
            wonder="Hvorfor ser vi det mest på mellemtrinnet?",
        ),
        perspectives=PerspectiveStep(
            children="Elevrådet siger, at det er lettere at sige noget i små grupper.",
            parents_by=date(2026, 4, 17),
            staff="Teamet vil gerne prøve det af i to fag mere.",
            bodies=(Body.STUDENT_COUNCIL, Body.STAFF_MEETING),
        ),
        focus=FocusStep(
            considered=(Considered(uid(10), "Flere stemmer i timerne"),),
            wishes="Hvordan vi holder fast, når hverdagen fylder.",
        ),
        written_by=uid(5),
        written_at=datetime(2026, 4, 14, 11, 20, tzinfo=UTC),
    )


def sheet(
    kept: Preparation | None = None,
    *,
    about: Dialogue | None = None,
    handed_to: Person | None = None,
    shared_with: tuple[Person, ...] = (),
    addenda: tuple[tuple[Addendum, Person], ...] = (),
    was_moved: bool = False,
) -> Sheet:
    about = about or dialogue()
    return Sheet(
        institution=school(),
        dialogue=about,
        preparation=kept or Preparation(id=uid(50), dialogue_id=uid(20)),
        figures=figures(),
        sources=Source.of(AgeRange.OLDER),
        themes=themes(),
        theme_titles={each.id: each for each in themes()},
        earlier=(Considered(uid(11), "En rolig start på dagen"),),
        handed_to=handed_to,
        shared_with=shared_with,
        written_by=colleague(),
        viewer=leader(),
        leads=True,
        days_left=7,
        can_correct=about.can_be_prepared,
        addenda=addenda,
        was_moved=was_moved,
    )


def local_priority(words: str = WORDS, *, number: int = 150, half_year: HalfYear = SPRING) -> LocalPriority:
    return LocalPriority(
        id=uid(number),
        institution_id=uid(2),
        half_year=half_year,
        author_id=uid(4),
        text=words,
        written_at=datetime(2026, 3, 24, 9, 15, tzinfo=UTC),
    )


def prioritised(kept: LocalPriority | None = None, **more: Any) -> PrioritySheet:
    return PrioritySheet(
        institution=school(),
        half_year=SPRING,
        priority=kept,
        viewer=leader(),
        written_by=leader() if kept else None,
        can_write=True,
        **more,
    )


def reflection(words: str = WORDS, *, saved: bool = False) -> Reflection:
    return Reflection(
        id=uid(60),
        dialogue_id=uid(20),
        basis=Basis(
            participants=(Participant.MANAGEMENT, Participant.STAFF, Participant.CHIEF, Participant.CHILDREN),
            figures=(uid(40), uid(43)),
            sources=(Source.OBSERVATION, Source.YOUTH),
        ),
        understanding=Understanding(
            interpretation=words,
            analysis="Vi spørger oftere i små grupper, og de, der er usikre, har fået prøvet deres svar af først.",
            across=(Across.NETWORK, Across.RESEARCH),
            cross="Netværkets erfaringer med makkerpar",
        ),
        written_by=uid(5),
        written_at=datetime(2026, 4, 21, 8, 20, tzinfo=UTC),
        saved_at=datetime(2026, 4, 21, 8, 25, tzinfo=UTC) if saved else None,
    )


def reflected(kept: Reflection | None = None) -> ReflectionSheet:
    return ReflectionSheet(
        institution=school(),
        dialogue=dialogue(DialogueState.READY),
        reflection=kept or reflection(),
        figures=figures(),
        sources=Source.of(AgeRange.OLDER),
        written_by=colleague(),
        viewer=leader(),
        can_correct=True,
    )


def facts() -> Facts:
    return Facts(
        controller="Skovkøbing Kommune, Børn og Unge",
        purpose="Kvalitetsopfølgning og tilsyn i Børn og Unges tilbud",
        basis="Databeskyttelsesforordningen art. 6, stk. 1, litra e",
        recipients="Ingen uden for kommunen; serverens leverandør er databehandler",
        storage="Fem år efter periodens udløb",
        contact="kvalitet@skovkoebing.example",
        protection_officer="dpo@skovkoebing.example",
    )


def decision(
    words: str = WORDS,
    *,
    kind: DecisionKind | None = DecisionKind.MEASURE,
    saved: bool = False,
    number: int = 80,
    area_id: UUID | None = None,
) -> Decision:
    return Decision(
        id=uid(number),
        dialogue_id=uid(20),
        author_id=uid(4),
        what=What(kind=kind, focus_area_id=area_id, text=words, figures=(uid(40),), sources=(Source.OBSERVATION,)),
        who=Who(
            children=Involvement.INTERPRETING,
            parents=Involvement.NOT_YET,
            involve_by=date(2026, 5, 29),
            owner="Teamet omkring 5. årgang",
            due=date(2026, 6, 12),
        ),
        kind=kind,
        focus_area_id=area_id,
        due=date(2026, 6, 12),
        written_by=uid(5),
        written_at=datetime(2026, 4, 21, 8, 40, tzinfo=UTC),
        saved_at=datetime(2026, 4, 21, 8, 45, tzinfo=UTC) if saved else None,
    )


def decided(
    kept: Decision | None = None,
    *saved: Decision,
    about: Dialogue | None = None,
    draft: Decision | None = None,
    can_record: bool = True,
    is_late: bool = False,
) -> DecisionSheet:
    about = about or dialogue(DialogueState.RECORDED if saved else DialogueState.HELD)
    waiting = [each for each in saved if each.waits]
    return DecisionSheet(
        institution=school(),
        dialogue=about,
        decision=kept or Decision(id=uid(80), dialogue_id=uid(20), author_id=uid(4)),
        decisions=saved,
        figures=figures()[:2],
        sources=(Source.OBSERVATION, Source.YOUTH),
        focus_areas=[focus_area()],
        titles={uid(90): focus_area().title},
        written_by=colleague(),
        viewer=leader(),
        can_record=can_record,
        is_late=is_late,
        pending=waiting[0] if waiting else None,
        draft=draft,
        can_send=bool(saved) and can_record,
    )


def focus_area(words: str = WORDS, *, closing: Closing | None = None) -> FocusArea:
    return FocusArea(
        id=uid(90),
        institution_id=uid(2),
        theme_id=uid(10),
        decision_id=uid(80),
        title="Flere stemmer i timerne",
        why=words,
        signs="Flere elever rækker hånden op, og flere svarer på hinanden.",
        first_step="Teamet prøver makkerpar i dansk",
        first_step_on=date(2026, 5, 4),
        aims=(FourAims.WELL_BEING, FourAims.FORMATION),
        owner="Teamet omkring 5. årgang",
        written_by=uid(5),
        written_at=datetime(2026, 4, 21, 8, 50, tzinfo=UTC),
        chosen_at=datetime(2025, 10, 21, 8, 0, tzinfo=UTC),
        state=FocusAreaState.CLOSED if closing else FocusAreaState.UNDER_WAY,
        closing=closing,
        closed_at=datetime(2026, 4, 21, 9, 0, tzinfo=UTC) if closing else None,
        outcome=words if closing else "",
    )


def statuses(words: str = WORDS, last: Status = Status.GOING_WELL) -> list[tuple[FocusStatus, Person]]:
    def status(number: int, month: int, value: Status, **more: Any) -> tuple[FocusStatus, Person]:
        made = FocusStatus(
            id=uid(100 + number),
            focus_area_id=uid(90),
            author_id=uid(4),
            written_at=datetime(2026, month, 12, 9, 0, tzinfo=UTC),
            status=value,
            **more,
        )
        return made, leader()

    return [
        status(0, 1, Status.JUST_BEGUN, seen="Vi har talt om det på personalemødet."),
        status(1, 2, Status.JUST_BEGUN, is_unchanged=True),
        status(
            2,
            3,
            last,
            seen=words,
            meaning="Tre, der aldrig sagde noget, siger nu noget hver uge.",
            learned="Vi skal vente længere, før vi selv svarer.",
            next_step="Prøve det i matematik",
            next_on=date(2026, 4, 27),
            evidence=(Source.OBSERVATION, Source.YOUTH),
        ),
    ]


def story(words: str = WORDS, *, last: Status = Status.GOING_WELL, begun: bool = True, **more: Any) -> Story:
    return Story(
        institution=school(),
        area=more.pop("area", None) or focus_area(words),
        theme=themes()[0],
        history=statuses(words, last) if begun else [],
        measures=[measure(), measure("Elevrådet prøver det af", MeasureState.DONE)],
        grounds=more.pop("grounds", None) or grounds(words),
        leads=True,
        **more,
    )


def grounds(words: str = WORDS) -> Grounds:
    return Grounds(
        decision=decision(words, saved=True),
        dialogue=dialogue(DialogueState.CLOSED, 1),
        reflection=reflection(words, saved=True),
        figures=figures()[:1],
    )


def measure(words: str = "Makkerpar i dansk og matematik", state: MeasureState = MeasureState.OPEN) -> Measure:
    return Measure(
        id=uid(110),
        institution_id=uid(2),
        decision_id=uid(81),
        text=words,
        owner="Teamet omkring 5. årgang",
        due=date(2026, 6, 12),
        focus_area_id=uid(90),
        state=state,
        outcome="Det virker bedst, når makkerne skifter hver måned." if state is not MeasureState.OPEN else "",
        ended_at=datetime(2026, 4, 14, 9, 0, tzinfo=UTC) if state is not MeasureState.OPEN else None,
    )


def aimed(kind: DecisionKind = DecisionKind.CHOOSE, *, active: int = 1, undiscussed: int = 0) -> AimSheet:
    about = decision(kind=kind, saved=True)
    return AimSheet(
        institution=school(),
        dialogue=dialogue(DialogueState.RECORDED),
        decision=about,
        area=None if kind is DecisionKind.CHOOSE else focus_area(),
        themes=themes(),
        viewer=leader(),
        written_by=colleague(),
        undiscussed=themes()[:undiscussed],
        earlier=[focus_area(closing=Closing.CONTINUED)] if kind is DecisionKind.CHOOSE and active > 2 else [],
        active=active,
    )


def tools() -> list[PerspectiveTool]:
    names = [("Børneinterview", "Interviews with children"), ("Klassens time", "Class meeting")]
    return [
        PerspectiveTool(
            id=uid(130 + number), name=danish, name_en=english, how="En voksen spørger åbent.", how_en="Ask openly."
        )
        for number, (danish, english) in enumerate(names)
    ]


def perspective(words: str = WORDS, *, count: Count = Count.SOME, group: Group = Group.YOUTH) -> Perspective:
    return Perspective(
        id=uid(140),
        institution_id=uid(2),
        author_id=uid(4),
        group=group,
        count=count,
        said=words,
        recommend=words,
        tool_id=uid(131),
        half_year=SPRING,
        written_at=datetime(2026, 3, 17, 9, 0, tzinfo=UTC),
    )


def heard(words: str = WORDS) -> list[Heard]:
    """Three perspectives that were filed since the last dialogue."""
    named = perspective("De vil gerne vide mere om, hvad børnene laver i grupperne.")
    named.id, named.group, named.tool_id, named.body = uid(144), Group.PARENTS, None, FormalBody.BOARD
    long = perspective("Det er lettere at sige noget, når vi er få. Så griner ingen. " * 6)
    long.id = uid(145)
    return [
        Heard(perspective=each, tool=None if each.body else tools()[1]) for each in (perspective(words), named, long)
    ]


def recommendation(words: str = WORDS, response: Response = Response.OPEN, **more: Any) -> Recommendation:
    return Recommendation(
        id=uid(141),
        perspective_id=uid(140),
        institution_id=uid(2),
        text=words,
        written_at=datetime(2026, 3, 17, 9, 0, tzinfo=UTC),
        response=response,
        **more,
    )


def told(kept: Perspective | None, **more: Any) -> PerspectiveSheet:
    return PerspectiveSheet(
        institution=school(), perspective=kept, tools=tools(), viewer=leader(), written_by=colleague(), **more
    )


def practice(
    words: str = WORDS, *, title: str = "Flere stemmer i timerne", number: int = 150, contact: bool = True
) -> Practice:
    told = Account(
        did=words,
        why="De, der er usikre, har fået prøvet deres svar af, før de siger det højt.",
        contact_id=uid(4) if contact else None,
    )
    return Practice(
        id=uid(number),
        institution_id=uid(2),
        theme_id=uid(10),
        focus_area_id=uid(90),
        title=title,
        draft=told,
        shared=told,
        written_by=uid(5),
        written_at=datetime(2026, 3, 18, 9, 0, tzinfo=UTC),
        shared_at=datetime(2026, 3, 18, 9, 5, tzinfo=UTC),
    )


def practised(kept: Practice | None, *, account: Account | None = None, **more: Any) -> PracticeSheet:
    return PracticeSheet(
        institution=school(),
        about_id=uid(90),
        title=kept.title if kept else focus_area().title,
        theme=themes()[0],
        practice=kept,
        account=account or (kept.draft if kept else Account()),
        viewer=more.pop("viewer", leader()),
        written_by=colleague() if kept else None,
        **more,
    )


def chief() -> Person:
    return Person(id=uid(7), name="Birgit Dam", email="birgit.dam@example.dk", aad_object_id=str(uid(7)))


def one_on_one(state: OneOnOneState = OneOnOneState.AGENDA_OPEN, **more: Any) -> OneOnOne:
    return OneOnOne(
        id=uid(200),
        chief_id=uid(7),
        leader_id=uid(4),
        institution_ids=(uid(2),),
        starts_at=datetime(2026, 4, 23, 8, 0, tzinfo=UTC),
        meets_on=date(2026, 4, 23),
        scheduled_at=datetime(2026, 4, 1, 8, 0, tzinfo=UTC),
        place="Elmeskolen, mødelokale 2",
        state=state,
        **more,
    )


def extract(words: str = WORDS, *, count: Count = Count.SOME) -> Extract:
    made = decided(None, decision(words, saved=True), decision(words, kind=DecisionKind.OTHER, saved=True, number=81))
    voice = perspective(words, count=count)
    reported = recommendation(
        words,
        Response.PARTLY,
        reason="Vi prøver det i to fag først.",
        reported_on=date(2026, 4, 3),
        responded_at=datetime(2026, 4, 2, 9, 0, tzinfo=UTC),
    )
    return Extract(
        institution=school(),
        dialogue=dialogue(DialogueState.RECORDED),
        reflection=reflection(words, saved=True),
        figures=made.figures,
        decided=made,
        stories=[story(words)],
        perspectives=[(voice, reported)],
        tools={each.id: each for each in tools()},
        made_at=datetime(2026, 4, 22, 8, 0, tzinfo=UTC),
    )


def board_note(words: str = WORDS, *, added: bool = False) -> BoardNote:
    return BoardNote(
        id=uid(160),
        dialogue_id=uid(20),
        author_id=uid(4),
        written_at=datetime(2026, 5, 13, 9, 0, tzinfo=UTC),
        informed_on=date(2026, 5, 12),
        said=words,
        is_added=added,
    )


def for_the_board(words: str = WORDS, *, links: bool = True, **more: Any) -> BoardSheet:
    link = "https://laeringsbot.example/files/" if links else None
    return BoardSheet(
        extract=extract(words, **more),
        word=f"{link}word" if link else None,
        pdf=f"{link}pdf" if link else None,
    )


def board_record(kept: BoardNote | None = None, *, closed: bool = False) -> BoardRecord:
    return BoardRecord(
        institution=school(),
        dialogue=dialogue(DialogueState.CLOSED if closed else DialogueState.RECORDED),
        note_id=uid(160),
        note=kept,
        viewer=leader(),
        written_by=colleague() if kept else None,
    )


def younger() -> Cycle:
    return Cycle(id=uid(7), age_range=AgeRange.YOUNGER, first_half_year=HalfYear(2024, 2))


def played() -> list[Theme]:
    """The themes of the younger age range."""
    titles = [
        ("Leg og sprog i hverdagen", "Play and language every day"),
        ("Nærværende voksne", "Attentive adults"),
        ("Sammen med forældrene", "Together with the parents"),
    ]
    return [
        Theme(
            id=uid(150 + number),
            round_id=uid(160),
            title=danish,
            title_en=english,
            age_range=AgeRange.YOUNGER,
            valid_from=HalfYear(2024, 2),
            valid_to=HalfYear(2026, 1),
        )
        for number, (danish, english) in enumerate(titles)
    ]


def evidence(*, few: bool = False, themes: int = 3) -> Evidence:
    """The younger age range in its cycle; `few` as it looks where hardly anybody has begun."""
    counts: dict[Status | None, int] = {None: 1, **dict.fromkeys(Status, 0)}
    if not few:
        counts |= {Status.JUST_BEGUN: 2, Status.UNDER_WAY: 11, Status.GOING_WELL: 6, Status.NEEDS_ATTENTION: 4}
    known = [
        ThemeEvidence(
            theme=each,
            working=Breakdown.of({word: max(0, number - place) for word, number in counts.items()}, 3),
            heard={
                Group.CHILDREN: None if few else 9 - place,
                Group.PARENTS: None if few else 5,
                Group.STAFF: None,
            },
            averages=[
                Average.of("Børn med behov for sprogindsats", "børn", 1.2, institutions=4, people=4, fewest=3),
                Average.of(
                    "Børn, der har en fast legekammerat", "%", 82.4, institutions=2 if few else 24, people=900, fewest=3
                ),
                Average.of("Forældre, der oplever nærværende voksne", "%", 86.125, institutions=2, people=80, fewest=3),
            ],
        )
        for place, each in enumerate((played() * 2)[:themes])
    ]
    return Evidence(
        age_range=AgeRange.YOUNGER,
        cycle=younger(),
        fewest=3,
        institutions=26,
        figures_of=None if few else SPRING,
        themes=known,
        local=[]
        if few
        else [Average.of("Sygefravær blandt personalet", "%", 5.62, institutions=25, people=410, fewest=3)],
        heard={
            Group.CHILDREN: None if few else Tally(31, 17),
            Group.PARENTS: None if few else Tally(22, 15),
            Group.STAFF: None if few else Tally(4, 4),
        },
        answered={
            Response.FOLLOWED: None if few else Tally(12, 9),
            Response.PARTLY: None if few else Tally(7, 6),
            Response.NOT_FOLLOWED: None,
            Response.OPEN: None if few else Tally(5, 4),
        },
        held=None if few else Tally(70, 26),
        recorded=Breakdown.of({True: 2 if few else 21, False: 0 if few else 5}, 3),
        taken_at=datetime(2026, 4, 9, 8, 0, tzinfo=UTC),
    )


def older_evidence() -> Evidence:
    whole = evidence()
    known = [replace(each, theme=theme) for each, theme in zip(whole.themes, themes(), strict=False)]
    return replace(whole, age_range=AgeRange.OLDER, cycle=cycle(), institutions=18, themes=known)


def political_round(state: RoundState = RoundState.NETWORKS, **more: Any) -> PoliticalRound:
    return PoliticalRound(id=uid(161), year=2026, age_range=AgeRange.YOUNGER, state=state, **more)


def statement(
    words: str = "Legen har det bedre, end tallene viser, fordi de yngste ikke er spurgt.",
    *,
    network: InstitutionType = InstitutionType.DAYCARE,
    saved: bool = True,
    step: int = 0,
    whole: bool = False,
) -> NetworkStatement:
    answer = Answer(
        recognition=Recognition.PARTLY, tell=words, lacking="Hvad børnene selv siger om eftermiddagene."
    )  # fmt: skip
    return NetworkStatement(
        id=uid(162),
        round_id=uid(161),
        network=network,
        theme_ids=() if whole else tuple(each.id for each in played()),
        answers=(answer, Answer(recognition=Recognition.YES), Answer(recognition=Recognition.NO, tell=words)),
        contributors=Count.MANY,
        step=step,
        written_by=uid(5),
        written_at=datetime(2026, 3, 24, 9, 0, tzinfo=UTC),
        saved_at=datetime(2026, 3, 24, 9, 5, tzinfo=UTC) if saved else None,
    )


def qualified(about: NetworkStatement, state: RoundState = RoundState.NETWORKS, **more: Any) -> NetworkSheet:
    return NetworkSheet(
        statement=about,
        round=political_round(state),
        evidence=more.pop("evidence", evidence()),
        themes={each.id: each for each in played()},
        written_by=colleague(),
        viewer=leader(),
        can_write=state is RoundState.NETWORKS,
        **more,
    )


def meeting(state: OneOnOneState = OneOnOneState.AGENDA_OPEN, *, as_chief: bool = False, **more: Any) -> Meeting:
    return Meeting(
        one_on_one=one_on_one(state, **more),
        chief=chief(),
        leader=leader(),
        places=[school()],
        viewer=chief() if as_chief else leader(),
    )


def agreement(
    words: str = "Mette inviterer en leder fra et andet tilbud til at observere",
    state: AgreementState = AgreementState.OPEN,
    *,
    number: int = 210,
    **more: Any,
) -> Agreement:
    return Agreement(
        id=uid(number),
        one_on_one_id=uid(200),
        institution_id=uid(2),
        chief_id=uid(7),
        leader_id=uid(4),
        text=words,
        owner=more.pop("owner", Owner.LEADER),
        due=more.pop("due", date(2026, 5, 21)),
        made_at=datetime(2026, 4, 23, 9, 0, tzinfo=UTC),
        state=state,
        **more,
    )


def agenda_item(words: str = "Vores nye 0. klasser") -> AgendaItem:
    return AgendaItem(
        id=uid(220), one_on_one_id=uid(200), text=words, added_by=uid(4), added_at=datetime(2026, 4, 20, tzinfo=UTC)
    )


def entries(_: Translator, words: str = WORDS, *, done: bool = False) -> list[Entry]:
    return [
        Entry(
            id=uid(211),
            source=AgendaSource.AGREEMENT,
            words="Birgit undersøger muligheden for en fælles pædagogisk dag",
            detail=owner_and_due(_, Owner.CHIEF, date(2026, 4, 30)),
        ),
        Entry(id=uid(90), source=AgendaSource.FOCUS_AREA, words=words, detail="Elmeskolen", done=done),
        Entry(
            id=uid(20),
            source=AgendaSource.DIALOGUE,
            words=dialogue_line(_, dialogue(), school()),
            detail=last_or_next(_, is_next=False),
        ),
        Entry(id=uid(220), source=AgendaSource.MANUAL, words="Vores nye 0. klasser", detail=_("you"), is_mine=True),
        Entry(
            id=uid(221),
            source=AgendaSource.MANUAL,
            words="Min egen tid til ledelse",
            detail=_("you"),
            is_private=True,
            is_mine=True,
            done=done,
        ),
    ]


def talked(words: str = WORDS) -> Note:
    return Note(
        talked=(uid(90), uid(221)),
        leading=words,
        works="Teamet omkring 5. årgang tager selv initiativ til at se på data.",
        attention="Overgangen til udskolingen, hvor færre siger noget.",
        counts=True,
    )


def noted(_: Translator, words: str = WORDS, *, as_chief: bool = False, number: int = 1, **more: Any) -> NoteSheet:
    shared_at = datetime(2026, 4, 23, 9, 10, tzinfo=UTC)
    state = OneOnOneState.SHARED if more.get("waits", True) else OneOnOneState.CONFIRMED
    confirmed_at = None if more.get("waits", True) else datetime(2026, 4, 24, 7, 0, tzinfo=UTC)
    answered_at = datetime(2026, 4, 24, 7, 0, tzinfo=UTC) if more.pop("answered", False) else confirmed_at
    version = NoteVersion(
        id=uid(230),
        one_on_one_id=uid(200),
        number=number,
        author_id=uid(7),
        content=talked(words),
        written_at=shared_at,
    )
    sheet: dict[str, Any] = {
        "meeting": meeting(
            state, as_chief=as_chief, shared_at=shared_at, confirmed_at=confirmed_at, answered_at=answered_at
        ),
        "version": version,
        "entries": entries(_, "Flere stemmer i timerne", done=True),
        "agreements": [
            agreement(confirmed_at=confirmed_at),
            agreement(
                "Birgit finder et lokale til netværket",
                number=212,
                owner=Owner.CHIEF,
                due=date(2026, 5, 4),
                confirmed_at=confirmed_at,
            ),
        ],
        "closed": [
            agreement(
                "Mette prøver makkerpar i to fag", AgreementState.DONE, number=213, result="Det virker bedst i dansk."
            )
        ],
        "remarks": (),
        "mark": "mark",
        "waits": True,
        **more,
    }
    return NoteSheet(**sheet)


def addendum(words: str = WORDS) -> Addendum:
    return Addendum(
        id=uid(60),
        dialogue_id=uid(20),
        author_id=uid(4),
        text=words,
        written_at=datetime(2026, 5, 20, 9, 0, tzinfo=UTC),
    )


def remarked(words: str = WORDS) -> tuple[Remark, Person]:
    made = Remark(
        id=uid(240),
        one_on_one_id=uid(200),
        author_id=uid(4),
        text=words,
        written_at=datetime(2026, 4, 24, 7, 0, tzinfo=UTC),
    )
    return made, leader()
