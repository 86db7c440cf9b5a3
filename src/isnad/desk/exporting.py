"""A selection in the forms of ``isnad export``: the same bytes that it writes, and its manifest.

In: a selection and who asks. Out: a file in a folder of its own, which the caller deletes. Blind
claims are as coded; for the public, incidents go through the rules of ``isnad export --public``.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import rmtree

from starlette.background import BackgroundTask
from starlette.responses import FileResponse

from isnad.archive import engine as engines
from isnad.archive.errors import told as archive_told
from isnad.archive.telling import names_of
from isnad.desk import answers
from isnad.desk.blind import told
from isnad.desk.desk import Desk
from isnad.desk.errors import missing
from isnad.desk.model.select import Selection
from isnad.desk.roles import Caller
from isnad.incidents.merge import incident_of
from isnad.model import Incident, Telling
from isnad.publish import Job, Losses, Public, export, form, form_names, public
from isnad.publish.frame import Snapshot

FORMS = tuple(name for name in form_names() if name != "gold")
"""Gold is made of whole reports that people judged: ``isnad export`` writes it."""


def download(
    desk: Desk, who: Caller, s: Selection, name: str, *, excel: bool = False, bare: bool = False
) -> FileResponse:
    """A selection as a download: the file with its manifest in a ZIP, or (``bare``) the file alone.

    Raises:
        DeskError: E702 for a form that there is not.
        IsnadError: E604 if it cannot be written.
    """
    if name not in FORMS:
        raise missing(f"form of that name; there are {', '.join(FORMS)}")
    made, losses = form(name), Losses()
    head = s.view.head
    at = desk.world.times([head.seq]).get(head.seq, desk.now())
    rules = Public(desk.settings.round_km, desk.settings.delay_days) if who.public else None
    job = Job(
        filter={"desk": s.query.address()}, excel=excel,
        snapshot=None if who.public else Snapshot(head.seq, head.hash, at),
        public={**rules._asdict(), "today": desk.today.isoformat()} if rules else None,
    )  # fmt: skip
    folder = Path(tempfile.mkdtemp(prefix="isnad-desk-"))
    try:
        path = folder / f"incidents{made.suffix}"
        done = export(made, _incidents(desk, who, s, rules, losses), path, job, losses)
        sent = done.path if bare else _zipped(folder)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    kinds = {".csv": "text/csv; charset=utf-8", ".zip": "application/zip"}
    kind = kinds.get(sent.suffix, "application/octet-stream")
    return FileResponse(
        sent, media_type=kind, headers=answers.attached(sent.name),
        background=BackgroundTask(rmtree, folder, ignore_errors=True),
    )  # fmt: skip


def _zipped(folder: Path) -> Path:
    out = folder / "incidents.zip"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(folder.iterdir()):
            if file != out:
                made.write(file, file.name)
    return out


def _incidents(
    desk: Desk, who: Caller, s: Selection, rules: Public | None, losses: Losses
) -> Iterator[Incident]:
    """The incidents in the order of ``isnad export``, as the caller may see them."""
    blind = desk.blind(who)
    with archive_told(desk.archive.name), engines.reading(desk.archive.engine) as c:
        shared = names_of(c)

    def given(ident: str) -> str:
        head = desk.world.heads.get(ident)
        name = head.given if head else ""
        return shared.get((ident, name), name) or ident

    for row in sorted(s.view.each(s.mask), key=lambda r: r.anchor):
        found = told(desk.world, row, blind)
        if found is not None and rules is not None:
            shown = public(found, rules, desk.today, losses)
            if shown is not None:  # addresses tell titles: the public view has neither
                bare = tuple(t.model_copy(update={"url": None}) for t in shown.tellings)
                yield shown.model_copy(update={"tellings": bare})
        elif found is not None:
            yield incident_of((_named(t, given) for t in found.tellings), found.links)


def _named(telling: Telling, given: Callable[[str], str]) -> Telling:
    """A telling whose report goes by the id that it came with, as exports name reports."""
    copied = telling.copy_of
    names = {"report": given(telling.report), "copy_of": given(copied) if copied else None}
    return telling.model_copy(update=names)
