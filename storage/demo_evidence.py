"""What the invented institutions have worked on and heard, so that the evidence base has something to show.

The first leader's own institution stands in a module of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from domain.cycle import Theme
from domain.decision import Decision, DecisionKind, Involvement, What, Who
from domain.dialogue import Dialogue
from domain.focus_area import FocusArea, FocusAreaState
from domain.focus_status import FocusStatus
from domain.organisation import AgeRange, Institution
from domain.period import HalfYear
from domain.perspective import Count, FormalBody, Group, Perspective, Recommendation, Response
from domain.preparation import Source
from domain.reflection import Across, Basis, Participant, Reflection, Understanding
from domain.status import Status
from storage.demo_words import WRITTEN

# Two words and one answer that enough institutions give, and others that are hidden.
_WORDS = (Status.UNDER_WAY, Status.GOING_WELL)
_RESPONSES = (Response.FOLLOWED, Response.FOLLOWED, Response.FOLLOWED, Response.PARTLY, Response.OPEN)


def worked(
    institutions: Sequence[Institution],
    held: Mapping[UUID, Dialogue],
    themes: Mapping[AgeRange, Sequence[Theme]],
    authors: Mapping[UUID, UUID],
    now: datetime,
) -> Iterator[Sequence[object]]:
    """For each institution with a dialogue behind it: a reflection, a decision, a focus area with two statuses, two
    perspectives and a recommendation, in the order in which one refers to the other."""
    reflections: list[Reflection] = []
    decisions: list[Decision] = []
    areas: list[FocusArea] = []
    told: list[Perspective] = []
    last: list[FocusStatus | Recommendation] = []
    seen = dict.fromkeys(AgeRange, 0)
    for place, where in enumerate(institutions):
        dialogue = held.get(where.id)
        if dialogue is None:
            continue
        number = seen[where.age_range]
        seen[where.age_range] += 1
        words = WRITTEN[where.age_range][place % len(WRITTEN[where.age_range])]
        by, at = authors[where.id], dialogue.starts_at + timedelta(hours=2)
        reflections.append(
            Reflection(
                dialogue_id=dialogue.id,
                basis=Basis(
                    participants=(Participant.MANAGEMENT, Participant.STAFF), sources=(Source.OBSERVATION,)
                ),
                understanding=Understanding(
                    interpretation=words.interpretation, analysis=words.wonder, across=(Across.NETWORK,)
                ),
                written_by=by,
                written_at=at,
                saved_at=at,
            )
        )  # fmt: skip
        decision = _choice(dialogue, words.focus, by, at)
        decisions.append(decision)
        of_range = themes[where.age_range]
        area = FocusArea(
            institution_id=where.id,
            theme_id=of_range[1 if number == 6 else 0].id,
            decision_id=decision.id,
            title=words.focus,
            why=words.interpretation,
            signs=words.children,
            chosen_at=at,
            state=FocusAreaState.UNDER_WAY,
        )
        areas.append(area)
        told += [
            _told(where, area, group, said, by, now) for group, said in _voices(where, words.children, words.parents)
        ]
        last += [
            FocusStatus(
                focus_area_id=area.id,
                author_id=by,
                written_at=written_at,
                status=status,
                seen=words.interpretation,
                meaning=words.children,
            )
            for written_at, status in (
                (at + timedelta(days=20), Status.JUST_BEGUN),
                (
                    max(at + timedelta(days=21), now - timedelta(days=12)),
                    Status.NEEDS_ATTENTION if number == 6 else _WORDS[number % len(_WORDS)],
                ),
            )
        ]
        last.append(
            Recommendation(
                perspective_id=told[-1].id,
                institution_id=where.id,
                text=words.wishes,
                written_at=told[-1].written_at,
                response=_RESPONSES[number % len(_RESPONSES)],
                reason="Vi har talt om det på personalemødet.",
                responded_at=told[-1].written_at,
                reported_on=told[-1].written_at.date(),
            )
        )
    yield reflections
    yield decisions
    yield areas
    yield told
    yield last


def _choice(dialogue: Dialogue, text: str, by: UUID, at: datetime) -> Decision:
    return Decision(
        dialogue_id=dialogue.id,
        author_id=by,
        what=What(kind=DecisionKind.CHOOSE, text=text, sources=(Source.OBSERVATION,)),
        who=Who(children=Involvement.HEARD, parents=Involvement.INFORMED, owner="Ledelsen"),
        kind=DecisionKind.CHOOSE,
        written_by=by,
        written_at=at,
        saved_at=at,
        followed_at=at,
    )


def _voices(where: Institution, children: str, parents: str) -> list[tuple[Group, str]]:
    young = Group.CHILDREN if where.age_range is AgeRange.YOUNGER else Group.YOUTH
    return [(young, children), (Group.PARENTS, parents)]


def _told(where: Institution, area: FocusArea, group: Group, said: str, by: UUID, now: datetime) -> Perspective:
    at = now - timedelta(days=25)
    return Perspective(
        institution_id=where.id,
        author_id=by,
        group=group,
        count=Count.SOME,
        said=said,
        body=FormalBody.BOARD if group is Group.PARENTS else FormalBody.OTHER,
        focus_area_id=area.id,
        half_year=HalfYear.of(at.date()),
        written_at=at,
    )
