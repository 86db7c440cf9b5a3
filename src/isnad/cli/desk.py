"""``isnad desk``: the web desk on an archive."""

from __future__ import annotations

import webbrowser
from pathlib import Path

import click

from isnad.cli.archived import archive_option, opened, who
from isnad.errors import UsageError


@click.command()
@archive_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N",
              help="The port; without it, a free one.")  # fmt: skip
@click.option("--by", metavar="NAME", help="Who works here, for the journal.")
@click.option("--accounts", is_flag=True, help="People sign in; needed if others can reach it.")
@click.option("--name", "names", multiple=True, metavar="HOST",
              help="A host name under which it is reached (behind a proxy).")  # fmt: skip
@click.option("--tls", "secure", is_flag=True, help="A proxy before it speaks TLS with browsers.")
@click.option("--proxy", "proxies", multiple=True, metavar="ADDRESS",
              help="A proxy whose X-Forwarded-For is believed.")  # fmt: skip
@click.option("--public", is_flag=True, help="People without an account see a coarse, late view.")
@click.option("--delay", "delay_days", type=click.IntRange(0, 3650), default=30, metavar="DAYS",
              show_default=True, help="Days that the public view holds back.")  # fmt: skip
@click.option("--coarsen", "round_km", type=click.FloatRange(1, 500), default=10, metavar="KM",
              show_default=True, help="The grid of the public view's points.")  # fmt: skip
@click.option("--tiles", metavar="ADDRESS", help="Map tiles to load (…/{z}/{x}/{y}.png).")
@click.option("--watch", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="CONFIG.toml", help="Show how this watch's sources are doing.")  # fmt: skip
@click.option("--evidence", type=click.Path(exists=True, file_okay=False, path_type=Path),
              metavar="FOLDER", help="The folder that keeps raw copies.")  # fmt: skip
@click.option("--dev", metavar="ORIGIN", help="A development server of the pages.")
@click.option("--add-admin", metavar="NAME", help="Make an admin's account (asks for a password).")
@click.option("--browser/--no-browser", default=True, help="Open it in a browser.  [default: open]")
def desk(
    url: str | None, host: str, port: int, by: str | None, accounts: bool, names: tuple[str, ...],
    secure: bool, proxies: tuple[str, ...], public: bool, delay_days: int, round_km: float,
    tiles: str | None, watch: Path | None, evidence: Path | None, dev: str | None,
    add_admin: str | None, browser: bool,
) -> None:  # fmt: skip
    """Open the desk: read, check and decide in a browser.

    It listens on this machine only and prints its address, with a token that lets you in. For
    others to reach it: make accounts, and put TLS before it (docs/desk.md).

    \b
    isnad desk --archive war.isnad
    isnad desk --archive war.isnad --add-admin "Samira"
    isnad desk --archive war.isnad --accounts --tls --name desk.example.org --port 8000
    """
    from isnad.desk.server import serve
    from isnad.desk.settings import Settings

    settings = Settings(
        host=host, port=port, names=names, accounts=accounts, owner=who(by), secure=secure,
        proxies=proxies, tiles=tiles, dev=dev, public=public, delay_days=delay_days,
        round_km=round_km, watch=watch, evidence=evidence,
    )  # fmt: skip
    with opened(url, create=add_admin is not None, by=by) as archive:
        if add_admin is not None:
            _add_admin(archive, add_admin, who(by))
            return
        from isnad.desk.auth.store import Accounts

        people = Accounts(archive).any()
        if accounts and not people:
            raise UsageError("E710", "nobody can sign in yet: `isnad desk --add-admin NAME` first")
        settings = settings.checked(people=people)

        def said(address: str) -> None:
            from isnad.desk.routes.pages import UNBUILT, built

            click.echo(address)
            if not built():
                click.echo(UNBUILT, err=True)
            elif browser and settings.local and dev is None:
                webbrowser.open(address)

        serve(archive, settings, said)


def _add_admin(archive: object, name: str, by: str) -> None:
    import datetime as dt
    import sys

    from isnad.archive import Archive
    from isnad.desk.auth.store import Accounts
    from isnad.desk.errors import DeskError

    assert isinstance(archive, Archive)
    if sys.stdin.isatty():
        password = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\r\n")
    try:
        made = Accounts(archive).add(name, password, "admin", by=by, now=dt.datetime.now(dt.UTC))
    except DeskError as error:
        says = "; ".join([error.message, *(f"{k}: {v}" for k, v in error.fields.items())])
        raise UsageError("E713", says) from error
    click.echo(f"{made.name}: {made.role}")
