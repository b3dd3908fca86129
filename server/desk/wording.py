"""What the desk says, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from server.desk.office_wording import OFFICE_WORDS

LANGUAGES = ("zh", "en")

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("即来 · 审核台", "Jilai · Review desk"),
        "demo": ("演示中心：数据均为虚构", "Demonstration centre: all data is invented"),
        "cases": ("收件列表", "Cases"),
        "all": ("全部", "All"),
        "none": ("没有符合条件的收件。", "No cases here."),
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
        "finding": ("核验、事项", "Check or track"),
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
        "due": ("退回时：请在这一天之前补正", "For a return: to be mended by this day"),
        "reason": ("原因（发给窗口）", "Reason (sent to the window)"),
        "which": ("需要补正的材料", "Papers to bring again"),
        "number": ("不动产权证号", "Certificate number"),
        "leave": ("离开", "Leave"),
        "other": ("English", "中文"),
        "back": ("返回列表", "Back to the list"),
        "refused": ("没有完成", "Not done"),
        "skip": ("跳到正文", "Skip to the content"),
        # -- queue
        "division": ("县区", "County"),
        "compound": ("小区", "Compound"),
        "any_division": ("全部县区", "Every county"),
        "any_compound": ("全部小区", "Every compound"),
        "search": ("查找", "Search"),
        "search_hint": ("编号，或姓名、证件号全文", "A number, or a whole name or ID number"),
        "apply": ("查看", "Show"),
        "previous_rows": ("上一页", "Previous rows"),
        "next_rows": ("下一页", "Next rows"),
        "turn_rows": ("翻页", "Turn over"),
        # -- case
        "revision": ("版次", "Revision"),
        "reason_or_papers": ("材料和原因", "Papers and reason"),
        "evidence_digest": ("文件", "File"),
        "evidence_kind": ("格式", "Kind"),
        "evidence_size": ("大小", "Size"),
        "page_list": ("页面目录", "List of pages"),
        "previous_page": ("上一页", "Previous page"),
        "next_page": ("下一页", "Next page"),
        "whole_size": ("原大", "Full size"),
        "facts": ("申请内容", "What was applied for"),
        "other_papers": ("没有交来的材料", "Papers that were not brought"),
        "why": ("原因", "Reason"),
        "others": ("同一房屋或同一申请人的其他收件", "Other cases of this home or of these persons"),
        "same_home": ("同一房屋", "same home"),
        "same_person": ("同一申请人", "same person"),
        "duplicate": ("疑似重复：同一房屋、同一申请人", "Likely a duplicate: same home, same person"),
        "revisions": ("第 {after} 版与第 {before} 版的差别", "Revision {after} against {before}"),
        "no_difference": ("内容没有差别。", "Nothing differs."),
        "fact": ("项目", "Fact"),
        "before": ("原来", "Before"),
        "after": ("现在", "Now"),
        "came": ("新增或更换的页面", "Pages that came or were replaced"),
        "went": ("不再有的页面", "Pages that are gone"),
        "evidence": ("发证佐证", "Evidence of the certificate"),
        "evidence_file": ("佐证文件（PDF、JPEG、PNG，10 MB 以内）", "File (PDF, JPEG or PNG, up to 10 MB)"),
        "evidence_add": ("添加佐证", "Add evidence"),
        "evidence_none": (
            "还没有佐证。没有佐证的发证不计入化解进度。",
            "No evidence yet. A certificate without evidence does not count as progress.",
        ),
        "keys_hint": ("← → 换页，/ 查找", "← → turn pages, / searches"),
        # -- signing in
        "sign_in": ("登录", "Sign in"),
        "account": ("账号", "Account"),
        "password": ("密码", "Password"),
        "password_again": ("再输入一次", "Once more"),
        "choose_password": ("设置密码", "Choose a password"),
        "password_rule": (
            "至少 12 个字符，越长越好，例如几个不相干的词。",
            "At least 12 characters, the longer the better: a few unrelated words, for instance.",
        ),
        "sign_in_help": (
            "忘记密码或第一次使用：请管理员发一个设置密码的链接。",
            "First time, or password forgotten: ask the administrator for a link to choose one.",
        ),
        "role_reviewer": ("审核员", "Reviewer"),
        "role_auditor": ("审计员", "Auditor"),
        "role_administrator": ("管理员", "Administrator"),
        "role_operator": ("窗口人员", "Operator"),
        "role_helper": ("辅助人员", "Helper"),
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
    """Return the desk's words in "zh" or "en". KeyError for words that there are not."""
    return (_WORDS.get(name) or OFFICE_WORDS[name])[LANGUAGES.index(language)]


def state_name(state: str, language: str) -> str:
    """Return a case state's name."""
    return _STATES[state][LANGUAGES.index(language)]


def states() -> tuple[str, ...]:
    """Return the states that the desk can list."""
    return tuple(_STATES)
