"""Routes: one file a concern. Each names its permission (``@may``); one that does not is closed."""

from fastapi import APIRouter

from isnad.desk.routes import (
    accounts,
    comments,
    decisions,
    incidents,
    knowledge,
    overview,
    pages,
    pairs,
    reports,
    review,
    room,
    search,
    searches,
    session,
    snapshots,
    state,
    twins,
)

API: tuple[APIRouter, ...] = (
    state.router, session.router, overview.router, incidents.router, reports.router,
    search.router, room.router, knowledge.router, review.router, pairs.router, decisions.router,
    comments.router, searches.router, snapshots.router, accounts.router,
)  # fmt: skip
"""Under ``/api/v1``."""
PAGES: tuple[APIRouter, ...] = (searches.feeds, twins.router, pages.router)
"""At the root; the pages' own fallback comes last."""
