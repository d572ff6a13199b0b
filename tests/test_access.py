"""Who may see what: the table, cell by cell, and the day it is read on."""

import ast
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import POLICY, Pair, Record, Relation, Sight, Viewer
from domain.errors import NotAllowed
from domain.identity import new_id
from domain.organisation import AgeRange, Institution, InstitutionType, Person, Role, RoleAssignment
from domain.staff import Staff

STORAGE = Path(__file__).resolve().parents[1] / "storage"
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
    Relation.PROTECTION_OFFICER: (Role.PROTECTION_OFFICER, {}),
}

# The table of the framework, as letters in the order of HOLDS: full, status, aggregate, nothing.
TABLE = {
    Record.THEME: "FFFFFFFFN",
    Record.THEME_RECEIPT: "FNNSNSSNN",
    Record.DATA_PACKAGE: "FNNFAFFAN",
    Record.PREPARATION_DRAFT: "FNNSNSSNN",
    Record.PREPARATION: "FNNFNNFNN",
    Record.REFLECTION_DRAFT: "FNNSNSSNN",
    Record.REFLECTION: "FNNFNFFAN",
    Record.DECISION_DRAFT: "FNNSNSSNN",
    Record.DECISION: "FNNFNFFAN",
    Record.BOARD_EXTRACT: "FNNNNNNNN",
    Record.BOARD_NOTE: "FNNFNFFAN",
    Record.FOCUS_AREA: "FNNFAFFAN",
    Record.FOCUS_REMARK: "FNNFNFFNN",
    Record.PERSPECTIVE: "FNNFAFFAN",
    Record.LOCAL_PRIORITY: "FNNFAFFAN",
    Record.GUIDE: "FFFFFFFFN",
    Record.OBSERVATION_DRAFT: "NNNNNNNNN",
    Record.OBSERVATION: "FNNSNSSNN",
    Record.VISIT_NOTE: "NNNNNNNNN",
    Record.FEEDBACK_DRAFT: "NNNNNNNNN",
    Record.FEEDBACK_UNREAD: "FNNSNSSNN",
    Record.FEEDBACK: "FNNFNNFAN",
    Record.TAKEN_HOME_UNREAD: "FNNNNNNNN",
    Record.TAKEN_HOME: "FNNFNNFNN",
    Record.ONE_ON_ONE: "NNNNNNNNN",
    Record.ONE_ON_ONE_NOTE: "NNNNNNNNN",
    Record.PRACTICE_DRAFT: "FNNNNNNNN",
    Record.PRACTICE: "FFFFFFFFN",
    Record.EVIDENCE: "AANAAAAAN",
    Record.NETWORK_DRAFT: "NNNNNSSNN",
    Record.NETWORK_STATEMENT: "FFNFFFFFN",
    Record.AGREEMENT: "NNNFNNNNN",
    Record.PERSONAL_NOTE: "NNNNNNNNN",
    Record.PRIVATE_ITEM: "NNNNNNNNN",
    Record.NOTE_DRAFT: "NNNNNNNNN",
    Record.REMARK: "NNNNNNNNN",
    Record.POLITICAL_REPORT_DRAFT: "NNNFFFFFN",
    Record.POLITICAL_REPORT: "FFFFFFFFN",
    Record.SUMMARY_DRAFT: "NNNFNNNNN",
    Record.SUMMARY_SENT: "FNNFNNNNN",
    Record.SUMMARY_FINAL: "FNNFANFNN",
    Record.SUPERVISION_SUMMARY: "FNNFANNNN",
    Record.RECTIFICATION: "NNNNNNNNN",
    Record.ANONYMISATION: "NNNNNFFNN",
    Record.AUDIT: "NNNNNNNNF",
    Record.EVERYTHING: "NNNNNNNNN",
}
# What one sees by what one is to this one record, in the order of PARTS; nothing where a record is not named.
PARTS = (
    Relation.PAIR_CHIEF,
    Relation.PAIR_LEADER,
    Relation.VISITOR,
    Relation.COLLEAGUE,
    Relation.OWN_NETWORK,
    Relation.CONCERNED,
    Relation.AUTHOR,
)
BY_PART = {
    Record.PREPARATION_DRAFT: "NNNFNNN",
    Record.PREPARATION: "NNNFNNN",
    Record.REFLECTION_DRAFT: "NNNFNNN",
    Record.REFLECTION: "NNNFNNN",
    Record.DECISION: "NNNFNNN",
    Record.FOCUS_AREA: "NNNFNNN",
    Record.PERSPECTIVE: "NNNFNNN",
    Record.LOCAL_PRIORITY: "NNNFNNN",
    Record.OBSERVATION_DRAFT: "NNNNNNF",
    Record.OBSERVATION: "NNFNNNN",
    Record.VISIT_NOTE: "NNNNNNF",
    Record.FEEDBACK_DRAFT: "NNNNNNF",
    Record.FEEDBACK_UNREAD: "NNNFNNF",
    Record.FEEDBACK: "NNNFNNF",
    Record.TAKEN_HOME_UNREAD: "NNNNNNF",
    Record.TAKEN_HOME: "NNNFNNF",
    Record.ONE_ON_ONE: "FFNNNNN",
    Record.ONE_ON_ONE_NOTE: "FFNNNNF",
    Record.PRIVATE_ITEM: "NNNNNNF",
    Record.NOTE_DRAFT: "NNNNNNF",
    Record.REMARK: "FFNNNNF",
    Record.AGREEMENT: "FFNNNNF",
    Record.PERSONAL_NOTE: "NNNNNNF",
    Record.NETWORK_DRAFT: "NNNNFNN",
    Record.NETWORK_STATEMENT: "NNNNFNN",
    Record.RECTIFICATION: "NNNNNFF",
    Record.AUDIT: "NNNNNFN",
    Record.EVERYTHING: "NNNNNFN",
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


@pytest.mark.parametrize("relation", HOLDS)
def test_each_relation_sees_what_the_table_says(relation: Relation) -> None:
    column = list(HOLDS).index(relation)
    expected = {record: LETTERS[TABLE[record][column]] for record in Record}
    assert {record: viewer(relation).sight(record, SCHOOL) for record in Record} == expected


def test_the_policy_has_a_row_for_every_record_and_a_cell_for_every_relation() -> None:
    assert set(POLICY) == set(Record) == set(TABLE)
    assert set(HOLDS) | set(PARTS) == set(Relation)
    assert all(set(row) == set(Relation) for row in POLICY.values())


@pytest.mark.parametrize("part", PARTS)
def test_what_one_is_to_one_record_shows_what_the_table_says_and_no_more(part: Relation) -> None:
    nothing, column = "N" * len(PARTS), PARTS.index(part)
    expected = {record: LETTERS[BY_PART.get(record, nothing)[column]] for record in Record}
    assert {record: viewer().sight(record, SCHOOL, also={part}) for record in Record} == expected
    assert {record: viewer().sight_of_all(record, also={part}) for record in Record} == expected


def test_i20_a_draft_of_ones_own_is_seen_by_its_author_and_by_no_role() -> None:
    for record in (Record.OBSERVATION_DRAFT, Record.VISIT_NOTE, Record.FEEDBACK_DRAFT, Record.NOTE_DRAFT):
        seen_by = {relation for relation, sight in POLICY[record].items() if sight is not Sight.NOTHING}
        assert seen_by == {Relation.AUTHOR}


def test_i32_an_author_reads_their_own_words_whatever_their_role_has_become() -> None:
    assert viewer().if_author(SOMEONE) == {Relation.AUTHOR}
    assert viewer(Relation.OWN_LEADER).if_author(new_id()) == set()
    assert viewer(Relation.OWN_LEADER).if_author(None) == set()


def test_i32_a_part_in_a_pair_lasts_as_long_as_the_role_does() -> None:
    note, pair = Record.ONE_ON_ONE_NOTE, Pair(chief_id=new_id(), leader_id=SOMEONE, places=(SCHOOL,))
    assert viewer(Relation.OWN_LEADER).sight_in(note, pair) is Sight.FULL
    assert viewer(Relation.OTHER_LEADER).sight_in(note, pair) is Sight.NOTHING
    assert viewer(Relation.OWN_LEADER, to_on=date(2026, 4, 13)).sight_in(note, pair) is Sight.NOTHING
    other = Pair(chief_id=new_id(), leader_id=new_id(), places=(SCHOOL,))
    for relation in HOLDS:
        assert viewer(relation).sight_in(note, other) is Sight.NOTHING
    assert viewer().sight_in(note, other, author_id=SOMEONE) is Sight.FULL
    assert viewer().sight_in(Record.REMARK, other, author_id=other.leader_id) is Sight.NOTHING


# The columns of the framework's table that are people here, and its rows, cell by cell as it has them: full, status,
# aggregate, nothing, "1" once it is ready or closed, "2" once it is acknowledged or 14 days have passed, "p" where
# somebody takes part. A row is held by what it is before that moment, and by what it is after.
COLUMNS = (
    Relation.OWN_LEADER,
    Relation.OTHER_LEADER,
    Relation.OBSERVER,
    Relation.CHIEF,
    Relation.OTHER_CHIEF,
    Relation.ADMINISTRATION,
    Relation.NETWORK,
)
FRAMEWORK: dict[str, tuple[str, Record | None, Record]] = {
    "Theme, cycle, guide": ("FFFFFFF", None, Record.THEME),
    "Theme, cycle, guide: the guide": ("FFFFFFF", None, Record.GUIDE),
    "Data package": ("FNNFAFA", None, Record.DATA_PACKAGE),
    "Preparation draft": ("FNNSNSN", None, Record.PREPARATION_DRAFT),
    "Preparation (1)": ("FNNFNpN", None, Record.PREPARATION),
    "Reflection, decisions": ("FNN1NFA", Record.REFLECTION_DRAFT, Record.REFLECTION),
    "Reflection, decisions: the decisions": ("FNN1NFA", Record.DECISION_DRAFT, Record.DECISION),
    "Focus area + status": ("FNNFAFA", None, Record.FOCUS_AREA),
    "Observation status": ("FNNSNSN", None, Record.OBSERVATION),
    "Written feedback": ("FNN2NpA", Record.FEEDBACK_UNREAD, Record.FEEDBACK),
    "Observer's draft": ("NNNNNNN", None, Record.FEEDBACK_DRAFT),
    "Observer's draft: the notes of the visit": ("NNNNNNN", None, Record.VISIT_NOTE),
    "Perspectives": ("FNNFAFA", None, Record.PERSPECTIVE),
    # It has no row of its own there: one of the three kinds of qualitative data, beside perspectives.
    "Perspectives: local priorities": ("FNNFAFA", None, Record.LOCAL_PRIORITY),
    "1:1 shared note": ("NNNNNNN", None, Record.ONE_ON_ONE_NOTE),
    "Agreements": ("NNNFNNN", None, Record.AGREEMENT),
    "Personal prep note": ("NNNNNNN", None, Record.PERSONAL_NOTE),
    "Supervision summary": ("FNNFApN", None, Record.SUMMARY_FINAL),
    # Observers get what is public as well, though the table has no mark there.
    "Political report": ("FFoFFFF", None, Record.POLITICAL_REPORT),
    "Audit on my records": ("NNNNNNN", None, Record.AUDIT),
}
# What those rows give to one person by what they are to the record: "own" observer, the pair, the author, whose it is.
BY_NAME = {
    Record.OBSERVATION: {Relation.VISITOR},
    Record.FEEDBACK_DRAFT: {Relation.AUTHOR},
    Record.VISIT_NOTE: {Relation.AUTHOR},
    Record.FEEDBACK: {Relation.AUTHOR},
    Record.ONE_ON_ONE_NOTE: {Relation.PAIR_CHIEF, Relation.PAIR_LEADER},
    Record.AGREEMENT: {Relation.PAIR_CHIEF, Relation.PAIR_LEADER},
    Record.PERSONAL_NOTE: {Relation.AUTHOR},
    Record.AUDIT: {Relation.CONCERNED},
}


@pytest.mark.parametrize("row", FRAMEWORK)
def test_each_row_of_the_frameworks_table_is_held_cell_by_cell(row: str) -> None:
    cells, before, record = FRAMEWORK[row]
    assert len(cells) == len(COLUMNS)
    for relation, cell in zip(COLUMNS, cells, strict=True):
        policy, earlier = POLICY[record], POLICY[before] if before else None
        match cell:
            case "1" | "2":
                assert policy[relation] is Sight.FULL
                assert earlier is not None
                assert earlier[relation] is Sight.STATUS
            case "o":
                assert policy[relation] is Sight.FULL
            case "p":
                assert policy[relation] is Sight.NOTHING
                assert policy[Relation.PARTICIPATING_ADMINISTRATION] is Sight.FULL
            case _:
                assert policy[relation] is LETTERS[cell]
    for relation in BY_NAME.get(record, ()):
        assert POLICY[record][relation] is Sight.FULL


def test_nobody_sees_more_of_a_draft_than_of_what_becomes_of_it() -> None:
    for draft, done in (
        (Record.PREPARATION_DRAFT, Record.PREPARATION),
        (Record.REFLECTION_DRAFT, Record.REFLECTION),
        (Record.DECISION_DRAFT, Record.DECISION),
        (Record.FEEDBACK_DRAFT, Record.FEEDBACK_UNREAD),
        (Record.FEEDBACK_UNREAD, Record.FEEDBACK),
        (Record.TAKEN_HOME_UNREAD, Record.TAKEN_HOME),
        (Record.PRACTICE_DRAFT, Record.PRACTICE),
        (Record.NETWORK_DRAFT, Record.NETWORK_STATEMENT),
        (Record.POLITICAL_REPORT_DRAFT, Record.POLITICAL_REPORT),
        (Record.SUMMARY_DRAFT, Record.SUMMARY_SENT),
        (Record.SUMMARY_SENT, Record.SUMMARY_FINAL),
    ):
        full_before = {each for each, sight in POLICY[draft].items() if sight is Sight.FULL}
        full_after = {each for each, sight in POLICY[done].items() if sight is Sight.FULL}
        assert full_before <= full_after, draft


# Queries that take a viewer and do not ask the policy, since what they find is the viewer's own or nobody's secret.
OWN_BY_AUTHOR = {
    "acknowledgement.is_shared_with",
    "audit.reads_concerning",
    "decision.decision_to_write",
    "decision.draft_of",
    "observation.draft_of",
    "personal_note.own_note",
    "visit.notes_of",
}
BY_HELD_ROLE = {
    "agreement.open_agreements_of",
    "board.note_to_write",
    "dialogue.next_dialogues_of",
    "feedback.done_without_feedback",
    "focus_remark.may_remark",
    "measure.measure_to_write",
    "network.statements_to_write",
    "observation.is_observer",
    "observation.is_visitor",
    "observation.observations_of",
    "observation.observations_to_answer",
    "visit.noted_visits",
    "visit.visits_going_on",
    "visit.visits_to_come",
    "one_on_one_met.leaders_of_chief",
    "one_on_one_met.leads_others",
    "practice.matter_to_share",
    "practice.practice_to_write",
    "preparation.is_open_to",
    "preparation.may_write",
    "preparation.preparation_to_write",
    "preparation.preparations_handed_to",
    "preparation.preparations_shared_with",
    "reflection.dialogues_to_take_notes_of",
    "reflection.if_note_taker",
    "reflection.may_record",
    "reflection.reflection_to_write",
    "roles.for_leaders",
    "roles.institutions_led_by",
    "roles.institutions_of_chief",
}
ASKS = {"sight", "require", "sight_in", "require_in", "sight_of_all", "require_of_all"}
HOLDS_A_ROLE = {"leads", "is_chief_of", "facilitates", "works_at", "has"}


def test_every_query_that_takes_a_viewer_asks_the_policy_or_finds_the_viewers_own() -> None:
    """One policy: a query that decides by itself is named here, with the way in which it does."""
    queries = {
        f"{path.stem}.{each.name}": each
        for path in sorted(STORAGE.glob("*.py"))
        for each in ast.parse(path.read_text()).body
        if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")
        if any(argument.arg == "viewer" for argument in each.args.args)
    }
    by_name = {name.partition(".")[2]: name for name in queries}

    def told(query: ast.FunctionDef) -> tuple[set[str], set[str]]:
        nodes = list(ast.walk(query))
        calls = [each.func for each in nodes if isinstance(each, ast.Call)]
        methods = {
            f"{each.value.id}.{each.attr}"
            for each in [*calls, *nodes]
            if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name)
        }
        return methods, {each.id for each in calls if isinstance(each, ast.Name)}

    asking: set[str] = set()
    while True:
        found = {
            name
            for name, query in queries.items()
            if (said := told(query))
            and (
                said[0] & {f"viewer.{each}" for each in ASKS}
                or any(by_name.get(called) in asking for called in said[1] if by_name.get(called) != name)
            )
        }
        if found == asking:
            break
        asking = found
    assert len(asking) > 15
    assert set(queries) - asking == OWN_BY_AUTHOR | BY_HELD_ROLE | {"feedback.part_in_feedback"}
    for name in OWN_BY_AUTHOR:
        assert "viewer.person_id" in told(queries[name])[0], name
    for name in BY_HELD_ROLE:
        methods, called = told(queries[name])
        roles = {f"viewer.{each}" for each in HOLDS_A_ROLE} | {"viewer.roles"}
        assert methods & roles or called & ({each.partition(".")[2] for each in BY_HELD_ROLE} | {"_institutions_of"})


def test_a_stranger_sees_nothing_and_is_told_no() -> None:
    nobody = Viewer.on(DAY, SOMEONE, [])
    for record in Record:
        assert nobody.sight(record, SCHOOL) is Sight.NOTHING
        with pytest.raises(NotAllowed):
            nobody.require(record, SCHOOL)


@pytest.mark.parametrize("relation", HOLDS)
def test_what_belongs_to_no_institution_is_seen_by_the_role(relation: Relation) -> None:
    sees_none = relation in (Relation.OBSERVER, Relation.PROTECTION_OFFICER)
    assert viewer(relation).sight_of_all(Record.EVIDENCE) is (Sight.NOTHING if sees_none else Sight.AGGREGATE)
    if sees_none:
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


@pytest.mark.parametrize("reach", [{}, {"institution_id": SCHOOL.id}, {"area_id": AREA}, {"area_id": OTHER_AREA}])
@pytest.mark.parametrize("role", list(Role))
def test_who_takes_part_is_the_same_asked_of_one_as_of_everybody(role: Role, reach: dict[str, UUID]) -> None:
    someone = Person(name="p", email="p@example.dk")
    held = RoleAssignment(person_id=someone.id, role=role, from_on=DAY, **reach)
    is_named = someone in Staff([(held, someone)]).participants(SCHOOL)
    assert Viewer.on(DAY, someone.id, [held]).takes_part(SCHOOL) == is_named


def test_several_roles_add_up_and_never_take_away() -> None:
    leads, answers = viewer(Relation.OTHER_LEADER), viewer(Relation.CHIEF)
    both = viewer(Relation.OTHER_LEADER, Relation.CHIEF)
    for where, alone, other in ((SCHOOL, answers, leads), (OTHER, leads, answers)):
        assert both.sight(Record.PREPARATION, where) is alone.sight(Record.PREPARATION, where) is Sight.FULL
        assert other.sight(Record.PREPARATION, where) is Sight.NOTHING


@given(st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_i32_a_role_counts_from_its_first_to_its_last_day(day: date) -> None:
    """I32: "A person sees a record only by role in force on the day of reading"."""
    first, last = date(2026, 1, 1), date(2026, 6, 30)
    seen = viewer(Relation.OWN_LEADER, day=day, from_on=first, to_on=last).sight(Record.DATA_PACKAGE, SCHOOL)
    assert (seen is Sight.FULL) == (first <= day <= last)
