"""Words for the centre's own refusals, Chinese and English; rules of registration bring their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from registration.errors import Problem
from registration.wording import say

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "bad_request": ("请求内容不完整或格式不对。", "The request is incomplete or malformed."),
        "not_found": ("中心没有这个地址或这份内容。", "The centre has no such address or content."),
        "method_not_allowed": ("这个地址不接受这种操作。", "This address does not take that method."),
        "too_large": ("请求内容太大。", "The request is too large."),
        "token_missing": ("请求没有签名。", "The request carries no signature."),
        "token_malformed": ("请求的签名格式不对。", "The request's signature is malformed."),
        "unknown_device": ("中心不认识这台设备。", "The centre does not know this device."),
        "bad_signature": ("签名与这台设备的密钥不符。", "The signature is not this device's."),
        "wrong_target": ("签名不是为这个请求签发的。", "The signature was made for another request."),
        "body_mismatch": (
            "收到的内容与签名不符，可能在途中被改动。",
            "The body differs from what was signed.",
        ),
        "clock_skew": (
            "这台机器的时钟与中心相差太多。",
            "This machine's clock differs too much from the centre's.",
        ),
        "replayed": ("这个请求已经用过一次。", "This request was already used once."),
        "revoked": ("这台设备已被停用。", "This device has been revoked."),
        "operator_revoked": ("这位人员的权限已停用。", "This operator's rights have been revoked."),
        "unknown_operator": ("中心没有这位人员。", "The centre does not know this operator."),
        "forbidden": ("这台设备无权这样做。", "This device may not do that."),
        "vault_without_escrow": (
            "这个保险库里没有留给中心的钥匙：它从未入网。",
            "This vault holds no key for a centre: it was never enrolled.",
        ),
        "vault_not_ours": (
            "留在保险库里的钥匙不是给这个中心的。",
            "The key in this vault was left for another centre.",
        ),
        "code_unknown": ("入网码不正确。", "The enrolment code is not right."),
        "code_expired": (
            "入网码已过期，请管理员重新发放。",
            "The enrolment code has expired; ask for a new one.",
        ),
        "code_used": ("入网码已被另一台设备使用。", "The enrolment code was already used by another device."),
        "bad_proof": ("设备密钥的证明不成立。", "The proof of the device's key does not hold."),
        "too_many_attempts": ("尝试次数太多，请稍后再试。", "Too many attempts; try again later."),
        "too_many_requests": (
            "这台设备的请求太频繁，请稍后再试。",
            "This device sends too many requests; try again later.",
        ),
        "too_busy": ("中心正忙，请稍后再试。", "The centre is busy; try again later."),
        "shutting_down": ("中心正在停止服务。", "The centre is shutting down."),
        "disk_full": ("中心的磁盘已满，内容没有保存。", "The centre's disk is full; nothing was stored."),
        "centre_error": ("中心内部出错，已记录。", "The centre failed inside; it has been recorded."),
        # -- sealed packages
        "package_damaged": (
            "密封包已损坏或不完整：{detail}",
            "The sealed package is damaged or cut short: {detail}",
        ),
        "package_foreign": (
            "这不是窗口制作的密封包：{detail}",
            "This is no window's sealed package: {detail}",
        ),
        "package_part_missing": ("密封包缺少第 {detail} 部分。", "The sealed package lacks part {detail}."),
        "package_mixed": ("这些文件属于不同的密封包。", "These files belong to different packages."),
        "package_unknown_maker": (
            "制作这个密封包的设备中心不认识。",
            "The centre does not know the device that made this package.",
        ),
        "package_not_for_us": ("这个密封包不是封给本中心的。", "This package was sealed to another centre."),
        "package_id_reused": (
            "同一编号的密封包内容不同，没有导入。",
            "A package with this id and other content was imported before; nothing was taken in.",
        ),
        "answer_not_written": (
            "密封包已导入，但回执包没有写成；换一个文件夹再导入一次即可。",
            "The package is in, but its answer could not be written; import it again with another folder.",
        ),
        # -- events
        "body_digest": ("内容与其摘要不符。", "The body does not match its digest."),
        "body_malformed": ("申请内容格式不对。", "The application's body is malformed."),
        "digests_mismatch": (
            "列出的页面摘要与页面不一致。",
            "The listed digests are not those of the pages.",
        ),
        "id_reused": (
            "同一编号的事件内容不同，已隔离待查。",
            "An event with this id and other content exists; quarantined.",
        ),
        "site_forbidden": ("这台设备不服务于这个小区。", "This device does not serve that compound."),
        "device_mismatch": (
            "这条记录署的是另一台电脑的编号。",
            "This record is signed with another laptop's code.",
        ),
        "fact_too_large": (
            "这条记录太长，中心没有收。",
            "This record is too long; the centre did not take it.",
        ),
        "fact_role": (
            "记录人的角色不能做这件事，中心没有收。请由有权限的人重做。",
            "The role of whoever noted this does not allow it; the centre did not take it. "
            "Somebody who may has to do it again.",
        ),
        "order_name": ("请写明是谁。", "Say who it is for."),
        "order_time": (
            "日期要在今天或以后，时间写成 19:30。",
            "The day has to be today or later, the time like 19:30.",
        ),
        "plan_day": ("计划的日期要在今天或以后。", "The day of a plan has to be today or later."),
        "plan_times": (
            "时间写成 18:30，结束要在开始之后。",
            "Times are written like 18:30, the end after the start.",
        ),
        "plan_weeks": ("连续周数是 1 到 26。", "A plan is repeated for 1 to 26 weeks."),
        "plan_twice": (
            "这个小区在同一时间已有一场，什么都没有排入。",
            "The compound has a session at that time already; nothing was planned.",
        ),
        "plan_over": ("这一场已开场或已取消。", "This session was opened or called off already."),
        "plan_reason": ("取消要写明原因。", "Say why it is called off."),
        "unknown_site": ("中心没有这个小区。", "The centre does not know that compound."),
        "unknown_household": ("这个小区没有这一户。", "The compound has no such household."),
        "unknown_pack_version": (
            "中心没有这份申请所依据的规则版本，请管理员先发布该版本，再重新发送。",
            "The centre does not have the version of the rules that this application was taken in with; "
            "have it published, then send again.",
        ),
        "withdrawal_forbidden": (
            "案件已登簿或者已办结，不能撤回。",
            "The case is in the register or closed; it cannot be withdrawn.",
        ),
        "unknown_type": ("中心不办理这种登记类型。", "The centre does not take this registration type."),
        "receipt_number_shape": ("收件编号格式不对。", "The receipt number is malformed."),
        "receipt_number_foreign": ("收件编号不属于这台设备。", "The receipt number is not this device's."),
        "receipt_number_block": (
            "收件编号不在预留号段内。",
            "The receipt number is outside the reserved block.",
        ),
        "receipt_number_used": (
            "收件编号已被另一份申请使用；这台设备可能被复制过。",
            "Another application has this receipt number; the device may have been copied.",
        ),
        "receipt_mismatch": ("收件凭证与页面不一致。", "The receipt does not match the pages."),
        "numbers_exhausted": ("这台设备的收件编号已用完。", "This device has used up its receipt numbers."),
        "page_size": ("页面大小不合理。", "A page's size is not acceptable."),
        "page_size_differs": ("同一页面先后报了不同的大小。", "One page was announced with two sizes."),
        "state_forbids": (
            "案件当前状态不允许再次提交。",
            "The case's state does not allow another submission.",
        ),
        "conflict": (
            "中心已有这份申请的另一个版本；两个版本都已保留。",
            "The centre has another revision of this application; both are kept.",
        ),
        "event_failed": (
            "这条事件未能处理，已记录；其余不受影响。",
            "This event failed and was recorded; others go on.",
        ),
        # -- pages
        "tus_version": ("不支持的续传协议版本。", "That version of the upload protocol is not supported."),
        "not_announced": ("没有申请提到这个页面。", "No application has announced this page."),
        "offset_mismatch": ("续传位置与中心不符。", "The offset differs from the centre's."),
        "locked": ("这个页面正在由另一个连接上传。", "Another connection is uploading this page."),
        "digest_mismatch": (
            "收完的页面与摘要不符，需要重传。",
            "The finished page does not match its digest; send again.",
        ),
        # -- backups
        "backup_failed": (
            "备份程序没有正常结束；请看磁盘空间和数据库。",
            "The backup's program did not end well; look at disk space and database.",
        ),
        "backup_missing": ("这个文件夹里没有完整的备份。", "There is no whole backup in that folder."),
        "backup_unreadable": (
            "口令不对，或者备份已损坏。",
            "The passphrase is not right, or the backup is damaged.",
        ),
        "passphrase_short": (
            "请给出至少十二个字符的备份口令。",
            "Give a passphrase for the backup of at least twelve characters.",
        ),
        "restore_not_empty": (
            "数据库里已有内容；只能恢复到空的数据库。",
            "The database holds something; a backup is restored to an empty one alone.",
        ),
        "restore_elsewhere": (
            "这份备份属于另一个数据库模式（schema）。",
            "That backup belongs to another schema of the database.",
        ),
        "restore_foreign": (
            "这个目录里的密钥属于另一个中心。",
            "The keys in that directory are another centre's.",
        ),
        # -- review
        "unknown_application": ("中心没有这份申请。", "The centre does not know this application."),
        "not_whole": ("材料尚未到齐，不能受理。", "Pages are still missing; it cannot be accepted."),
        "decision_forbidden": (
            "案件当前状态不允许这个决定。",
            "The case's state does not allow this decision.",
        ),
        "ticket_invalid": (
            "进入链接已使用或已过期，请重新获取。",
            "This link was used or has expired; ask for a new one.",
        ),
        "desk_closed": ("请重新登录审核台。", "Sign in to the desk again."),
        "not_a_reviewer": ("这位人员不是审核员。", "This person is not a reviewer."),
        "pack_malformed": (
            "数据包不完整，或者本程序读不懂，没有发布。",
            "The pack is incomplete or cannot be read by this program; it was not published.",
        ),
        "file_malformed": ("小区档案的内容格式不对。", "The compound's file is malformed."),
        "file_unreadable": ("读不出这个文件。", "That file cannot be read."),
        "check_stops": (
            "联网核验有障碍，不能登簿。",
            "An online check stands against the case; it cannot be registered.",
        ),
        "track_open": (
            "还有税费等事项没有办结，不能发证。",
            "Tax, fees or another track are still open; no certificate can be issued.",
        ),
        "unknown_check": ("这类登记没有这项核验。", "This registration type has no such check."),
        "track_forbidden": (
            "这个事项不能这样变更。",
            "That track cannot go there from where it stands.",
        ),
        "evidence_kind": (
            "佐证材料须为 PDF、JPEG 或 PNG 文件。",
            "Evidence has to be a PDF, JPEG or PNG file.",
        ),
        "file_not_written": ("文件没有写成。", "The file could not be written."),
        "share_wrong": (
            "设备比例须在 0 到 100 之间；为 0 时要选小区。",
            "The share is 0 to 100 per cent; with 0, name compounds.",
        ),
        "unknown_pack": ("中心没有这个版本的数据包。", "The centre has no such version of a pack."),
        "account_taken": ("这个账号已经有人用了。", "That account is taken."),
        "last_administrator": (
            "不能停用最后一位管理员，也不能停用自己。",
            "The last administrator, and yourself, cannot be stopped.",
        ),
        # -- signing in to the desk
        "sign_in_failed": ("账号或密码不对。", "The account or the password is wrong."),
        "sign_in_wait": (
            "多次输入错误，请稍后再试。",
            "Too many wrong tries; wait a little and try again.",
        ),
        "password_short": (
            "密码须有 12 至 128 个字符。",
            "A password has 12 to 128 characters.",
        ),
        "password_common": (
            "这个密码容易被猜到，请换一个长句。",
            "That password is easily guessed; take a longer phrase.",
        ),
        "passwords_differ": ("两次输入的密码不一样。", "The two passwords differ."),
        "role_forbidden": (
            "您的角色不能做这件事。",
            "Your role does not allow this.",
        ),
        "number_missing": ("需要填写证号。", "A certificate number is needed."),
        "due_wrong": (
            "补正期限要写成 2026-12-31 这样的日期，不能早于今天。",
            "The day by which to mend has to be a date like 2026-12-31, today or later.",
        ),
        "until_wrong": (
            "权限的最后一天要写成 2026-12-31 这样的日期，不能早于今天。",
            "The last day of somebody's rights has to be a date like 2026-12-31, today or later.",
        ),
        "reason_missing": ("需要写明原因或需补正的材料。", "A reason, or the papers to mend, is needed."),
    }
)


def words_for(code: str) -> tuple[str, str]:
    """Return (Chinese, English) for a code of the centre."""
    return _WORDS.get(code) or (f"中心拒绝了请求（{code}）。", f"The centre refused ({code}).")


def words_for_problems(problems: Sequence[Problem]) -> tuple[str, str]:
    """Return (Chinese, English) naming every problem that the rules of registration found."""
    return (
        "；".join(say(problem, "zh").what.rstrip("。") for problem in problems) + "。",
        " ".join(say(problem, "en").what for problem in problems),
    )
