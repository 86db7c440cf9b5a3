"""Reader of WACZ: a zip of web archives, each checked against the digests that the file states."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from isnad.errors import InputError
from isnad.gather.archives.warc import records
from isnad.gather.archives.zips import name_of, opened, refused, unpacked
from isnad.gather.kinds import Source
from isnad.model import Report

_PACKAGE, _DIGEST = "datapackage.json", "datapackage-digest.json"
_MOST = 16 << 20


def pages(source: Source) -> Iterator[Report | InputError]:
    """Reports of the pages of every web archive inside."""
    with opened(source) as archive:
        stated = _stated(archive, source.where)
        found = 0
        for info in archive.infolist():
            name = name_of(info)
            if not name.startswith("archive/") or not name.endswith((".warc", ".warc.gz")):
                continue
            found += 1
            stated.setdefault(name, "")
            try:
                yield from _archive(source, archive, info, stated.pop(name))
            except InputError as error:
                yield error
        for name in stated:
            if name.startswith("archive/"):
                yield InputError("E135", "is stated, but not in it", f"{source.where}/{name}")
        if not found:
            raise InputError("E135", "holds no web archive (archive/*.warc.gz)", source.where)


def _archive(
    source: Source, archive: zipfile.ZipFile, info: zipfile.ZipInfo, stated: str
) -> Iterator[Report | InputError]:
    where = f"{source.where}/{name_of(info)}"
    why = refused(info, name_of(info), where)
    if why is not None:
        raise why
    algorithm, _, wanted = stated.partition(":")
    if algorithm not in ("sha256", "sha512", "sha1", "md5") or not wanted:
        raise InputError("E135", "no digest is stated for it; not read", where)
    digest = hashlib.new(algorithm)
    with unpacked(archive, info, where, digest.update) as stream:
        if digest.hexdigest() != wanted.lower():
            raise InputError("E135", "is not what its digest says; not read", where)
        yield from records(source.member(stream, where, source.ident))


def _stated(archive: zipfile.ZipFile, where: str) -> dict[str, str]:
    """Digests by path, as ``datapackage.json`` states them; its own is checked if there is one."""
    package = _json(archive, _PACKAGE, where)
    try:
        stated = _json(archive, _DIGEST, where)[0].get("hash")
    except InputError:
        stated = None
    if stated is not None and stated != f"sha256:{hashlib.sha256(package[1]).hexdigest()}":
        raise InputError("E135", f"{_PACKAGE} is not what {_DIGEST} says; not read", where)
    resources = package[0].get("resources")
    if not isinstance(resources, list):
        raise InputError("E135", f"{_PACKAGE} states no resources", where)
    return {
        str(one.get("path")): str(one.get("hash") or "")
        for one in resources
        if isinstance(one, dict)
    }


def _json(archive: zipfile.ZipFile, name: str, where: str) -> tuple[dict[str, Any], bytes]:
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise InputError("E135", f"is no WACZ: it holds no {name}", where) from error
    if info.file_size > _MOST or refused(info, name, where) is not None:
        raise InputError("E135", f"{name} cannot be read safely", where)
    with unpacked(archive, info, f"{where}/{name}") as stream:
        data = stream.read()
    try:
        got = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError("E135", f"{name} is no JSON", where) from error
    if not isinstance(got, dict):
        raise InputError("E135", f"{name} is no JSON object", where)
    return got, data
