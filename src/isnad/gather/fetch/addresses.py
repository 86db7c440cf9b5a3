"""Which network addresses may be spoken to: public ones, and loopback where a setting names it.

A name is resolved once, every address that it has is checked, and the connection goes to one that
was checked: a name that answers differently the second time (rebinding) gains nothing. The system's
resolver reads all spellings of an address (``127.1``, ``0x7f000001``, ``2130706433``,
``017700000001``), so what is checked is what would be connected to.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

from isnad.errors import InputError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], list[str]]

# An IPv4 address in the last 32 bits: RFC 6052 (NAT64), and RFC 4291, 2.5.5.1 (long given up)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host name or spelled address, from the system's resolver.

    Raises:
        OSError: if there is none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: Address) -> bool:
    """Whether an address, and every IPv4 address wrapped in it, is one of the public network."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None:
            return False
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if any(address in net for net in (_NAT64, _COMPATIBLE)):
            inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if any(a is not None and not is_public(a) for a in inner):
            return False
        if address.ipv4_mapped is not None or address in _NAT64:
            return True
    return address.is_global and not (
        address.is_multicast or address.is_reserved or address.is_unspecified
    )


def checked(
    host: str, port: int, *, local: frozenset[str] = frozenset(), resolver: Resolver = resolve
) -> str:
    """The address to connect to for a host, after all its addresses were checked.

    Args:
        host: a name or an address in any spelling.
        port: its port.
        local: hosts, as spelled in the address fetched, that may be loopback (a local mirror).
        resolver: what resolves.

    Raises:
        InputError: E151 if the host has no address, E152 if any address of it is not public.
    """
    name = host.lower()
    here = name.rstrip(".").rsplit(".", 1)[-1] == "localhost"  # RFC 6761, whatever resolves it
    if here and name not in local:
        raise InputError("E152", f"'{host}' is this machine itself")
    try:
        found = resolver(host, port)
    except (OSError, UnicodeError) as error:
        raise InputError("E151", f"no address is known for the host '{host}'") from error
    if not found:
        raise InputError("E151", f"no address is known for the host '{host}'")
    for text in found:
        address = ipaddress.ip_address(text)
        if not (is_public(address) or (name in local and address.is_loopback)):
            raise InputError("E152", f"'{host}' is an address inside a network ({address})")
    return found[0]
