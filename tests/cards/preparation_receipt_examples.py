"""The cards of a preparation that is kept: receipts, what others read, and with whom it is shared."""

from dataclasses import replace

from cards import preparation_form, preparation_receipt, preparation_sharing
from cards import preparation_read as reading
from cards.kit import Card
from cards.language import Translator
from cards.preparation import Form
from domain.dialogue import DialogueState
from domain.errors import Expired, Problem, Problems
from domain.organisation import Person
from domain.preparation import PreparationState, Step
from domain.status import Status
from tests.cards import municipality as made
from tests.cards.by_name import examples_in
from tests.cards.municipality import WORDS


def preparation_saved(_: Translator) -> Card:
    return preparation_receipt.saved(_, made.sheet(made.preparation()))


def preparation_ready(_: Translator, words: str = WORDS) -> Card:
    return preparation_receipt.receipt(_, made.sheet(made.preparation(words, state=PreparationState.READY)))


def preparation_needs_attention(_: Translator) -> Card:
    """The status that the preparation brought along asks for the next step and the 1:1."""
    kept = made.preparation(state=PreparationState.READY)
    short = made.story(last=Status.NEEDS_ATTENTION)
    last, _author = short.history[-1]
    last.is_short = True
    sheet = replace(made.sheet(kept, about=made.dialogue(DialogueState.READY)), stories=[short])
    return preparation_receipt.receipt(_, sheet)


def preparation_closed(_: Translator, words: str = WORDS) -> Card:
    kept = made.preparation(state=PreparationState.READY)
    about = made.dialogue(DialogueState.CLOSED)
    return preparation_receipt.receipt(
        _, made.sheet(kept, about=about, addenda=((made.addendum(words), made.leader()),))
    )


def preparation_closed_unshared(_: Translator, words: str = WORDS) -> Card:
    """A remark on a dialogue whose preparation was never shown, where there is a journal."""
    sheet = made.sheet(made.preparation(), about=made.dialogue(DialogueState.CLOSED), addenda=())
    problems = Problems({"addendum": Problem("cpr")})
    return preparation_receipt.receipt(_, replace(sheet, is_journal_on=True), addendum=words, problems=problems)


def preparation_read(_: Translator, words: str = WORDS) -> Card:
    return reading.read_only(_, made.sheet(made.preparation(words, state=PreparationState.READY)))


def preparation_agenda(_: Translator) -> Card:
    return reading.agenda(_, made.sheet(made.preparation(state=PreparationState.READY)))


def preparation_colleague(_: Translator) -> Card:
    return preparation_sharing.choose_colleague(_, made.sheet(made.preparation()), [made.colleague()])


def preparation_no_colleague(_: Translator) -> Card:
    return preparation_sharing.choose_colleague(_, made.sheet(made.preparation()), [])


def _team() -> tuple[Person, Person]:
    return made.colleague(), Person(id=made.uid(6), name="Sara Lind", email="s@example.dk", aad_object_id="6")


def preparation_share(_: Translator) -> Card:
    return preparation_sharing.share(_, made.sheet(made.preparation(), shared_with=_team()[:1]), _team())


def preparation_share_problem(_: Translator) -> Card:
    typed = preparation_sharing.Shares(dialogue_id=made.uid(20), chosen=(made.uid(6),))
    problems = Problems({"colleagues": Problem("choose_colleague")})
    return preparation_sharing.share(_, made.sheet(made.preparation()), _team(), typed=typed, problems=problems)


def preparation_share_nobody(_: Translator) -> Card:
    return preparation_sharing.share(_, made.sheet(made.preparation()), ())


def preparation_shared(_: Translator) -> Card:
    return preparation_sharing.shared(_, made.sheet(made.preparation(), shared_with=_team()))


def preparation_shared_with_nobody(_: Translator) -> Card:
    return preparation_sharing.shared(_, made.sheet(made.preparation()))


def preparation_shared_form(_: Translator) -> Card:
    """Everybody with whom it is shared is named."""
    return preparation_form.ask(_, made.sheet(made.preparation(), shared_with=_team()))


def preparation_shared_by_leader(_: Translator) -> Card:
    """As the colleague has it."""
    shared = made.sheet(made.preparation(), shared_with=_team())
    return preparation_form.ask(_, replace(shared, viewer=_team()[0], leads=False))


def preparation_shared_read(_: Translator) -> Card:
    return reading.read_only(_, made.sheet(made.preparation(state=PreparationState.READY), shared_with=_team()))


def preparation_shared_ready(_: Translator) -> Card:
    return preparation_receipt.receipt(
        _, made.sheet(made.preparation(state=PreparationState.READY), shared_with=_team())
    )


def preparation_handed(_: Translator) -> Card:
    return preparation_sharing.handed(_, made.sheet(made.preparation(), handed_to=made.colleague()))


def preparation_expired(_: Translator, words: str = WORDS) -> Card:
    content = made.preparation(words).data
    typed = Form(dialogue_id=made.uid(20), step=Step.DATA, content=content, was="", revision=1)
    return preparation_receipt.expired(
        _,
        made.dialogue(DialogueState.CANCELLED),
        made.school(),
        Expired("dialogue_cancelled"),
        typed=typed,
        following=made.dialogue(),
    )


def preparation_none(_: Translator) -> Card:
    return preparation_receipt.nothing_to_prepare(_, leads=True)


EXAMPLES = examples_in(globals())
