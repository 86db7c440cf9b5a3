"""What answers of the API look like, as models that the description is made from.

In: nothing. Out: a model for each route that answers in JSON. Tests hold real answers to them.
"""

from __future__ import annotations

from typing import Any

from isnad.desk.shapes import answers as a
from isnad.desk.shapes import people as p

SHAPES: dict[str, Any] = {
    "GET /health": a.Health, "GET /state": a.State, "GET /session": a.Session,
    "GET /incidents": a.Page[a.Row], "GET /map": a.Map, "GET /timeline": a.Timeline,
    "GET /facets": a.Facets, "GET /overview": a.Overview, "GET /plots": a.Plots,
    "GET /incidents/{ident}": a.Incident, "GET /incidents/{ident}/history": a.Page[a.Entry],
    "GET /reports": a.Page[a.Report], "GET /reports/{ident}": a.WholeReport,
    "GET /reports/{ident}/explain": a.Explained, "GET /reports/{ident}/diff": a.Diff,
    "GET /search": a.Page[a.Hit], "GET /room": p.Room, "GET /actors": a.Page[p.ActorRow],
    "GET /actors/{ident}": p.Actor, "GET /places": a.Page[p.PlaceRow],
    "GET /places/{ident}": p.GazetteerPlace, "GET /outlets": a.Page[p.OutletRow],
    "GET /outlets/{name}": p.Outlet, "GET /sources": p.Sources, "GET /codebook": p.Codebook,
    "GET /codebook/{field}": p.Field, "GET /pick/actors": p.Picked, "GET /pick/places": p.Picked,
    "GET /review/queue": a.Page[p.QueueItem], "GET /review/assignments": a.Page[p.Assignment],
    "GET /review/people": a.Page[p.Person], "GET /review/progress": p.ReviewProgress,
    "GET /review/pairs": a.Page[p.CodedPair], "GET /review/agreement": p.Agreement,
    "POST /review/words": p.Meant, "GET /decisions": a.Page[a.Decision],
    "POST /decisions": p.Decided, "POST /decisions/preview": p.BulkPreview,
    "POST /decisions/bulk": p.Done, "POST /decisions/bulk/undo": p.Done,
    "GET /comments": a.Page[p.Comment], "POST /comments": p.Comment,
    "PATCH /comments/{ident}": p.Comment, "DELETE /comments/{ident}": p.Comment,
    "GET /searches": a.Page[p.Search], "POST /searches": p.Search,
    "PATCH /searches/{ident}": p.Search, "GET /alerts": p.Alerts,
    "GET /snapshots": a.Page[p.Snapshot], "POST /snapshots": p.Snapshot,
    "GET /snapshots/{ident}": p.SnapshotPage, "GET /accounts": a.Page[p.Account],
    "PATCH /accounts/{ident}": p.Account, "POST /accounts/{ident}/reset": p.Link,
    "POST /invitations": p.Link, "GET /invitations": a.Page[p.Invitation],
    "GET /audit": a.Page[p.Audited],
}  # fmt: skip
"""By method and path under ``/api/v1``; routes that are not here answer with files or nothing."""
