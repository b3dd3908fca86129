"""The certificate of arrival (到达证明) on A4: what the centre swore, in words and as a code to verify."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from printing import layout, qr, typesetting
from printing.layout import A4, MM

_WORDS = {
    "zh": {
        "title": "到达证明",
        "device": "设备",
        "count": "本机已提交的申请",
        "count_of": "{n} 件",
        "numbers": "收件编号范围",
        "none": "无",
        "digest": "清单摘要（SHA-256）",
        "audit": "本机审计日志末端",
        "time": "中心时间",
        "printed": "打印时间",
        "sworn": "中心声明：上列设备至此时为止提交的全部申请，其登记事项与每一页材料均已完整到达中心，"
        "并已写入磁盘。声明由中心签名，改动任何一处，签名即失效。",
        "verify": "验证：扫描右上角二维码，用 verify_arrival.py 和中心的公钥核对；"
        "不需要联网，也不需要本系统。",
        "signature": "中心签名",
    },
    "en": {
        "title": "Certificate of arrival",
        "device": "Device",
        "count": "Applications submitted on it",
        "count_of": "{n}",
        "numbers": "Receipt numbers",
        "none": "none",
        "digest": "Digest of the list (SHA-256)",
        "audit": "Head of the device's audit log",
        "time": "The centre's time",
        "printed": "Printed",
        "sworn": "The centre states: of every application that this device had submitted by this time, the"
        " facts and each page have arrived whole and are on its disk. The centre has signed this; a change"
        " anywhere makes the signature void.",
        "verify": "To verify, scan the code at the upper right and give it to verify_arrival.py with the"
        " centre's public key; neither a network nor this program is needed.",
        "signature": "The centre's signature",
    },
}
_LEFT, _RIGHT, _TOP = 22 * MM, 188 * MM, 275 * MM
_CODE_SIDE = 52 * MM


def arrival_token(statement: Mapping[str, Any], signature: str) -> str:
    """Return what the code carries: base32 of the signed bytes and the signature's 64, without padding.

    `statement` is the centre's, `signature` base64url without padding.
    """
    said = json.dumps(dict(statement), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sealed = base64.urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    return base64.b32encode(said.encode("utf-8") + sealed).decode("ascii").rstrip("=")


def render(
    statement: Mapping[str, Any], signature: str, *, language: str = "zh", printed_at: datetime
) -> bytes:
    """Return the certificate as PDF bytes, A4; the same arguments give the same bytes.

    `printed_at` is aware; the centre's time is shown in its zone. Raises MachineError font_missing.
    """
    tongue = "en" if language.startswith("en") else "zh"
    words = _WORDS[tongue]
    canvas, buffer = layout.new_canvas(
        A4, title=f"{words['title']} {statement['device_code']}", language=tongue, made_at=printed_at
    )
    layout.fill(canvas, layout.INK)
    modules = qr.matrix(arrival_token(statement, signature), "M")
    qr.draw(canvas, _RIGHT - _CODE_SIDE, _TOP - _CODE_SIDE, _CODE_SIDE / len(modules), modules)
    title, body = typesetting.bold(24), typesetting.regular(11, 1.6)
    label, mono = typesetting.regular(9, 1.5), typesetting.regular(9.5, 1.5)
    typesetting.draw_lines(canvas, _LEFT, _TOP, [words["title"]], title)
    y = _TOP - title.leading - 6 * MM
    centre_time = datetime.fromtimestamp(float(statement["server_time"]), printed_at.tzinfo)
    first, last = statement["first_receipt"], statement["last_receipt"]
    facts = (
        ("device", str(statement["device_code"])),
        ("count", words["count_of"].format(n=statement["count"])),
        ("numbers", f"{first} – {last}" if first else words["none"]),
        ("time", f"{centre_time:%Y-%m-%d %H:%M:%S}"),
        ("printed", f"{printed_at:%Y-%m-%d %H:%M:%S}"),
    )
    for name, value in facts:
        typesetting.draw_lines(canvas, _LEFT, y, [words[name]], label)
        typesetting.draw_lines(canvas, _LEFT, y - label.leading, [value], typesetting.bold(12, 1.5))
        y -= label.leading + 12 * 1.5 + 2 * MM
    y = min(y, _TOP - _CODE_SIDE - 8 * MM)
    for name in ("digest", "audit"):
        value = statement["digest"] if name == "digest" else statement["audit_head"]
        typesetting.draw_lines(canvas, _LEFT, y, [words[name]], label)
        lines = typesetting.wrap(str(value) or words["none"], mono, _RIGHT - _LEFT)
        typesetting.draw_lines(canvas, _LEFT, y - label.leading, lines, mono)
        y -= label.leading + len(lines) * mono.leading + 3 * MM
    layout.rule(canvas, _LEFT, _RIGHT, y)
    y -= 6 * MM
    for name, face in (("sworn", body), ("verify", label)):
        lines = typesetting.wrap(words[name], face, _RIGHT - _LEFT)
        typesetting.draw_lines(canvas, _LEFT, y, lines, face)
        y -= len(lines) * face.leading + 5 * MM
    typesetting.draw_lines(canvas, _LEFT, y, [words["signature"]], label)
    lines = typesetting.wrap(signature, mono, _RIGHT - _LEFT)
    typesetting.draw_lines(canvas, _LEFT, y - label.leading, lines, mono)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()
