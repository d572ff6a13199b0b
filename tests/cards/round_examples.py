"""The cards of a political round: its steps, the evidence gathered for it, and what the networks answer."""

from dataclasses import replace
from datetime import date
from typing import Any

from cards import evidence, network, network_form, overview, political_round
from cards.kit import Card
from cards.language import Translator
from cards.task import Task
from domain.cycle import PoliticalRound, RoundState
from domain.errors import Problem, Problems
from domain.evidence import Breakdown
from domain.network import Answer, NetworkStatement
from domain.organisation import AgeRange, InstitutionType
from domain.status import Status
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def _alive(state: RoundState, **more: Any) -> political_round.Life:
    given = [
        made.statement(),
        made.statement(network=InstitutionType.SCHOOL, saved=False),
        NetworkStatement(round_id=made.uid(161), network=InstitutionType.LEISURE),
    ]
    return political_round.Life(
        round=made.political_round(state, discussed_on=more.pop("discussed_on", None)),
        statements=[] if state is RoundState.PREPARED else given,
        facilitators={InstitutionType.DAYCARE: 2, InstitutionType.SCHOOL: 1, InstitutionType.LEISURE: 0},
        earlier=made.younger(),
        rounds=3,
        **more,
    )


def round_prepared(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.PREPARED))


def round_ask_networks(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.PREPARED), today=date(2026, 3, 2))


def round_networks(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.NETWORKS))


def round_to_politicians(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.NETWORKS), today=date(2026, 4, 7))


def round_discussed(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.DISCUSSED), meanwhile=True)


def round_no_themes(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.DISCUSSED), today=date(2026, 5, 4))


def round_decide(_: Translator) -> Card:
    life = _alive(RoundState.DISCUSSED, themes=made.played())
    typed = political_round.MoveForm(
        round_id=made.uid(161), was=RoundState.DISCUSSED, discussed_on=date(2027, 1, 4)
    )  # fmt: skip
    problems = Problems({"discussed_on": Problem("day_to_come")})
    return political_round.preview(_, life, today=date(2026, 5, 4), typed=typed, problems=problems)


def round_decided(_: Translator, words: str = "Fælles leg") -> Card:
    themes = made.played()
    themes[0].title = themes[0].title_en = words
    life = _alive(RoundState.DECIDED, themes=themes, discussed_on=date(2026, 4, 28))
    return political_round.show(_, life)


def round_sent(_: Translator) -> Card:
    life = _alive(RoundState.SENT, themes=made.played(), discussed_on=date(2026, 4, 28), can_begin=True)
    return political_round.show(_, life)


def round_close(_: Translator) -> Card:
    return political_round.preview(_, _alive(RoundState.SENT, themes=made.played()), today=date(2026, 9, 1))


def round_closed(_: Translator) -> Card:
    return political_round.show(_, _alive(RoundState.CLOSED, themes=made.played(), can_begin=True))


def round_next(_: Translator) -> Card:
    return political_round.preview_next(_, 2027, AgeRange.OLDER)


def round_first(_: Translator) -> Card:
    problems = Problems({"range": Problem("no_age_range")})
    return political_round.preview_next(_, 2026, None, problems=problems)


def round_all(_: Translator) -> Card:
    older = PoliticalRound(id=made.uid(163), year=2025, age_range=AgeRange.OLDER, state=RoundState.SENT)
    return political_round.choose(_, [older, made.political_round()])


def evidence_both(_: Translator) -> Card:
    return evidence.both(_, [made.evidence(), made.older_evidence()])


def evidence_range(_: Translator) -> Card:
    sheet = evidence.Sheet(evidence=made.evidence(), statements=[made.statement()], before=made.younger())
    return evidence.show(_, sheet)


def evidence_few(_: Translator) -> Card:
    return evidence.show(_, evidence.Sheet(evidence=made.evidence(few=True)))


def evidence_many_themes(_: Translator) -> Card:
    return evidence.show(_, evidence.Sheet(evidence=made.evidence(themes=5)))


def evidence_no_themes(_: Translator, words: str = WORDS) -> Card:
    sheet = evidence.Sheet(evidence=made.evidence(themes=0), statements=[made.statement(words, whole=True)])
    return evidence.show(_, sheet)


def evidence_theme(_: Translator, words: str = "Legen har det bedre, end tallene viser.") -> Card:
    given = [made.statement(words), made.statement(words, network=InstitutionType.SCHOOL)]
    sheet = evidence.Sheet(evidence=made.evidence(), statements=given)
    return evidence.show_theme(_, sheet, sheet.evidence.themes[0])


def evidence_theme_few(_: Translator) -> Card:
    sheet = evidence.Sheet(evidence=made.evidence(few=True))
    return evidence.show_theme(_, sheet, sheet.evidence.themes[0])


def evidence_theme_vague(_: Translator) -> Card:
    about = made.evidence()
    words: dict[Status | None, int] = {None: 1, **dict.fromkeys(Status, 0), Status.UNDER_WAY: 4, Status.GOING_WELL: 3}
    theme = replace(about.themes[0], working=Breakdown.of(words, 3))
    return evidence.show_theme(_, evidence.Sheet(evidence=about), theme)


def evidence_choose(_: Translator, words: str = "Leg og sprog i hverdagen") -> Card:
    about = made.evidence(themes=5)
    about.themes[0].theme.title = about.themes[0].theme.title_en = words
    return evidence.choose(_, about)


def evidence_none(_: Translator) -> Card:
    return evidence.none_yet(_)


def network_first(_: Translator) -> Card:
    statement = NetworkStatement(
        id=made.uid(162),
        round_id=made.uid(161),
        network=InstitutionType.DAYCARE,
        theme_ids=tuple(each.id for each in made.played()),
    )
    return network_form.ask(_, made.qualified(statement))


def network_last(_: Translator, words: str = "Tallene om samarbejde siger mest om de forældre, der svarer.") -> Card:
    return network_form.ask(_, made.qualified(made.statement(words, saved=False, step=2)))


def network_missing(_: Translator) -> Card:
    typed = network.Form(statement_id=made.uid(162), step=2, content=Answer(), was="")
    names = {"recognition": "no_recognition", "tell": "nothing_to_tell", "contributors": "no_contributors"}
    problems = Problems({name: Problem(code) for name, code in names.items()})
    return network_form.ask(_, made.qualified(made.statement(saved=False)), typed=typed, problems=problems)


def network_meanwhile(_: Translator, words: str = WORDS) -> Card:
    typed = network.Form(statement_id=made.uid(162), step=0, content=Answer(tell="Mine ord."), was="")
    problems = Problems({name: Problem("written_meanwhile") for name in ("recognition", "tell")})
    return network_form.ask(_, made.qualified(made.statement(words, saved=False)), typed=typed, problems=problems)


def network_correct(_: Translator) -> Card:
    return network_form.ask(_, made.qualified(made.statement(step=1)))


def network_whole(_: Translator) -> Card:
    statement = NetworkStatement(id=made.uid(162), round_id=made.uid(161), network=InstitutionType.SCHOOL)
    return network_form.ask(_, made.qualified(statement, evidence=made.evidence(themes=0)))


def network_no_evidence(_: Translator) -> Card:
    statement = NetworkStatement(id=made.uid(162), round_id=made.uid(161), network=InstitutionType.SCHOOL)
    return network_form.ask(_, made.qualified(statement, evidence=None))


def network_draft_saved(_: Translator) -> Card:
    return network.saved_draft(_, made.qualified(made.statement(saved=False)))


def network_saved(_: Translator, words: str = "Legen har det bedre, end tallene viser.") -> Card:
    return network.show(_, made.qualified(made.statement(words)))


def network_over(_: Translator, words: str = "Det, jeg nåede at skrive.") -> Card:
    typed = network.Form(statement_id=made.uid(162), step=0, content=Answer(tell=words), was="")
    return network.over(_, made.qualified(made.statement(), RoundState.DISCUSSED), typed=typed)


def network_over_draft(_: Translator, words: str = "Det, vi nåede at skrive.") -> Card:
    return network.over(_, made.qualified(made.statement(words, saved=False), RoundState.DISCUSSED))


def network_refused(_: Translator, words: str = "Det, jeg nåede at skrive.") -> Card:
    return network.refused(
        _, network.Form(statement_id=made.uid(162), step=0, content=Answer(tell=words, lacking=words), was="")
    )


def network_which(_: Translator) -> Card:
    found = [(made.statement(network=each), made.political_round()) for each in InstitutionType]
    return network.choose(_, found)


def network_none(_: Translator) -> Card:
    return network.none_asked(_)


def overview_facilitator(_: Translator) -> Card:
    tasks = [Task.qualify(made.statement(saved=False), made.political_round())]
    return overview.show(_, name="Ulla", places=[], tasks=tasks, lines=[])


EXAMPLES = examples_in(globals())
