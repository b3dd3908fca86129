"""The XML that an eSCL scanner speaks (Mopria eSCL 2.x): what it can do, how it is, what is asked of it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from capture.sources.source import Sides

_PWG = "http://www.pwg.org/schemas/2010/12/sm"
_SCAN = "http://schemas.hp.com/imaging/escl/2011/05/03"
_INPUTS = {
    Sides.FLATBED: "Platen/PlatenInputCaps",
    Sides.FEEDER: "Adf/AdfSimplexInputCaps",
    Sides.DUPLEX: "Adf/AdfDuplexInputCaps",
}
A4 = (2550, 3508)
"""Width (US letter is wider) and height of the largest page asked of a feeder, in 1/300 inch."""


class WireError(Exception):
    """An answer that is not eSCL."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """A scanner's name, id, ways to take paper, and for each of them width and height in 1/300 inch."""

    name: str
    uuid: str
    sizes: dict[Sides, tuple[int, int]]
    resolutions: dict[Sides, tuple[int, ...]]

    def resolution(self, sides: Sides, wanted: int) -> int:
        """The resolution to ask for: the wanted one, else the next finer, else the finest."""
        offered = self.resolutions.get(sides) or (wanted,)
        return min((dpi for dpi in offered if dpi >= wanted), default=max(offered))


@dataclass(frozen=True, slots=True)
class ScannerState:
    """`state` is Idle, Processing or such; `feeder` what follows "ScannerAdf", "" without one."""

    state: str
    feeder: str


def capabilities_from(xml: bytes) -> Capabilities:
    """Read ScannerCapabilities. Raises WireError."""
    root = _root(xml, "ScannerCapabilities")
    sizes, resolutions = {}, {}
    for sides, path in _INPUTS.items():
        caps = _find(root, path)
        if caps is not None:
            sizes[sides] = (_number(caps, "MaxWidth", A4[0]), _number(caps, "MaxHeight", A4[1]))
            found = {int(e.text or 0) for e in caps.iter() if _local(e) == "XResolution" and _digits(e)}
            ranges = [e for e in caps.iter() if _local(e) == "XResolutionRange"]
            if ranges:
                low, high = _number(ranges[0], "Min", 300), _number(ranges[0], "Max", 300)
                found |= {dpi for dpi in (200, 300, 400, 600) if low <= dpi <= high} | {high}
            resolutions[sides] = tuple(sorted(dpi for dpi in found if dpi > 0))
    if not sizes:
        raise WireError("no input")
    return Capabilities(_text(root, "MakeAndModel"), _text(root, "UUID"), sizes, resolutions)


def state_from(xml: bytes) -> ScannerState:
    """Read ScannerStatus. Raises WireError."""
    root = _root(xml, "ScannerStatus")
    return ScannerState(_text(root, "State"), _text(root, "AdfState").removeprefix("ScannerAdf"))


def settings(able: Capabilities, sides: Sides, dpi: int) -> bytes:
    """ScanSettings for a JPEG in colour of the whole page."""
    width, height = able.sizes[sides]
    if sides is not Sides.FLATBED:
        width, height = min(width, A4[0]), min(height, A4[1])
    duplex = (
        "" if sides is Sides.FLATBED else f"<scan:Duplex>{str(sides is Sides.DUPLEX).lower()}</scan:Duplex>"
    )
    resolution = able.resolution(sides, dpi)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<scan:ScanSettings xmlns:pwg="{_PWG}" xmlns:scan="{_SCAN}">'
        "<pwg:Version>2.0</pwg:Version><scan:Intent>Document</scan:Intent>"
        "<pwg:ScanRegions><pwg:ScanRegion>"
        "<pwg:ContentRegionUnits>escl:ThreeHundredthsOfInches</pwg:ContentRegionUnits>"
        f"<pwg:Height>{height}</pwg:Height><pwg:Width>{width}</pwg:Width>"
        "<pwg:XOffset>0</pwg:XOffset><pwg:YOffset>0</pwg:YOffset>"
        "</pwg:ScanRegion></pwg:ScanRegions>"
        f"<pwg:InputSource>{'Platen' if sides is Sides.FLATBED else 'Feeder'}</pwg:InputSource>"
        "<pwg:DocumentFormat>image/jpeg</pwg:DocumentFormat>"
        "<scan:DocumentFormatExt>image/jpeg</scan:DocumentFormatExt>"
        f"<scan:XResolution>{resolution}</scan:XResolution><scan:YResolution>{resolution}</scan:YResolution>"
        f"<scan:ColorMode>RGB24</scan:ColorMode>{duplex}"
        "</scan:ScanSettings>"
    ).encode("ascii")


def _root(xml: bytes, name: str) -> ET.Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:  # no scanner has use for one; it can make a document swell
        raise WireError("document type")
    try:
        root = ET.fromstring(xml)  # noqa: S314  # nosec B314: entities are refused above
    except (ET.ParseError, LookupError, ValueError):
        raise WireError("no XML") from None
    if _local(root) != name:
        raise WireError(_local(root))
    return root


def _find(root: ET.Element, path: str) -> ET.Element | None:
    """Walk down by local names: makers differ in their namespaces."""
    found: ET.Element | None = root
    for name in path.split("/"):
        found = next((child for child in found if _local(child) == name), None) if found is not None else None
    return found


def _text(root: ET.Element, name: str) -> str:
    found = next((e for e in root.iter() if _local(e) == name), None)
    return (found.text or "").strip() if found is not None else ""


def _number(root: ET.Element, name: str, without: int) -> int:
    text = _text(root, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else without


def _digits(element: ET.Element) -> bool:
    text = (element.text or "").strip()
    return text.isascii() and text.isdigit() and len(text) < 6


def _local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
