"""What the desk says, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

LANGUAGES = ("zh", "en")

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("即来 · 审核台", "Jilai · Review desk"),
        "demo": ("演示中心：数据均为虚构", "Demonstration centre: all data is invented"),
        "cases": ("收件列表", "Cases"),
        "all": ("全部", "All"),
        "none": ("没有符合条件的收件。", "No cases here."),
        "older": ("更早", "Older"),
        "newer": ("更新", "Newer"),
        "receipt": ("收件编号", "Receipt number"),
        "acceptance": ("受理编号", "Acceptance number"),
        "state": ("状态", "State"),
        "place": ("坐落", "Property"),
        "received": ("收到时间", "Received"),
        "device": ("设备", "Device"),
        "whole": ("材料", "Papers"),
        "is_whole": ("已到齐", "all here"),
        "not_whole": ("未到齐", "still arriving"),
        "after_revocation": ("停用后移交", "handed over after revocation"),
        "applicants": ("申请人", "Applicants"),
        "id_number": ("证件号码", "ID number"),
        "phone": ("电话", "Phone"),
        "type": ("登记类型", "Type"),
        "session": ("场次", "Session"),
        "remarks": ("备注", "Remarks"),
        "show_all": ("显示完整信息（记入审计）", "Show in full (audited)"),
        "pages": ("材料页面", "Pages"),
        "missing": ("未到", "not here yet"),
        "kept": ("仍然保留：", "Kept in spite of:"),
        "history": ("经过", "History"),
        "decide": ("审核决定", "Decision"),
        "accept": ("受理", "Accept"),
        "return": ("退回补正", "Return for correction"),
        "reject": ("不予受理", "Reject"),
        "register": ("登簿", "Enter in the register"),
        "withdraw": ("撤回", "Withdraw"),
        "void": ("凭证作废", "Receipt void"),
        "cross_province": ("跨省通办", "Cross-province"),
        "filed_elsewhere": (
            "由其他窗口代收，在不动产所在地登记",
            "taken in elsewhere, registered where the property is",
        ),
        "mortgage": ("抵押", "Mortgage"),
        "claim": ("被担保债权（元）", "Secured claim, yuan"),
        "term": ("期限", "Term"),
        "transfer_ban": ("禁止或限制转让", "Transfer forbidden or limited"),
        "bank_site": ("受理网点", "Taken in at"),
        "findings": ("联网核验和事项进度", "Online checks and tracks"),
        "keep": ("保存", "Keep"),
        "note": ("说明", "Note"),
        "waiting": ("待核验", "Waiting"),
        "passed": ("通过", "Passed"),
        "stops": ("有障碍", "Stops the case"),
        "track_registration": ("登记", "Registration"),
        "track_transaction": ("交易", "Transaction"),
        "track_tax": ("缴税", "Tax"),
        "track_fee": ("缴费", "Fees"),
        "track_not_asked": ("未申请", "Not asked for"),
        "track_waiting": ("等待", "Waiting"),
        "track_under_way": ("办理中", "Under way"),
        "track_held_up": ("受阻", "Held up"),
        "track_done": ("办结", "Done"),
        "owed_by": ("欠缴方", "Owed by"),
        "owed_": ("无", "nobody"),
        "owed_developer": ("开发企业", "developer"),
        "owed_buyer": ("购房人", "buyer"),
        "certificate": ("发证", "Issue certificate"),
        "reason": ("原因（发给窗口）", "Reason (sent to the window)"),
        "which": ("需要补正的材料", "Papers to bring again"),
        "number": ("不动产权证号", "Certificate number"),
        "leave": ("离开", "Leave"),
        "other": ("English", "中文"),
        "back": ("返回列表", "Back to the list"),
        "refused": ("没有完成", "Not done"),
    }
)
_STATES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "received": ("已收件", "Received"),
        "accepted": ("已受理", "Accepted"),
        "returned": ("待补正", "Returned"),
        "rejected": ("不予受理", "Rejected"),
        "registered": ("已登簿", "Registered"),
        "certificate_issued": ("已发证", "Certificate issued"),
        "withdrawn": ("已撤回", "Withdrawn"),
    }
)


def say(name: str, language: str) -> str:
    """Return the desk's words in "zh" or "en"."""
    return _WORDS[name][LANGUAGES.index(language)]


def state_name(state: str, language: str) -> str:
    """Return a case state's name."""
    return _STATES[state][LANGUAGES.index(language)]


def states() -> tuple[str, ...]:
    """Return the states that the desk can list."""
    return tuple(_STATES)
