"""The description of all routes (OpenAPI 3.1): filters, bodies, roles, answers, refusals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic.json_schema import models_json_schema

from isnad.desk.query import SETS, SORTS
from isnad.desk.roles import OPEN, PERMISSIONS, permission_of
from isnad.desk.shapes import SHAPES

_ERROR: dict[str, Any] = {
    "type": "object", "required": ["error"], "additionalProperties": False,
    "properties": {"error": {
        "type": "object", "required": ["code", "status", "message"],
        "properties": {
            "code": {"type": "string", "pattern": "^E[0-9]{3}$"}, "status": {"type": "integer"},
            "message": {"type": "string"},
            "fields": {"type": "array", "items": {
                "type": "object", "required": ["field", "message"],
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
            }},
        },
    }},
}  # fmt: skip
_REFUSAL = {
    "description": "refused",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}},
}
_KINDS: dict[str, dict[str, Any]] = {
    "from": {"type": "string", "format": "date"}, "to": {"type": "string", "format": "date"},
    "published_from": {"type": "string", "format": "date"},
    "published_to": {"type": "string", "format": "date"},
    "last": {"type": "string", "enum": ["day", "week", "month"]},
    "box": {"type": "string", "description": "WEST,SOUTH,EAST,NORTH in degrees"},
    "radius": {"type": "number", "minimum": 0, "maximum": 20000},
    **{n: {"type": "integer", "minimum": 0, "maximum": 999999999}
       for n in ("days", "low", "high", "tellings", "origins")},
    **{n: {"type": "string", "enum": ["1", "0"]} for n in ("exact", "undated", "unplaced")},
    "q": {"type": "string", "minLength": 1, "maxLength": 500},
    "sort": {"type": "string", "enum": list(SORTS)},
}  # fmt: skip


PREFIX = "/api/v1"
FILES = {
    "GET /exports/{form}": "application/zip",
    "GET /reports/{ident}/raw/{n}": "application/octet-stream",
    "GET /snapshots/{ident}/file.json": "application/x-ndjson",
    "GET /snapshots/{ident}/file.csv": "text/csv",
}  # fmt: skip
"""Routes that answer with a file."""
_MODE: Literal["serialization"] = "serialization"


def description(app: FastAPI) -> dict[str, Any]:
    """The description of an application, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = _made(app)
    return app.openapi_schema


def _made(app: FastAPI) -> dict[str, Any]:
    found = get_openapi(
        title=app.title, version=app.version, routes=app.routes,
        description="See docs/desk.md. Every refusal has the shape of `Refusal`.",
    )  # fmt: skip
    components = found.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Refusal"] = _ERROR
    models = [(m, _MODE) for m in dict.fromkeys(SHAPES.values())]
    refs, made = models_json_schema(models, ref_template="#/components/schemas/{model}")
    schemas.update(made["$defs"])
    components["securitySchemes"] = {"bearer": {"type": "http", "scheme": "bearer"}}
    found["security"] = [{"bearer": []}]
    for route in routes_of(app):
        for method in route.methods:
            operation = found["paths"].get(route.path, {}).get(method.lower())
            if operation is not None:
                _finish(operation, route)
                _answers(operation, f"{method} {route.path.removeprefix(PREFIX)}", refs)
    return found


def _finish(operation: dict[str, Any], route: Mounted) -> None:
    permission = permission_of(route.endpoint) or ""
    operation["x-role"] = PERMISSIONS.get(permission, permission)
    operation["responses"].pop("422", None)
    operation["responses"]["default"] = _REFUSAL
    if permission == OPEN:
        operation["security"] = []
    if route.filtered:
        known = {p["name"] for p in operation.get("parameters", ())}
        operation.setdefault("parameters", []).extend(
            p for p in _filters() if p["name"] not in known
        )


def _answers(operation: dict[str, Any], route: str, refs: Mapping[Any, Any]) -> None:
    """What a route answers where it does what is asked: a shape, a file, or nothing."""
    done = next((s for s in ("200", "201") if s in operation["responses"]), None)
    if done is None:
        return
    kind, schema = FILES.get(route, "application/json"), {"type": "string", "format": "binary"}
    if kind == "application/json":
        shape = SHAPES.get(route)
        schema = refs[shape, _MODE] if shape is not None else {"type": "object"}
    told = SHAPES[route].__doc__ if route in SHAPES else None
    operation["responses"][done] = {
        "description": (told or "done").partition("\n")[0], "content": {kind: {"schema": schema}},
    }  # fmt: skip


def _filters() -> list[dict[str, Any]]:
    many = {"type": "array", "items": {"type": "string", "minLength": 1, "maxLength": 500}}
    named = [(n, {**many, "maxItems": 100}) for n in (*SETS, "id")]
    return [{"name": n, "in": "query", "required": False, "schema": s} for n, s in (*named,
    *_KINDS.items())]  # fmt: skip


class Mounted(NamedTuple):
    """A route as it is reached: its whole path, methods, endpoint, and whether it takes filters."""

    path: str
    methods: frozenset[str]
    endpoint: Any
    filtered: bool


def routes_of(app: FastAPI) -> list[Mounted]:
    """All routes of an application, whichever router holds them."""
    found = []
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if isinstance(route, APIRoute):
            calls = [d.call for d in route.dependant.dependencies]
            filtered = any(getattr(c, "__name__", "") == "query_of" for c in calls)
            methods = frozenset(context.methods or ())
            shown = context.path_format or context.path or ""
            found.append(Mounted(shown, methods, context.endpoint, filtered))
    return found
