"""What must hold of sources whatever comes."""

from __future__ import annotations

import gzip
from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.knowledge import DocumentKind, ParsedDocument
from engine.errors import InvalidInput
from ingestion.sources import MemoryFile, Source, SourceNotes
from ingestion.sources.body import bounded, gunzip
from ingestion.sources.places import merged
from ingestion.sources.web.addresses import HostRules, refusal
from ingestion.sources.web.content import extension_of, in_utf8

few = settings(derandomize=True, max_examples=100, deadline=None)
INNER = [ip_network(net) for net in ("10.0.0.0/8", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16")]
addresses = st.one_of(
    st.integers(0, 2**32 - 1).map(IPv4Address),
    st.integers(0, 2**128 - 1).map(IPv6Address),
    st.builds(lambda net, at: net[at % net.num_addresses], st.sampled_from(INNER), st.integers(0, 2**24)),
)
notes = st.builds(
    SourceNotes,
    kind=st.none() | st.sampled_from(DocumentKind),
    tags=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    effective_from=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)


@few
@given(addresses)
def test_nothing_inner_is_ever_public(address: IPv4Address | IPv6Address) -> None:
    reason, private = refusal(str(address))
    if not address.is_global or any(address.version == net.version and address in net for net in INNER):
        assert reason
    if reason and not private:
        with pytest.raises(InvalidInput):
            HostRules(allow_private=True).check_address("x.example", str(address))


@few
@given(st.integers(0, 2**32 - 1))
def test_no_ipv6_spelling_of_an_ipv4_address_passes(number: int) -> None:
    v4 = IPv4Address(number)
    for prefix in ("::ffff:", "64:ff9b::", "::ffff:0:"):
        assert refusal(str(ip_address(f"{prefix}{v4}")))[0]
    assert refusal(str(IPv6Address((0x2002 << 112) | (number << 80))))[0]


@few
@given(st.binary(max_size=5000), st.integers(1, 700))
def test_gzip_comes_out_as_it_went_in(data: bytes, block: int) -> None:
    packed = gzip.compress(data)
    blocks = [packed[at : at + block] for at in range(0, len(packed), block)]
    assert bounded(gunzip(blocks, name="x"), name="x", max_bytes=5000) == data


@few
@given(st.binary(max_size=300))
def test_whatever_is_no_gzip_is_refused_and_nothing_else_is_raised(data: bytes) -> None:
    try:
        list(gunzip([data], name="x"))
    except InvalidInput as error:
        caught = error
        assert caught.remedy
    else:
        assert data[:2] == b"\x1f\x8b"


@few
@given(st.text(max_size=40), st.text(max_size=20), st.binary(max_size=50))
def test_any_content_type_is_a_document_or_refused(content_type: str, path: str, data: bytes) -> None:
    try:
        extension = extension_of(content_type, f"https://x.example/{path}")
    except InvalidInput:
        return
    assert extension == "" or extension.startswith(".")
    assert in_utf8(data, content_type).endswith(data) or "charset" in content_type.lower()


@few
@given(notes, notes)
def test_notes_are_the_same_exactly_where_their_keys_are(one: SourceNotes, other: SourceNotes) -> None:
    assert (one == other) == (one.key == other.key)


@few
@given(notes)
def test_notes_can_be_applied_again(given: SourceNotes) -> None:
    once = given.applied(ParsedDocument("", "", (), tags=("own",)))
    assert given.applied(once) == once
    assert {*given.tags, "own"} == set(once.tags)


@few
@given(
    st.lists(st.tuples(st.sampled_from("ab"), st.lists(st.sampled_from("xyz"), max_size=3), st.booleans()), max_size=5)
)
def test_merging_loses_no_document_and_repeats_none(parts: list[tuple[str, list[str], bool]]) -> None:
    sources = [Source(name, tuple(MemoryFile(uri, b"") for uri in uris), whole) for name, uris, whole in parts]
    found = merged(sources)
    assert sorted({name for name, _, _ in parts}) == sorted(source.name for source in found)
    for source in found:
        uris = [file.uri for file in source.files]
        assert sorted(uris) == sorted({uri for name, each, _ in parts if name == source.name for uri in each})
        assert source.complete == any(whole for name, _, whole in parts if name == source.name)
