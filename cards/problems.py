"""What is wrong, in the reader's words: one sentence per code of a `Problem`."""

from datetime import date, datetime

from cards.language import N_, Translator
from cards.words import theme_title
from domain.cycle import Theme
from domain.errors import Problem, Problems
from domain.organisation import AgeRange
from domain.period import HalfYear

SENTENCES = {
    "single_child": N_(
        "“%(words)s” may point at one child. Take out the name, or tick below that nobody can be recognised. Your text "
        "is still here."
    ),
    "single_employee": N_(
        "“%(words)s” may be about one employee's health or employment, and that does not belong here. Take it out, or "
        "tick below that nobody can be recognised. Your text is still here."
    ),
    "cpr": N_("The text seems to contain a civil registration number. Remove it and I will save the rest."),
    "too_long": N_("The text has %(length)s characters. There is room for %(limit)s."),
    "too_many": N_("Choose at most %(most)s."),
    "empty": N_("Write a few words first."),
    "no_data": N_("Choose at least one key figure or one qualitative source."),
    "not_interpreted": N_("Write briefly how you understand the data. Figures say nothing until they are interpreted."),
    "not_shared": N_("The reflection must be shared. Choose at least two."),
    "nobody_of_the_institution": N_("Choose somebody from the institution itself, too."),
    "not_understood": N_("Write briefly how you understand the data together."),
    "not_analysed": N_("Write briefly what explains what you see."),
    "no_perspective": N_("Write what you know, or choose a date by which you will ask."),
    "date_passed": N_("Choose a date from today onwards."),
    "no_theme": N_("Choose the theme that the focus area is close to."),
    "no_title": N_("Give the focus area a short title."),
    "no_group": N_("Choose whose perspective it is."),
    "no_via": N_("Choose how you collected it."),
    "no_body_name": N_("Write who it was, or how you collected it."),
    "before_recommended": N_("They recommended it on %(day)s. Choose a date from then on."),
    "no_count": N_("Choose about how many took part."),
    "nothing_said": N_("Write what they tell."),
    "no_priority": N_("Write what you give priority to."),
    "no_remark": N_("Write your remark, or go back and say that it is right."),
    "no_response": N_("Choose what you do about it."),
    "day_to_come": N_("Choose a date that is not in the future."),
    "before_dialogue": N_("Choose a date that is not before the dialogue."),
    "no_tool_name": N_("Give the method a name."),
    "tool_exists": N_("There is already a method of that name. Share your experience of it instead."),
    "no_how": N_("Write in a few words how it is done."),
    "nothing_done": N_("Write what you did."),
    "no_why_it_worked": N_("Write briefly why it worked."),
    "nobody_chosen": N_("Choose whom you have discussed them with. “Nobody yet” is an answer, too."),
    "nobody_and_somebody": N_("Choose either “Nobody yet” or those you have discussed them with."),
    "no_kind": N_("Choose what you have decided."),
    "kind_is_settled": N_("This decision is saved, so its kind stays. Add a new decision instead."),
    "no_knowledge_across": N_(
        "To choose a focus area you also need knowledge from across. Add it to the shared reflection first."
    ),
    "decided_already": N_("Something else has been decided already. Choose what this decision is about."),
    "decision_rests_on_it": N_("A saved decision is based on it, so it stays. Correct the decision first."),
    "choice_rests_on_it": N_(
        "You have decided to choose a focus area, and that is based on knowledge from across. Leave some of it here."
    ),
    "no_rhythm": N_("Choose how often I should ask."),
    "not_to_continue": N_("Choose one of the focus areas that were to go on, or that it is a new one."),
    "unchanged_with_words": N_("You have written something. Press “Save the status” to keep it, or remove it first."),
    "unchanged_with_another": N_("You have chosen another status than last time. Press “Save the status” to keep it."),
    "recommendation_answered": N_(
        "You have answered this recommendation, so its words stay. Save a new one as a perspective of its own."
    ),
    "no_focus_area": N_("Choose which focus area it is about."),
    "no_decision": N_("Write the decision in a few words."),
    "not_chosen": N_("Choose what it is about."),
    "nothing_corrected": N_("Nothing is changed. Correct the text, or say why it is right as it is."),
    "no_reason": N_("Write briefly why."),
    "not_based": N_("Choose at least some of the data that you reflected on."),
    "no_involvement": N_("Choose how they have taken part. “Not yet” is an answer, too."),
    "no_involvement_date": N_("Choose a date by which you will involve them."),
    "no_owner": N_("Write who follows up, for instance a function or a team."),
    "no_due": N_("Choose a date from today onwards."),
    "no_why": N_("Write briefly why you choose this one."),
    "no_signs": N_("Write which signs you will look for."),
    "no_closing": N_("Choose how it ended."),
    "no_status": N_("Choose where you are now."),
    "nothing_seen": N_("Write what you have seen, or press “Unchanged”."),
    "no_next_step": N_("Write the next step, since it needs attention."),
    "no_measure_state": N_("Choose what became of it."),
    "no_outcome": N_("Write briefly what came of it."),
    "theme_other_range": N_("The theme “%(theme)s” is for %(range)s. Your present themes are: %(current)s."),
    "theme_not_valid": N_(
        "The theme “%(theme)s” does not apply in %(half_year)s. Your present themes are: %(current)s."
    ),
    "choose_colleague": N_("Choose a colleague from the list."),
    "choose_source": N_("Choose a source from the list."),
    "no_recognition": N_("Choose whether you can recognise the picture."),
    "nothing_to_tell": N_("Write briefly what the politicians should know, since you do not recognise all of it."),
    "no_contributors": N_("Choose about how many have contributed."),
    "no_age_range": N_("Choose which age range the first round is about."),
    "no_day": N_("Choose a date."),
    "no_clock": N_("Choose a time of day."),
    "time_passed": N_("The time has passed. Choose a time from now onwards."),
    "same_time": N_("The dialogue is at that time and place already. Choose another."),
    "other_half_year": N_("The dialogue belongs to %(half_year)s. Choose a date in it."),
    "outside_cycle": N_("The date lies outside the two-year period. Choose another."),
    "four_already": N_("The two-year period has its four dialogues already. Plan it as an extra one."),
    "half_year_taken": N_(
        "There is a dialogue in %(half_year)s already. Plan this one as an extra one, or move the other."
    ),
    "too_many_lines": N_("Write at most %(most)s lines."),
    "no_definition": N_("Write what a learning environment is, in both languages."),
    "no_points": N_("Write at least one focus point, in both languages."),
    "no_rules": N_("Write at least one ground rule, in both languages."),
    "lines_differ": N_("Focus points in Danish: %(number)s. Write as many here, in the same order."),
    "no_observer": N_("The observer must come from another institution."),
    "no_where": N_("Write where the observer will be."),
    "no_focus": N_("Write what you would like to have an eye on. It makes the feedback more useful."),
    "no_time": N_("Suggest at least one time."),
    "too_far_ahead": N_("Choose a time within the coming year."),
    "same_visit": N_("The visit is at that time already. Choose another."),
    "before_visit": N_("The date lies before the visit. Choose the day of the visit, or a later one."),
    "no_oral": N_("Choose the date, or tick “Not yet”."),
    "nothing_described": N_("Write what you saw and heard."),
    "nothing_supports": N_("Write briefly what you saw that supported it."),
    "no_question": N_("Write at least one thing that made you curious, as a question."),
    "names_unchecked": N_("Tick this when you have made sure that nobody is named."),
    "due_range": N_("Choose a date from tomorrow on, within %(days)s days."),
    "no_such_hour": N_("The clocks are moved forward that night, so this hour does not exist. Choose another."),
    "moved_meanwhile": N_("Someone has moved the dialogue to %(starts_at)s in the meantime. Choose again if needed."),
    "not_in_line": N_("On that day you are not responsible for an institution that this leader leads."),
    "not_in_line_then": N_("On that day the chief is not responsible for the leader's institution."),
    "no_leader": N_("Choose whom you want to meet."),
    "no_such_day": N_("That date does not exist. Choose another."),
    "not_in_the_day": N_("Choose a time between 6:00 and 22:00."),
    "hour_twice": N_("The clocks are moved back that night, so this hour comes twice. Choose another."),
    "met_that_day": N_("You two have a 1:1 that day already: %(starts_at)s. Write its note, or choose another day."),
    "one_on_one_to_come": N_("That time has not come yet. Choose when you met."),
    "one_on_one_long_ago": N_("Choose a time within the last %(days)s days."),
    "one_that_day": N_("You two have a 1:1 that day already: %(starts_at)s. Move that one instead."),
    "same_one_on_one_time": N_("The 1:1 is at that time and place already. Choose another."),
    "one_on_one_moved_meanwhile": N_(
        "The 1:1 has been moved to %(starts_at)s in the meantime. Choose again if needed."
    ),
    "agenda_full": N_("You have already added %(most)s items. Take one off, or bring it up at the meeting."),
    "nothing_on_leading": N_("Write briefly how leading the quality development is going."),
    "note_begun": N_("You have written in the note. If it did not take place, empty the fields first."),
    "school_talk_already": N_("The school has had its talk this school year, on %(held_on)s. There is one a year."),
    "nothing_agreed": N_("Write in a few words what you have agreed."),
    "no_agreement_owner": N_("Choose who does it."),
    "result_without_end": N_("This belongs to “It is done”. Empty the field if it is not done yet."),
    "written_elsewhere": N_("You have written something else in another place. What you save now replaces it."),
    "nothing_became": N_("Choose what has become of it."),
    "nothing_decided": N_("Choose what should happen to at least one of them, or press “Not now”."),
    "leads_no_longer": N_("The leader you chose does not lead the institution any more. Choose again."),
    "no_case": N_("Write the case in which it was asked for."),
    "case_names": N_("Write the number of the case without the name: it stays when the person has been anonymised."),
    "no_name": N_("Write the whole name as it stands in the record."),
    "no_record": N_("There is no record with words in it that has this id."),
    "name_not_there": N_("The name does not stand in this record."),
    "has_role": N_(
        "%(who)s still has a role. End it first in the list of people, and let whoever takes over have what is open."
    ),
    "held": N_("A hold forbids it as long as the case goes on: %(cases)s."),
    "anonymised_already": N_("The person is anonymised already."),
    "proposed_already": N_("It has been proposed already, or is on its way."),
    "own_data": N_("It is about yourself. Somebody else of the administration must do it."),
    "same_person": N_("Whoever proposed it cannot approve it, also not with another account. It takes two people."),
    "no_administrator": N_("Only the administration of the whole municipality can propose it."),
    "nobody_to_approve": N_(
        "Nobody else is administration of the whole municipality, and it takes two people. Put one more on the list."
    ),
    "saved_meanwhile": N_(
        "It has been saved in the meantime, so others can read it. Go on if it is to be corrected all the same."
    ),
    "written_meanwhile": N_("Someone has written something else here in the meantime."),
}


def sentence(_: Translator, problem: Problem) -> str:
    """The problem as a sentence; KeyError for a code without one, which a test rules out."""
    values = {name: _shown(_, value) for name, value in problem.values.items()}
    return _(SENTENCES[problem.code], **values)


def at(_: Translator, problems: Problems | None, name: str) -> str | None:
    """What is wrong with this field, None when nothing is."""
    found = problems.fields.get(name) if problems else None
    return sentence(_, found) if found else None


def _shown(_: Translator, value: object) -> str:
    match value:
        case AgeRange():
            return _.age_range(value)
        case list():
            return _.join(_shown(_, each) for each in value) or "–"
        case HalfYear():
            return _.the_half_year(value)
        case Theme():
            return theme_title(_, value)
        case datetime():
            return _.moment(value)
        case date():
            return _.date(value)
        case int():
            return _.number(value)
        case _other:
            return str(_other)
