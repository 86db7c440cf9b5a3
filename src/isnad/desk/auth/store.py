"""Accounts, sessions, tokens and invitations in the archive.

Every change is one transaction with its line in the audit. The last admin cannot be taken away.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
import uuid
from typing import Any, NamedTuple

import sqlalchemy as sa

from isnad.archive import engine as engines
from isnad.archive import rows as rw
from isnad.archive.errors import told
from isnad.archive.people import account, audit, invitation, session
from isnad.archive.store import Archive
from isnad.desk.auth.secrets import hashed, name_key, new_secret, password_fits, password_hash
from isnad.desk.errors import DeskError, bad, missing
from isnad.desk.roles import ROLES, Role

SESSION_HOURS, TOKEN_DAYS, INVITATION_HOURS = 12, 180, 72
GIVEN: tuple[Role, ...] = ROLES[1:]
"""Roles that an account may have."""
_NAME = 60
_STALE = DeskError("E702", 404, "this link was used or has expired; ask for a new one")


class Account(NamedTuple):
    """An account, without its password."""

    id: str
    name: str
    role: Role
    disabled: bool
    created_at: str
    last_at: str | None


class Accounts:
    """The accounts of an archive. ``now`` gives the time (UTC)."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.engine = archive.engine

    def any(self) -> bool:
        """Whether an account can sign in."""
        with told(self.archive.name), engines.reading(self.engine) as c:
            usable = account.c.disabled.is_(False) & account.c.password.is_not(None)
            return bool(c.scalar(sa.select(sa.func.count()).select_from(account).where(usable)))

    def all_of(self) -> list[Account]:
        """All accounts, by name."""
        with told(self.archive.name), engines.reading(self.engine) as c:
            return [_account(r) for r in c.execute(sa.select(account).order_by(account.c.name))]

    def add(self, name: str, password: str, role: str, *, by: str, now: dt.datetime) -> Account:
        """Make an account.

        Raises:
            DeskError: E701 for a name, password or role that does not fit.
        """
        kept = password_hash(password)
        with told(self.archive.name), engines.writing(self.engine) as c:
            made = self._insert(c, name, role, kept, now)
            _note(c, now, by, "account made", f"{made.name} ({made.role})", "")
            return made

    def _insert(
        self, c: sa.Connection, name: str, role: str, password: str, now: dt.datetime
    ) -> Account:
        name, key = clean_name(name), name_key(name)
        _fit_role(role)
        if c.scalar(sa.select(account.c.id).where(account.c.key == key)):
            raise bad("the account does not fit", name="this name is taken")
        values = {
            "id": "a" + uuid.uuid4().hex[:16], "name": name, "key": key, "role": role,
            "password": password, "disabled": False, "created_at": stamp(now), "last_at": None,
        }  # fmt: skip
        c.execute(account.insert().values(**values))
        row = c.execute(sa.select(account).where(account.c.id == values["id"])).one()
        return _account(row)

    def sign_in(
        self, name: str, password: str, *, now: dt.datetime, origin: str
    ) -> tuple[Account, str] | None:
        """The account and a new session's secret, or ``None`` if name and password do not fit."""
        with told(self.archive.name), engines.reading(self.engine) as c:
            row = c.execute(sa.select(account).where(account.c.key == name_key(name))).first()
        fits = password_fits(row.password if row else None, password)
        with told(self.archive.name), engines.writing(self.engine) as c:
            if row is None or not fits or row.disabled:
                _note(c, now, row.name if row else "?", "sign-in refused", "", origin)
                return None
            secret = _session(c, row.id, "session", "", now, dt.timedelta(hours=SESSION_HOURS))
            c.execute(session.delete().where(session.c.expires_at < stamp(now)))
            c.execute(account.update().where(account.c.id == row.id).values(last_at=stamp(now)))
            _note(c, now, row.name, "signed in", "", origin)
            return _account(row), secret

    def whose(self, secret: str, *, now: dt.datetime) -> tuple[Account, str, str] | None:
        """The account of a session or token that holds, with the session's id and kind."""
        asked = (
            sa.select(account, session.c.id.label("session"), session.c.kind)
            .join(account, session.c.account == account.c.id)
            .where(session.c.hash == hashed(secret), session.c.expires_at > stamp(now))
            .where(account.c.disabled.is_(False))
        )
        with told(self.archive.name), engines.reading(self.engine) as c:
            row = c.execute(asked).first()
        return (_account(row), row.session, row.kind) if row else None

    def sign_out(self, ident: str) -> None:
        """End a session."""
        with told(self.archive.name), engines.writing(self.engine) as c:
            c.execute(session.delete().where(session.c.id == ident))

    def change(
        self, ident: str, *, role: str | None, disabled: bool | None, by: str, now: dt.datetime
    ) -> Account:
        """Give an account another role, or shut or open it; its sessions end.

        Raises:
            DeskError: E702 without such an account; E701 for a role that does not fit, or if no
                admin would be left.
        """
        with told(self.archive.name), engines.writing(self.engine) as c:
            row = c.execute(sa.select(account).where(account.c.id == ident)).first()
            if row is None:
                raise missing("such account")
            values: dict[str, Any] = {}
            if role is not None:
                values["role"] = _fit_role(role)
            if disabled is not None:
                values["disabled"] = disabled
            if values:
                c.execute(account.update().where(account.c.id == ident).values(**values))
                c.execute(session.delete().where(session.c.account == ident))
                _note(c, now, by, "account changed", f"{row.name}: {values}", "")
            admins = (account.c.role == "admin") & account.c.disabled.is_(False)
            if not c.scalar(sa.select(sa.func.count()).select_from(account).where(admins)):
                raise bad("the account does not fit", role="one admin has to be left")
            return _account(c.execute(sa.select(account).where(account.c.id == ident)).one())

    def new_password(
        self, ident: str, old: str, new: str, *, keep: str | None, now: dt.datetime
    ) -> None:
        """Change one's own password; all other sessions end, tokens too.

        Raises:
            DeskError: E705 if the old one does not fit, E701 if the new one does not.
        """
        with told(self.archive.name), engines.reading(self.engine) as c:
            row = c.execute(sa.select(account).where(account.c.id == ident)).one()
        if not password_fits(row.password, old):
            raise DeskError("E705", 403, "the old password is another")
        kept = password_hash(new)
        with told(self.archive.name), engines.writing(self.engine) as c:
            c.execute(account.update().where(account.c.id == ident).values(password=kept))
            mine = session.c.account == ident
            c.execute(session.delete().where(mine, session.c.id != (keep or "")))
            _note(c, now, row.name, "password changed", "", "")

    # -- links -----------------------------------------------------------------------------------

    def invite(
        self, role: str, note: str, *, of: str | None = None, by: str, now: dt.datetime
    ) -> tuple[str, str]:
        """A link's secret, and when it expires; ``of`` makes it a reset of that account.

        Raises:
            DeskError: E701 for a role that does not fit, E702 without such an account.
        """
        until = stamp(now + dt.timedelta(hours=INVITATION_HOURS))
        secret = new_secret()
        with told(self.archive.name), engines.writing(self.engine) as c:
            if of is not None:
                row = c.execute(sa.select(account).where(account.c.id == of)).first()
                if row is None:
                    raise missing("such account")
                role = row.role
                c.execute(invitation.delete().where(invitation.c.account == of))
                _note(c, now, by, "password reset made", row.name, "")
            else:
                _fit_role(role)
                _note(c, now, by, "invitation made", role, "")
            c.execute(invitation.delete().where(invitation.c.expires_at < stamp(now)))
            c.execute(invitation.insert().values(
                hash=hashed(secret), id="i" + uuid.uuid4().hex[:16], role=role, account=of,
                note=note[:200], by=by, created_at=stamp(now), expires_at=until,
            ))  # fmt: skip
        return secret, until

    def invitations(self, *, now: dt.datetime) -> list[dict[str, Any]]:
        """Invitations that were not used, without their secrets."""
        asked = (
            sa.select(invitation)
            .where(invitation.c.account.is_(None), invitation.c.expires_at > stamp(now))
            .order_by(invitation.c.created_at)
        )
        with told(self.archive.name), engines.reading(self.engine) as c:
            return [
                {"id": r.id, "role": r.role, "note": r.note, "by": r.by, "created": r.created_at,
                 "expires": r.expires_at}
                for r in c.execute(asked)
            ]  # fmt: skip

    def withdraw(self, ident: str, *, by: str, now: dt.datetime) -> None:
        """Take an invitation back."""
        with told(self.archive.name), engines.writing(self.engine) as c:
            gone = c.execute(invitation.delete().where(invitation.c.id == ident))
            if not gone.rowcount:
                raise missing("such invitation")
            _note(c, now, by, "invitation withdrawn", ident, "")

    def invited(self, secret: str, *, reset: bool, now: dt.datetime) -> dict[str, Any]:
        """What a link is for.

        Raises:
            DeskError: E702 for a link that is not known, was used or has expired.
        """
        with told(self.archive.name), engines.reading(self.engine) as c:
            row = _link(c, secret, reset, now)
            return {"role": row.role, "expires": row.expires_at}

    def accept(
        self, secret: str, name: str, password: str, *, now: dt.datetime, origin: str
    ) -> tuple[Account, str]:
        """Make the account that an invitation is for, and sign it in. The link is then used up."""
        kept = password_hash(password)
        with told(self.archive.name), engines.writing(self.engine) as c:
            row = _link(c, secret, False, now)
            made = self._insert(c, name, row.role, kept, now)
            c.execute(invitation.delete().where(invitation.c.hash == row.hash))
            _note(c, now, made.name, "invitation used", f"{row.role}, from {row.by}", origin)
            life = dt.timedelta(hours=SESSION_HOURS)
            return made, _session(c, made.id, "session", "", now, life)

    def reset(self, secret: str, password: str, *, now: dt.datetime, origin: str) -> None:
        """Give an account a new password by a reset's link; all its sessions end."""
        kept = password_hash(password)
        with told(self.archive.name), engines.writing(self.engine) as c:
            row = _link(c, secret, True, now)
            c.execute(account.update().where(account.c.id == row.account).values(password=kept))
            c.execute(session.delete().where(session.c.account == row.account))
            c.execute(invitation.delete().where(invitation.c.hash == row.hash))
            name = c.scalar(sa.select(account.c.name).where(account.c.id == row.account)) or ""
            _note(c, now, name, "password reset", "", origin)

    # -- tokens of programs ----------------------------------------------------------------------

    def tokens(self, ident: str) -> list[dict[str, Any]]:
        """An account's tokens, without their secrets."""
        mine = (session.c.account == ident) & (session.c.kind == "token")
        asked = sa.select(session).where(mine).order_by(session.c.created_at)
        with told(self.archive.name), engines.reading(self.engine) as c:
            return [
                {"id": r.id, "label": r.label, "created": r.created_at, "expires": r.expires_at}
                for r in c.execute(asked)
            ]

    def new_token(self, of: Account | str, label: str, *, now: dt.datetime) -> str:
        """A token's secret; it is shown once."""
        ident = of if isinstance(of, str) else of.id
        with told(self.archive.name), engines.writing(self.engine) as c:
            name = c.scalar(sa.select(account.c.name).where(account.c.id == ident)) or ""
            _note(c, now, name, "token made", label[:60], "")
            life = dt.timedelta(days=TOKEN_DAYS)
            return _session(c, ident, "token", label[:60], now, life)

    def drop_token(self, of: str, ident: str) -> None:
        """End one of an account's tokens.

        Raises:
            DeskError: E702 without such a token of theirs.
        """
        mine = (session.c.account == of) & (session.c.kind == "token") & (session.c.id == ident)
        with told(self.archive.name), engines.writing(self.engine) as c:
            if not c.execute(session.delete().where(mine)).rowcount:
                raise missing("such token")


def note(archive: Archive, now: dt.datetime, who: str, what: str, about: str, origin: str) -> None:
    """Write a line into the audit."""
    with told(archive.name), engines.writing(archive.engine) as c:
        _note(c, now, who, what, about, origin)


def _note(c: sa.Connection, now: dt.datetime, who: str, what: str, about: str, origin: str) -> None:
    c.execute(audit.insert().values(
        nr=rw.next_nr(c, audit), at=stamp(now), who=who, what=what, about=about[:500], origin=origin
    ))  # fmt: skip


def _session(
    c: sa.Connection, ident: str, kind: str, label: str, now: dt.datetime, life: dt.timedelta
) -> str:
    secret = new_secret()
    c.execute(session.insert().values(
        hash=hashed(secret), id="s" + uuid.uuid4().hex[:16], account=ident, kind=kind, label=label,
        created_at=stamp(now), expires_at=stamp(now + life),
    ))  # fmt: skip
    return secret


def _link(c: sa.Connection, secret: str, reset: bool, now: dt.datetime) -> Any:
    row = c.execute(sa.select(invitation).where(invitation.c.hash == hashed(secret))).first()
    if row is None or (row.account is not None) != reset or row.expires_at <= stamp(now):
        raise _STALE
    return row


def _account(row: Any) -> Account:
    return Account(row.id, row.name, row.role, bool(row.disabled), row.created_at, row.last_at)


def _fit_role(role: str) -> str:
    if role not in GIVEN:
        raise bad("the account does not fit", role=f"is none of {', '.join(GIVEN)}")
    return role


def clean_name(name: str) -> str:
    """A name of an account as it is shown.

    Raises:
        DeskError: E701 for one that is empty, too long, or holds characters that cannot be seen.
    """
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not 1 <= len(name) <= _NAME or any(unicodedata.category(c)[0] == "C" for c in name):
        raise bad("the account does not fit", name=f"write 1 to {_NAME} visible characters")
    return name


def stamp(moment: dt.datetime) -> str:
    """A moment as the archive writes it: ISO, UTC, of one length, so that they compare as text."""
    at = moment.astimezone(dt.UTC).replace(microsecond=0)
    return at.isoformat().replace("+00:00", "Z")
