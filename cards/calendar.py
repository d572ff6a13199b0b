"""A visit as a calendar entry that Outlook takes."""

from datetime import timedelta

from icalendar import Calendar, Event

from cards.language import Translator
from cards.visit import Visit
from domain.observation import ObservationState

MEDIA_TYPE = "text/calendar; charset=utf-8; method=PUBLISH"


def file_name(_: Translator) -> str:
    return _("observation.ics")


def entry(_: Translator, visit: Visit) -> bytes:
    """The entry: where and when, and nothing of the focus or of who comes, since others may see a calendar.

    Its UID is the observation's, and its SEQUENCE rises when the visit is moved, so that a newer file replaces an
    older entry instead of standing beside it.
    """
    about = visit.observation
    assert about.starts_at is not None
    calendar = Calendar()
    calendar.add("prodid", "-//Laeringsbot//Observation//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    event = Event()
    event.add("uid", f"{about.id}@laeringsbot")
    event.add("sequence", about.revision)
    event.add("dtstamp", about.changed_at or about.starts_at)
    event.add("dtstart", about.starts_at)
    event.add("dtend", about.starts_at + timedelta(minutes=about.minutes))
    event.add("summary", _("Observation · %(institution)s", institution=visit.host.name))
    event.add("location", f"{visit.host.name}, {about.what.where}")
    event.add("description", _("The focus and the guide are in Læringsbot in Teams. Write “observations” to it."))
    event.add("status", "CANCELLED" if about.state is ObservationState.CANCELLED else "CONFIRMED")
    event.add("transp", "OPAQUE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
