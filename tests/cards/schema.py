"""Microsoft's own schema of a card, read strictly.

The models of `microsoft-teams-cards` allow any extra key and require none, so validating with them finds next
to nothing. Here their declarations are walked by hand: a key they do not know, a value outside its literals,
an element where it has no place and a missing key that the element cannot do without are complaints.
"""

import types
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from microsoft_teams.cards import core

Model = type[core.SerializableObject]

# Elements that stand only inside their own parent, and so not among the items of a card.
RUNS = {"TextRun", "IconRun", "ImageRun"}
INNER = RUNS | {"AdaptiveCard", "Column", "TableRow", "TableCell", "CarouselPage"}
REQUIRED = {
    "AdaptiveCard": {"version", "body"},
    "TextBlock": {"text"},
    "RichTextBlock": {"inlines"},
    "TextRun": {"text"},
    "Image": {"url"},
    "Icon": {"name"},
    "Container": {"items"},
    "Column": {"items"},
    "ColumnSet": {"columns"},
    "FactSet": {"facts"},
    "ActionSet": {"actions"},
    "Input.Text": {"id"},
    "Input.Date": {"id"},
    "Input.Time": {"id"},
    "Input.Number": {"id"},
    "Input.Toggle": {"id", "title"},
    "Input.ChoiceSet": {"id", "choices"},
    "Action.Execute": {"verb"},
    "Action.OpenUrl": {"title", "url"},
    "Action.Submit": {"title"},
    "Action.ToggleVisibility": {"targetElements"},
    "Action.ShowCard": {"title", "card"},
    "Chart.Line": {"data"},
    "Chart.VerticalBar": {"data"},
    "Chart.VerticalBar.Grouped": {"data"},
    "Fact": {"title", "value"},
    "Choice": {"title", "value"},
}


def schema_complaints(card: object) -> list[str]:
    """What Microsoft's declarations have against a card, each with the way to the place."""
    return list(_of_model(card, core.AdaptiveCard, "card"))


def _of_model(value: object, model: Model, way: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{way}: not an object but {value!r}"
        return
    fields = _fields(model)
    kind = _kind(model)
    for key in value:
        if key not in fields:
            yield f"{way}: {kind or model.__name__} has no {key!r}"
    for key in sorted(REQUIRED.get(kind or model.__name__, set()) - value.keys()):
        yield f"{way}: {kind or model.__name__} without {key!r}"
    for key, each in value.items():
        if key in fields:
            yield from _of_annotation(each, fields[key], f"{way}.{key}", inside=f"{kind}.{key}")


def _of_annotation(value: object, annotation: Any, way: str, inside: str) -> Iterator[str]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _of_annotation(value, arguments[0], way, inside)
    elif origin in (Union, types.UnionType):
        yield from _of_union(value, arguments, way, inside)
    elif origin is Literal:
        if value not in arguments:
            yield f"{way}: {value!r} is none of {', '.join(map(repr, arguments))}"
    elif origin is list:
        if not isinstance(value, list):
            yield f"{way}: not a list but {value!r}"
            return
        for number, each in enumerate(value):
            yield from _of_annotation(each, arguments[0], f"{way}[{number}]", inside)
    elif origin is dict:
        if not isinstance(value, dict):
            yield f"{way}: not an object but {value!r}"
    elif annotation is Any:
        return
    elif annotation in (core.CardElement, core.Action, core.ContainerLayout):
        yield from _of_kind(value, annotation, way, inside)
    elif isinstance(annotation, type) and issubclass(annotation, core.SerializableObject):
        yield from _of_model(value, annotation, way)
    elif not _is_plain(value, annotation):
        yield f"{way}: {value!r} is not {getattr(annotation, '__name__', annotation)}"


def _of_union(value: object, options: tuple[Any, ...], way: str, inside: str) -> Iterator[str]:
    """The complaints of the option that fits best: a misspelt key is told, not that nothing fits."""
    found: list[list[str]] = []
    for option in options:
        if option is type(None):
            # JSON null is never written: a key is left out instead.
            continue
        complaints = list(_of_annotation(value, option, way, inside))
        if not complaints:
            return
        found.append(complaints)
    yield from max(found, key=lambda each: len(each[0].split(": ")[0]), default=[f"{way}: {value!r}"])


def _of_kind(value: object, base: Model, way: str, inside: str) -> Iterator[str]:
    """An object that says by its `type` what it is, where any of a kind may stand."""
    if not isinstance(value, dict):
        yield f"{way}: not an object but {value!r}"
        return
    name = value.get("type")
    model = _models(base).get(str(name))
    if model is None:
        yield f"{way}: {name!r} has no place here"
        return
    if base is core.CardElement:
        # Only a RichTextBlock holds runs, and it holds nothing else.
        if (inside == "RichTextBlock.inlines") != (name in RUNS) or name in INNER - RUNS:
            yield f"{way}: {name} has no place here"
    yield from _of_model(value, model, way)


def _is_plain(value: object, annotation: Any) -> bool:
    if annotation is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if annotation is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(annotation, type) and isinstance(value, annotation)


@cache
def _models(base: Model) -> dict[str, Model]:
    found: dict[str, Model] = {}
    for each in vars(core).values():
        if isinstance(each, type) and issubclass(each, base) and each is not base and (kind := _kind(each)):
            found[kind] = each
    return found


@cache
def _kind(model: Model) -> str | None:
    field = model.model_fields.get("type")
    return str(field.default) if field is not None and field.default is not None else None


@cache
def _fields(model: Model) -> dict[str, Any]:
    found = {str(field.validation_alias or name): field.annotation for name, field in model.model_fields.items()}
    if model is core.AdaptiveCard:
        found["$schema"] = found.pop("schema")
    return found
