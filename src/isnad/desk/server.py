"""Running the desk: a socket of its own, the address printed once it listens, an orderly end."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import replace

from isnad.archive import Archive
from isnad.desk.settings import Settings
from isnad.errors import IsnadError


def listening(settings: Settings) -> tuple[socket.socket, Settings]:
    """A socket on the desk's address, and the settings with the port that it got.

    Raises:
        IsnadError: E712 if the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    held = socket.socket(family, socket.SOCK_STREAM)
    try:
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind((settings.host.strip("[]"), settings.port))
    except (OSError, OverflowError) as error:
        held.close()
        why = getattr(error, "strerror", None) or error
        where = f"{settings.host}:{settings.port}"
        raise IsnadError(
            "E712", f"cannot listen there ({why}); try another --port", where
        ) from error
    return held, replace(settings, port=held.getsockname()[1])


def address_of(settings: Settings, token: str | None) -> str:
    """The address to open: with the token where there are no accounts."""
    host = settings.names[0] if settings.names and settings.secure else settings.host
    shown = f"[{host}]" if ":" in host else host
    base = f"https://{shown}" if settings.secure else f"http://{shown}:{settings.port}"
    return f"{base}/enter?token={token}" if token else f"{base}/"


def serve(archive: Archive, settings: Settings, said: Callable[[str], None]) -> None:
    """Serve until stopped.

    Args:
        archive: an open archive.
        settings: checked ones.
        said: told the address once it can be opened.
    """
    import uvicorn

    from isnad.desk.app import create_app
    from isnad.desk.desk import Desk

    held, settings = listening(settings)
    desk = Desk(archive, settings)
    config = uvicorn.Config(
        create_app(desk), log_level="warning", access_log=False, server_header=False,
        proxy_headers=False, timeout_graceful_shutdown=5, timeout_keep_alive=75, lifespan="on",
        ws="none", h11_max_incomplete_event_size=32_768,
    )  # fmt: skip
    with held:
        held.listen(128)
        said(address_of(settings, None if settings.accounts else desk.token))
        uvicorn.Server(config).run(sockets=[held])
