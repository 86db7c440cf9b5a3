"""The application: routes behind the gate, the shield before them, the built pages beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

import isnad
from isnad.desk.desk import Desk, gate
from isnad.desk.errors import DeskError
from isnad.desk.packing import Packing
from isnad.desk.refusing import handle
from isnad.desk.routes import API, PAGES
from isnad.desk.shield import PER_MINUTE, Shield
from isnad.errors import IsnadError

PREFIX = "/api/v1"


def create_app(desk: Desk, *, per_minute: int = PER_MINUTE) -> FastAPI:
    """The application of a desk.

    Args:
        desk: the archive at work.
        per_minute: requests that one caller may make in a minute.
    """

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        desk.start()
        yield
        desk.stop()

    app = FastAPI(
        title="Isnad desk", version=isnad.__version__, lifespan=lifespan, docs_url=None,
        redoc_url=None, openapi_url=None,
    )  # fmt: skip
    app.state.desk = desk
    for kind in (DeskError, RequestValidationError, HTTPException, IsnadError):
        app.add_exception_handler(kind, handle)
    app.add_middleware(Shield, desk=desk, per_minute=per_minute)
    app.add_middleware(Packing)  # outside the shield, whose ETags are of what is packed
    whole = APIRouter(dependencies=[Depends(gate)])
    for router in API:
        whole.include_router(router, prefix=PREFIX)
    for router in PAGES:
        whole.include_router(router)
    app.include_router(whole)
    return app
