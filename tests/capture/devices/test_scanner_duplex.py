"""Both sides of the sheets in a feeder by SANE: as real drivers name that choice, and through one of them."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from capture.sources.sane_library import SaneDevice
from capture.sources.scanner_process import set_up, sides_of
from capture.sources.source import Sides
from tests.capture.devices.escl_scanner import EsclScanner

ROOT = Path(__file__).resolve().parents[3]
FEEDER, DUPLEX = Sides.FEEDER, Sides.DUPLEX


class Offered(SaneDevice):
    """A device with the options of a real driver; some are there only while the feeder is chosen."""

    def __init__(self, sources: list[str], *switches: str, feeder_only: bool = False) -> None:
        self._texts = {"source": sources, "mode": ["Lineart", "Gray", "Color"]}
        if "adf-mode" in switches:
            self._texts["adf-mode"] = ["Simplex", "Duplex"]
        self._switches, self._feeder_only = set(switches), feeder_only
        self.chosen: dict[str, object] = {"source": sources[0] if sources else ""}

    def has(self, option: str) -> bool:
        if option in self._switches:
            return not self._feeder_only or "flat" not in str(self.chosen["source"]).lower()
        return option in self._texts or option in ("depth", "resolution", "br-x", "br-y")

    def choices(self, option: str) -> list[str]:
        return self._texts.get(option, []) if self.has(option) else []

    def largest(self, option: str) -> float | None:
        return {"br-x": 224.8, "br-y": 6096.0}.get(option)

    def set(self, option: str, value: str | float | bool) -> bool:
        if not self.has(option):
            return False
        assert option not in self._texts or value in self._texts[option]
        self.chosen[option] = value
        return True


ADF = "Automatic Document Feeder"
DRIVERS: dict[str, tuple[Callable[[], Offered], dict[str, object]]] = {
    "fujitsu, canon_dr": (lambda: Offered(["ADF Front", "ADF Back", "ADF Duplex"]), {"source": "ADF Duplex"}),
    "airscan": (lambda: Offered(["Flatbed", "ADF", "ADF Duplex"]), {"source": "ADF Duplex"}),
    "pixma": (lambda: Offered(["Flatbed", ADF, "ADF Duplex"]), {"source": "ADF Duplex"}),
    "hpaio": (lambda: Offered(["Flatbed", "ADF", "Duplex"]), {"source": "Duplex"}),
    "brother4": (
        lambda: Offered(["FlatBed", f"{ADF}(left aligned)", f"{ADF}(left aligned,Duplex)"]),
        {"source": f"{ADF}(left aligned,Duplex)"},
    ),
    "kvs20xx": (lambda: Offered(["adf", "fb"], "duplex"), {"source": "adf", "duplex": True}),
    "epson2": (
        lambda: Offered(["Flatbed", ADF], "adf-mode", feeder_only=True),
        {"source": ADF, "adf-mode": "Duplex"},
    ),
    "epsonds": (
        lambda: Offered(["Flatbed", ADF], "duplex", feeder_only=True),
        {"source": ADF, "duplex": True},
    ),
}


@pytest.mark.parametrize("driver", DRIVERS)
def test_duplex_is_offered_and_chosen_by_the_drivers_own_name_for_it(driver: str):
    make, expected = DRIVERS[driver]
    assert DUPLEX in sides_of(make())
    device = make()
    set_up(device, DUPLEX, 300)
    assert {name: device.chosen[name] for name in expected} == expected
    assert (device.chosen["resolution"], device.chosen["mode"]) == (300, "Color")
    assert device.chosen["br-y"] == 300.0  # a driver's whole length would be six metres of nothing


@pytest.mark.parametrize("driver", DRIVERS)
def test_one_side_stays_one_side_after_duplex(driver: str):
    make, _ = DRIVERS[driver]
    device = make()
    set_up(device, DUPLEX, 300)
    set_up(device, FEEDER, 300)
    assert "uplex" not in str(device.chosen["source"])
    assert device.chosen["source"] != "ADF Back"
    assert device.chosen.get("duplex", False) is False
    assert device.chosen.get("adf-mode", "Simplex") == "Simplex"


def test_a_feeder_that_cannot_turn_sheets_does_not_offer_it():
    assert sides_of(Offered(["Flatbed", ADF])) == (Sides.FLATBED, Sides.FEEDER)
    assert sides_of(Offered([])) == (Sides.FLATBED,)


BATCH = """
import sys
from capture.sources.sane_library import SaneError, SaneLibrary, Status
from capture.sources.scanner_process import frames_of, packed, set_up, sides_of
from capture.sources.source import Sides
library = SaneLibrary()
with library.opened("airscan:e0:Invented") as device:
    print(*(side.value for side in sides_of(device)))
    set_up(device, Sides.DUPLEX, 300)
    number = 0
    while True:
        try:
            frames = frames_of(device)
        except SaneError as error:
            print(Status(error.status).name)
            break
        number += 1
        open(f"{sys.argv[1]}/{number}.jpg", "wb").write(packed(frames, 300))
    device.cancel()
"""


@pytest.mark.skipif(
    not list(Path("/usr/lib").glob("*/sane/libsane-airscan.so.1")), reason="sane-airscan is not installed"
)
@pytest.mark.parametrize("sheets", [3, 0])
def test_both_sides_through_a_real_driver_until_the_feeder_is_empty(tmp_path: Path, sheets: int):
    with EsclScanner() as scanner:
        scanner.sheets = sheets
        (tmp_path / "dll.d").mkdir()
        (tmp_path / "dll.conf").write_text("airscan\n", "ascii")
        (tmp_path / "airscan.conf").write_text(
            f'[devices]\n"Invented" = {scanner.url}\n[options]\ndiscovery = disable\n', "ascii"
        )
        done = subprocess.run(
            [sys.executable, "-c", BATCH, str(tmp_path)],
            cwd=ROOT,
            env={"SANE_CONFIG_DIR": str(tmp_path), "PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
        assert {job.sides for job in scanner.jobs.values()} <= {"duplex"}
    assert done.stdout.split("\n")[:2] == ["flatbed feeder duplex", "NO_DOCUMENTS"]
    pages = [Image.open(io.BytesIO(p.read_bytes())) for p in sorted(tmp_path.glob("*.jpg"))]
    assert len(pages) == 2 * sheets
    assert {(page.mode, round(page.info["dpi"][0])) for page in pages} <= {("RGB", 300)}
