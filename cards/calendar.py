"""A visit as a calendar entry that Outlook takes."""

from datetime import timedelta

from icalendar import Calendar, Event, vCalAddress, vText

from cards.language import Translator
from cards.visit import Visit
from domain.observation import ObservationState


def media_type(visit: Visit) -> str:
    """Outlook believes the file only if the method is named here as well."""
    return f"text/calendar; charset=utf-8; method={_method(visit)}"


def file_name(_: Translator) -> str:
    return _("observation.ics")


def entry(_: Translator, visit: Visit) -> bytes:
    """The entry: where and when, and nothing of the focus or of who comes, since others may see a calendar.

    Its UID is the observation's, and its SEQUENCE rises when the visit is moved, so that a newer file replaces an
    older entry instead of standing beside it. Of a visit that was cancelled, the file takes the entry out again.
    """
    about = visit.observation
    assert about.starts_at is not None
    calendar = Calendar()
    calendar.add("prodid", "-//Laeringsbot//Observation//DA")
    calendar.add("version", "2.0")
    calendar.add("method", _method(visit))
    event = Event()
    event.add("uid", f"{about.id}@laeringsbot")
    event.add("sequence", about.revision)
    event.add("dtstamp", about.changed_at or about.starts_at)
    event.add("dtstart", about.starts_at)
    event.add("dtend", about.starts_at + timedelta(minutes=about.minutes))
    event.add("summary", _("Observation · %(institution)s", institution=visit.host.name))
    event.add("location", f"{visit.host.name}, {about.what.where}")
    event.add("description", _("The focus and the guide are in Læringsbot in Teams. Write “observations” to it."))
    event.add("status", "CANCELLED" if _is_cancelled(visit) else "CONFIRMED")
    event.add("organizer", _organizer())
    event.add("transp", "TRANSPARENT" if _is_cancelled(visit) else "OPAQUE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _is_cancelled(visit: Visit) -> bool:
    return visit.observation.state is ObservationState.CANCELLED


def _method(visit: Visit) -> str:
    """A published entry is saved as it is, with no answer asked for; a cancelled one is what Outlook removes."""
    return "CANCEL" if _is_cancelled(visit) else "PUBLISH"


def _organizer() -> vCalAddress:
    """Both methods must name one (RFC 5546). It is nobody's mailbox, so that no answer is sent and no name is shown."""
    organizer = vCalAddress("invalid:nomail")
    organizer.params["cn"] = vText("Læringsbot")
    return organizer
