"""Who may see what: the table, cell by cell, and the day it is read on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import POLICY, Pair, Record, Relation, Sight, Viewer
from domain.errors import NotAllowed
from domain.identity import new_id
from domain.organisation import AgeRange, Institution, InstitutionType, Role, RoleAssignment

AREA, OTHER_AREA = new_id(), new_id()
SCHOOL = Institution(name="s", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=AREA)
OTHER = Institution(name="o", type=InstitutionType.SCHOOL, age_range=AgeRange.OLDER, area_id=OTHER_AREA)
SOMEONE = new_id()
DAY = date(2026, 4, 14)

HOLDS = {
    Relation.OWN_LEADER: (Role.LEADER, {"institution_id": SCHOOL.id}),
    Relation.OTHER_LEADER: (Role.LEADER, {"institution_id": OTHER.id}),
    Relation.OBSERVER: (Role.OBSERVER, {"institution_id": SCHOOL.id}),
    Relation.CHIEF: (Role.CHIEF, {"area_id": AREA}),
    Relation.OTHER_CHIEF: (Role.CHIEF, {"area_id": OTHER_AREA}),
    Relation.ADMINISTRATION: (Role.ADMINISTRATION, {}),
    Relation.PARTICIPATING_ADMINISTRATION: (Role.ADMINISTRATION, {"area_id": AREA}),
    Relation.NETWORK: (Role.FACILITATOR, {}),
}

# The table of the framework, as letters in the order of HOLDS: full, status, aggregate, nothing.
TABLE = {
    Record.THEME: "FFFFFFFF",
    Record.THEME_RECEIPT: "FNNSNSSN",
    Record.DATA_PACKAGE: "FNNFAFFA",
    Record.PREPARATION_DRAFT: "FNNSNSSN",
    Record.PREPARATION: "FNNFNNFN",
    Record.REFLECTION_DRAFT: "FNNSNSSN",
    Record.REFLECTION: "FNNFNFFA",
    Record.DECISION_DRAFT: "FNNSNSSN",
    Record.DECISION: "FNNFNFFA",
    Record.BOARD_EXTRACT: "FNNNNNNN",
    Record.BOARD_NOTE: "FNNFNFFA",
    Record.FOCUS_AREA: "FNNFAFFA",
    Record.PERSPECTIVE: "FNNFAFFA",
    Record.GUIDE: "FFFFFFFF",
    Record.OBSERVATION: "FNNSNSSN",
    Record.FEEDBACK_DRAFT: "NNNNNNNN",
    Record.FEEDBACK_UNREAD: "FNNSNSSN",
    Record.FEEDBACK: "FNNFNNFA",
    Record.ONE_ON_ONE: "NNNNNNNN",
    Record.ONE_ON_ONE_NOTE: "NNNNNNNN",
    Record.PRACTICE_DRAFT: "FNNNNNNN",
    Record.PRACTICE: "FFFFFFFF",
    Record.EVIDENCE: "AANAAAAA",
    Record.NETWORK_DRAFT: "NNNNNSSF",
    Record.NETWORK_STATEMENT: "FFNFFFFF",
    Record.AGREEMENT: "NNNFNNNN",
    Record.PERSONAL_NOTE: "NNNNNNNN",
}
# What the chief and the leader of a pair see of what they share, and an author of their own words.
PAIRED = {
    Record.ONE_ON_ONE: "FFN",
    Record.ONE_ON_ONE_NOTE: "FFF",
    Record.AGREEMENT: "FFN",
    Record.PERSONAL_NOTE: "NNF",
}
LETTERS = {"F": Sight.FULL, "S": Sight.STATUS, "A": Sight.AGGREGATE, "N": Sight.NOTHING}


def viewer(*relations: Relation, day: date = DAY, **dates: date) -> Viewer:
    held = [
        RoleAssignment(
            person_id=SOMEONE,
            role=role,
            from_on=dates.get("from_on", date(2020, 1, 1)),
            to_on=dates.get("to_on"),
            **reach,
        )
        for role, reach in (HOLDS[each] for each in relations)
    ]
    return Viewer.on(day, SOMEONE, held)


@pytest.mark.parametrize("record", Record)
@pytest.mark.parametrize("relation", HOLDS)
def test_each_relation_sees_what_the_table_says(record: Record, relation: Relation) -> None:
    expected = LETTERS[TABLE[record][list(HOLDS).index(relation)]]
    assert viewer(relation).sight(record, SCHOOL) is expected


def test_the_policy_has_a_row_for_every_record_and_a_cell_for_every_relation() -> None:
    assert set(POLICY) == set(Record) == set(TABLE)
    assert all(set(row) == set(Relation) for row in POLICY.values())


@pytest.mark.parametrize("record", Record)
def test_what_a_pair_shares_is_seen_by_the_two_and_an_author_sees_their_own(record: Record) -> None:
    chief, leader, author = (LETTERS[each] for each in PAIRED.get(record, "NNN"))
    row = POLICY[record]
    assert (row[Relation.PAIR_CHIEF], row[Relation.PAIR_LEADER], row[Relation.AUTHOR]) == (chief, leader, author)


def test_i32_a_part_in_a_pair_lasts_as_long_as_the_role_does() -> None:
    note, pair = Record.ONE_ON_ONE_NOTE, Pair(chief_id=new_id(), leader_id=SOMEONE, places=(SCHOOL,))
    assert viewer(Relation.OWN_LEADER).sight_in(note, pair) is Sight.FULL
    assert viewer(Relation.OTHER_LEADER).sight_in(note, pair) is Sight.NOTHING
    assert viewer(Relation.OWN_LEADER, to_on=date(2026, 4, 13)).sight_in(note, pair) is Sight.NOTHING
    other = Pair(chief_id=new_id(), leader_id=new_id(), places=(SCHOOL,))
    for relation in HOLDS:
        assert viewer(relation).sight_in(note, other) is Sight.NOTHING
    assert viewer().sight_in(note, other, author_id=SOMEONE) is Sight.FULL


def test_a_stranger_sees_nothing_and_is_told_no() -> None:
    nobody = Viewer.on(DAY, SOMEONE, [])
    for record in Record:
        assert nobody.sight(record, SCHOOL) is Sight.NOTHING
        with pytest.raises(NotAllowed):
            nobody.require(record, SCHOOL)


@pytest.mark.parametrize("relation", HOLDS)
def test_what_belongs_to_no_institution_is_seen_by_the_role(relation: Relation) -> None:
    is_observer = relation is Relation.OBSERVER
    assert viewer(relation).sight_of_all(Record.EVIDENCE) is (Sight.NOTHING if is_observer else Sight.AGGREGATE)
    if is_observer:
        with pytest.raises(NotAllowed):
            viewer(relation).require_of_all(Record.NETWORK_STATEMENT)


def test_a_facilitator_has_a_network_or_all_and_no_institution_makes_one() -> None:
    def held(**reach: object) -> RoleAssignment:
        return RoleAssignment(person_id=SOMEONE, role=Role.FACILITATOR, from_on=DAY, **reach)  # type: ignore[arg-type]

    school, leisure = InstitutionType.SCHOOL, InstitutionType.LEISURE
    assert [held(network=school).facilitates(each) for each in (school, leisure)] == [True, False]
    assert [held().facilitates(each) for each in (school, leisure)] == [True, True]
    assert not held(institution_id=SCHOOL.id).facilitates(school)
    assert not held(area_id=AREA).facilitates(school)
    assert held(network=school).covers(SCHOOL)
    assert not held(network=leisure).covers(SCHOOL)


def test_several_roles_add_up_and_never_take_away() -> None:
    both = viewer(Relation.OTHER_LEADER, Relation.CHIEF)
    assert both.sight(Record.PREPARATION, SCHOOL) is Sight.FULL
    assert both.sight(Record.PREPARATION, OTHER) is Sight.NOTHING or both.leads(OTHER)


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_i32_a_role_counts_from_its_first_to_its_last_day(day: date) -> None:
    """I32: "A person sees a record only by role in force on the day of reading"."""
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    seen = viewer(Relation.OWN_LEADER, day=day, from_on=first, to_on=last).sight(Record.DATA_PACKAGE, SCHOOL)
    assert (seen is Sight.FULL) == (first <= day <= last)
