"""What waits for a person, as rows with a button each: on the overview, on Mondays, and above what waits elsewhere."""

from collections import Counter
from collections.abc import Sequence

from cards.form import carried
from cards.kit import buttons, press
from cards.language import N_, Translator
from cards.layout import Element, columns
from cards.meeting import line as meeting_line
from cards.parts import text
from cards.task import Task
from cards.which import short
from cards.words import dialogue_line, last_word, round_line
from domain.decision import DecisionKind

OPENS = N_("Open")
# What the card of a reminder is about, by the flow that sends it; the rest is called by the card's own title alone.
REMINDERS = {
    "acknowledgement": N_("Feedback"),
    "agenda": N_("See the agenda"),
    "agreement": N_("See the agreement"),
    "confirmation": N_("See the note"),
    "data_package": N_("Data package"),
    "decision": N_("See the decisions"),
    "dialogue": N_("See the dialogue"),
    "feedback": N_("Feedback"),
    "focus_area": N_("See the focus area"),
    "focus_remark": N_("See the focus area"),
    "focus_status": N_("See the focus area"),
    "invitation": N_("See the invitation"),
    "measure": N_("See the measure"),
    "network": N_("Qualify"),
    "note": N_("See the note"),
    "one_on_one": N_("See the 1:1"),
    "perspective": N_("Perspectives"),
    "preparation": N_("See preparation"),
    "recommendation": N_("Answer"),
    "reflection": N_("See the reflection"),
    "rhythm": N_("See the 1:1"),
    "saved_summary": N_("See the summary"),
    "theme": N_("See the themes"),
    "visit": N_("See the visit"),
}


def rows(_: Translator, tasks: Sequence[Task]) -> list[Element]:
    """A row for each task; no two buttons of a card are called the same, since they can be read without their rows."""
    made = []
    for task, title in zip(tasks, _titles(_, tasks), strict=True):
        opens = press(title, task.verb, carried(task.subject_id))
        made.append(columns(_words(_, task), buttons(opens, spacing="None"), spacing="Small"))
        if task.is_late:
            made.append(last_word(_))
    return made


def _titles(_: Translator, tasks: Sequence[Task]) -> list[str]:
    """What the button of each is called: with its place where several are of one kind, and else with a number."""
    plain = [_title(_, task) for task in tasks]
    placed = [
        short(f"{title} · {task.institution.name}") if task.institution and plain.count(title) > 1 else title
        for title, task in zip(plain, tasks, strict=True)
    ]
    counts: Counter[str] = Counter()
    told = []
    for title, with_place in zip(plain, placed, strict=True):
        if placed.count(with_place) == 1:
            told.append(with_place)
            continue
        counts[title] += 1
        number = counts[title]
        told.append(title if number == 1 else _("%(title)s no. %(number)s", title=title, number=number))
    return told


def _title(_: Translator, task: Task) -> str:
    titles = {
        "prepare": _("Prepare"),
        "handed": _("Prepare"),
        "reflect": _("Reflect"),
        "decide": _("Decide"),
        "answer": _("Answer"),
        "report": _("Report back"),
        "invited": _("See the invitation"),
        "invite": _("See the invitation"),
        "summary": _("See the summary"),
        "practice": _("Share practice"),
        "feedback": _("Give feedback"),
        "acknowledge": _("Read"),
        "qualify": _("Qualify"),
        "agenda": _("Agenda"),
        "note": _("Note"),
        "confirm": _("Read"),
        "agreement": _("Follow up"),
        "handover": _("Hand over"),
        DecisionKind.CHOOSE.value: _("Describe"),
        DecisionKind.ADJUST.value: _("Adjust"),
        DecisionKind.CLOSE.value: _("Close"),
        "gathered": _(REMINDERS.get(task.view.partition(".")[0], OPENS)),
    }
    return titles.get(task.kind, _(OPENS))


def _words(_: Translator, task: Task) -> list[Element]:
    where = task.institution.name if task.institution else ""
    if task.title:
        title, *rest = task.title.split(" · ", 1)
        line = "".join(rest)
    elif task.dialogue and task.institution:
        title = {
            "prepare": _("Prepare the learning dialogue"),
            "handed": _("Fill in for a colleague"),
            "reflect": _("Write the shared reflection"),
            "decide": _("Write the decisions"),
            DecisionKind.CHOOSE.value: _("Describe the focus area"),
            DecisionKind.ADJUST.value: _("Adjust the focus area"),
            DecisionKind.CLOSE.value: _("Close the focus area"),
        }[task.kind]
        line = dialogue_line(_, task.dialogue, task.institution)
    elif task.meeting:
        title = {
            "agenda": _("See the agenda for the 1:1"),
            "note": _("Write the note from the 1:1"),
            "confirm": _("Confirm the note from the 1:1"),
        }[task.kind]
        line = meeting_line(_, task.meeting)
    elif task.agreement:
        due = _("due %(day)s", day=_.date(task.agreement.due))
        title, line = _("Follow up on an agreement"), f"{where} · {due}"
    elif task.kind == "handover":
        title, line = _("Hand over agreements"), where
    elif task.round:
        title, line = _("Qualify the evidence base"), round_line(_, task.round)
    elif task.kind in ("answer", "report", "invited", "feedback", "acknowledge", "invite", "summary", "practice"):
        title, line = (
            {
                "answer": _("Answer a recommendation"),
                "report": _("Report back on a recommendation"),
                "invited": _("Answer about an observation"),
                "feedback": _("Write the feedback on an observation"),
                "acknowledge": _("Read the feedback on an observation"),
                "invite": _("Finish the invitation to observe"),
                "summary": _("Finish the supervision summary"),
                "practice": _("Share practice"),
            }[task.kind],
            where,
        )
    else:
        half_year = _.half_year(task.package.half_year) if task.package else ""
        title, line = _("Read the data package"), f"{where} · {half_year}"
    words = [text(title, strong=True)]
    if task.words:
        words.append(text(task.words, spacing="None"))
    if line:
        words.append(text(line, small=True, subtle=True, spacing="None"))
    return words
