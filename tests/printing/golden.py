"""Golden pictures of every paper; `python -m tests.printing.golden` draws them anew after a wanted change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image

from printing import queue_slip, receipt_a4, receipt_roll, samples
from printing.forms import archive, sample_facts, sheet
from tests.printing import paper

FOLDER = Path(__file__).with_name("golden")
DPI = 50
_AT = samples.ordinary().received_at


def papers() -> dict[str, Callable[[], bytes]]:
    """Return every paper with ordinary facts, which need no font but the bundled one."""
    receipt = samples.ordinary()
    found: dict[str, Callable[[], bytes]] = {
        "receipt-a4-zh": lambda: receipt_a4.render(receipt, verify_url=samples.VERIFY_URL),
        "receipt-a4-en": lambda: receipt_a4.render(receipt, language="en", verify_url=samples.VERIFY_URL),
        "receipt-many": lambda: receipt_a4.render(samples.many_materials(), verify_url=samples.VERIFY_URL),
        "receipt-empty": lambda: receipt_a4.render(samples.nearly_empty()),
        "receipt-reprint": lambda: receipt_a4.render(receipt, copy_number=2, reprinted_by="王海燕"),
        "receipt-80": lambda: receipt_roll.render(receipt, width_mm=80, verify_url=samples.VERIFY_URL),
        "receipt-58": lambda: receipt_roll.render(receipt, width_mm=58, verify_url=samples.VERIFY_URL),
        "receipt-void": lambda: receipt_a4.render(receipt, voided="重新收件"),
        "receipt-bo": lambda: receipt_a4.render(receipt, second="bo", verify_url=samples.VERIFY_URL),
        "receipt-80-bo": lambda: receipt_roll.render(receipt, second="bo", verify_url=samples.VERIFY_URL),
        "slip-80": lambda: queue_slip.render(samples.queue_slip_facts()),
        "slip-58": lambda: queue_slip.render(samples.queue_slip_facts(), width_mm=58),
        "archive": lambda: archive.render(
            sample_facts.ordinary(), samples.archive_parts()[2:3], made_at=samples.ordinary().received_at
        ),
    }
    for code, _, _ in sheet.offered_forms():
        form = partial(sheet.render, code, sample_facts.ordinary(), made_at=_AT)
        found[f"form-{code}"] = form
        found[f"form-{code}-en"] = partial(form, language="en")
    found["form-checklist-bo"] = partial(
        sheet.render, "checklist", sample_facts.ordinary(), made_at=_AT, second="bo", copy_number=2
    )
    return found


def pictures(name: str) -> list[Image.Image]:
    """Return a paper's pages in grey, small."""
    return paper.images(papers()[name](), DPI)


def files(name: str) -> list[Path]:
    return sorted(FOLDER.glob(f"{name}.*.png"))


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    for name in papers():
        for index, picture in enumerate(pictures(name)):
            picture.save(FOLDER / f"{name}.{index + 1}.png", optimize=True)


if __name__ == "__main__":
    main()
