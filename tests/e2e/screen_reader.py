"""A screen reader's hands, run by the system's Python: the program by accessible names and actions."""

from __future__ import annotations

import json
import re
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import gi  # type: ignore[import-not-found]

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402

PATIENCE = 45.0
SHOWING, ENABLED = Atspi.StateType.SHOWING, Atspi.StateType.ENABLED
BUTTONS = {"push button", "check box", "radio button", "toggle button"}
EDITORS = {"text", "password text", "entry"}
NUMBER = re.compile(r"\d{6}-[A-Z]\d\d-\d{6}-\d{4,7}")
FILES = (
    "contract-3-pages.pdf", "id_card_front-007-00.jpg", "purchase_contract-007-01.jpg",
    "invoice-scan.png", "invoice-007-04.jpg", "marriage_certificate-007-05.jpg",
    "purchase_contract-008-01.jpg",
)  # fmt: skip
ACCOUNT, NAME, PASSWORD = "wang", "王海燕", "lanzhou cold evening"


def seen(top: Any = None) -> Iterator[Any]:
    """Yield everything that is shown, from the applications down."""
    try:
        count = top.get_child_count() if top is not None else 0
        if top is None:
            top = Atspi.get_desktop(0)
            count = top.get_child_count()
        for index in range(count):
            child = top.get_child_at_index(index)
            if child is None:
                continue
            if child.get_role_name() == "application" or child.get_state_set().contains(SHOWING):
                yield child
                yield from seen(child)
    except Exception:  # what was there a moment ago is gone: the next look tells
        return


def find(name: str, roles: set[str]) -> Any:
    """Return what is shown under a name that begins so; None when nothing is."""
    for one in seen():
        named = one.get_role_name() in roles and (one.get_name() or "").startswith(name)
        if named and one.get_state_set().contains(ENABLED):
            return one
    return None


def wait(condition: Callable[[], Any], what: str, seconds: float = PATIENCE) -> Any:
    """Look until it is there; SystemExit with what is shown otherwise."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = condition()
        if found:
            return found
        time.sleep(0.1)
    for one in seen():
        if one.get_name():
            print(one.get_role_name(), repr(one.get_name()), file=sys.stderr)
    raise SystemExit(f"not in the tree within {seconds:.0f} s: {what}")


def press(name: str, seconds: float = PATIENCE) -> None:
    """Do the first action of the button of this name."""
    button = wait(lambda: find(name, BUTTONS), f"the button {name}", seconds)
    button.get_action_iface().do_action(0)
    time.sleep(0.15)


def fill(name: str, text: str) -> None:
    """Set the text of the editor of this name."""
    editor = wait(lambda: find(name, EDITORS), f"the entry {name}")
    editor.get_editable_text_iface().set_text_contents(text)
    time.sleep(0.05)


def say(**news: Any) -> None:
    """Tell the test, one JSON line at a time."""
    print(json.dumps(news, ensure_ascii=False), flush=True)


def first_run() -> None:
    """Make the vault, put the recovery key away, open the session."""
    for name, text in (("账号", ACCOUNT), ("姓名", NAME), ("密码", PASSWORD), ("再输一次密码", PASSWORD)):
        fill(name, text)
    press("建立并继续")
    press("我已把恢复密钥收好")
    press("开始使用")
    press("开场")
    say(event="open")


def names(roles: set[str]) -> list[str]:
    """Return the names of everything shown in these roles."""
    return [one.get_name() or "" for one in seen() if one.get_role_name() in roles]


def missing_rows() -> int:
    """Return how many rows of the checklist still want a paper."""
    return sum(". 还缺" in name for name in names({"filler", "panel"}))


def hand_in(path: str) -> None:
    """Add a file to the row in hand, or to the next, by the dialog."""
    before = missing_rows()
    press("添加")
    fill("文件名", path)
    press("打开")
    time.sleep(1.0)
    wait(lambda: not names({"dialog"}), "the dialog gone")
    wait(lambda: missing_rows() < before, f"{path} on the board")


def questions() -> list[dict[str, Any]]:
    """Return what is asked: of each question its answers by their words."""
    found: list[dict[str, Any]] = []
    before = ""
    for one in seen():
        asked, colon, answer = (one.get_name() or "").rpartition(": ")
        if one.get_role_name() != "check box" or not colon or not asked[:1].isdigit():
            continue
        if asked != before or answer in found[-1]:
            found.append({})
        found[-1][answer], before = one, asked
    return found


def answer_the_rest() -> None:
    """What may not be answered as usual is asked: each answer is a box that can be ticked."""
    press("其余按通常情形")
    for answer in ("是", "是", "否", "否"):
        before = answered()
        if len(set(before.split(" / "))) == 1:
            return
        still = [one for one in questions() if answer in one and not any(map(chosen, one.values()))]
        still[0][answer].get_action_iface().do_action(0)
        wait(partial(counted, before), "the answer")


def answered() -> str:
    """Return "6 / 10": how many are answered of how many."""
    return next(name for name in names({"filler"}) if name.startswith("已答")).removeprefix("已答 ")


def counted(before: str) -> bool:
    return answered() != before


def chosen(answer: Any) -> bool:
    """Say whether an answer is the one that was given."""
    return bool(answer.get_state_set().contains(Atspi.StateType.CHECKED))


def intake(samples: Path, person: dict[str, str]) -> None:
    """One applicant from the first entry to the receipt; says its number as the tree shows it."""
    press("新受理")
    for name, text in (
        ("姓名", person["name"]),
        ("证件号", person["id_number"]),
        ("联系电话", "13893100001"),
        ("通讯地址", person["address"]),
    ):
        fill(name, text)
    press("下一步：不动产")
    fill("房号", "1202")
    press("选定")
    press("下一步：材料")
    wait(missing_rows, "the board")
    for file in FILES:
        hand_in(str(samples / file))
    say(event="complete")
    press("继续：询问")
    answer_the_rest()
    press("继续：签名")
    press("已告知隐私事项")
    for _ in range(2):
        press("已在纸上签")
        time.sleep(0.5)
    press("继续：核对")
    press("缺少：不动产登记询问记录")  # what was signed on paper is photographed as well
    wait(missing_rows, "the record that was signed on paper")
    hand_in(str(samples / "contract-3-pages.pdf"))
    press("继续：询问")
    press("继续：签名")
    press("继续：费用")
    press("继续：核对")
    press("提交")
    shown = wait(
        lambda: [n for n in names({"label"}) if NUMBER.fullmatch(n.strip())], "the number of the receipt"
    )
    say(event="submitted", receipt_number=shown[0].strip())


if __name__ == "__main__":
    warnings.simplefilter("ignore", DeprecationWarning)
    first_run()
    place = Path(sys.argv[1])
    truth = json.loads((place / "truth.json").read_text("utf-8"))
    intake(place, truth["id_card_front-007-00.jpg"]["fields"])
