"""Which hosts and network addresses may be fetched from.

Whoever may name an address must not reach what only this machine can: its own services, the network it stands in, the
metadata service of a cloud. RFC 6890 registries through `ipaddress`, and what those count as public but is not.
"""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from engine.errors import InvalidInput

__all__ = ["HostRules", "refusal", "resolve"]

_METADATA = tuple(
    ip_network(net)
    for net in (
        *("169.254.169.254/32", "169.254.170.2/32", "fd00:ec2::254/128", "fd20:ce::254/128"),  # AWS, Azure, GCP
        *("100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32"),  # Alibaba, Oracle, Azure's host
    )
)
# IPv6 addresses that stand for an IPv4 one: compatible, mapped, translated (RFC 2765), NAT64, Teredo, 6to4.
_EMBEDDING = tuple(
    ip_network(net)
    for net in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16")
)
_NOWHERE = tuple(ip_network(net) for net in ("0.0.0.0/8", "240.0.0.0/4", "192.0.0.0/24", "192.88.99.0/24", "100::/64"))
_PRIVATE = tuple(ip_network(net) for net in ("100.64.0.0/10", "198.18.0.0/15", "fec0::/10"))  # CGNAT, inner networks


@dataclass(frozen=True, slots=True)
class HostRules:
    """Where fetching may lead. With `allowed_hosts`, only there and to their subdomains.

    `allow_private` admits private and loopback addresses, for an intranet; never link-local and metadata ones.
    """

    allowed_hosts: tuple[str, ...] = ()
    allow_private: bool = False

    def check_host(self, host: str) -> None:
        """Raise InvalidInput unless `host` may be asked; a host that is an address is checked as one."""
        names = [name.lower().strip(".") for name in self.allowed_hosts]
        if names and not any(host == name or host.endswith(f".{name}") for name in names):
            raise InvalidInput(
                f"{host} is not among the allowed hosts.", remedy="Add it to KNOWDESK_URL_ALLOWED_HOSTS."
            )
        try:
            address = ip_address(host)
        except ValueError:
            return
        self.check_address(host, str(address))

    def check_address(self, host: str, address: str) -> None:
        """Raise InvalidInput unless a connection to `address`, to which `host` resolved, is allowed."""
        reason, private = refusal(address)
        if not reason or (private and self.allow_private):
            return
        remedy = "Set KNOWDESK_URL_ALLOW_PRIVATE if that is your intranet." if private else "Give a public address."
        raise InvalidInput(f"{host} leads to {reason}, which is not fetched from.", remedy=remedy)


def refusal(address: str) -> tuple[str, bool]:
    """Return why an IP address is not public, empty if it is, and whether it is one that an intranet may use."""
    ip = ip_address(address.partition("%")[0])
    if _in(ip, _METADATA):
        return "a metadata service", False
    if ip.is_loopback:
        return "this machine itself", True
    if ip.is_unspecified or ip.is_multicast or ip.is_link_local or _in(ip, _NOWHERE):
        return "an address that is no single public host", False
    if _in(ip, _EMBEDDING):
        return "an IPv4 address in the clothes of IPv6", False
    if not ip.is_global or _in(ip, _PRIVATE):
        return "a private network", True
    return "", False


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of `host`; InvalidInput if it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InvalidInput(f"The host {host} is not known.", remedy="Check the address.") from error
    return tuple(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def _in(ip: IPv4Address | IPv6Address, nets: tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]) -> bool:
    return any(ip.version == net.version and ip in net for net in nets)
