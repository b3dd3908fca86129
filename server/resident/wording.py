"""What the resident's page says, in plain Chinese and English: where the case stands, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from server.desk.wording import LANGUAGES

WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "title": ("办件进度", "How your case stands"),
        "receipt": ("收件编号", "Receipt number"),
        "acceptance": ("受理编号", "Acceptance number"),
        "since": ("更新时间", "Since"),
        "next": ("接下来", "What happens next"),
        "bring": ("请补交这些材料", "Please bring these papers again"),
        "where": (
            "到原窗口，或者等窗口工作人员打电话。",
            "To the same window, or wait for its people to call you.",
        ),
        "other": ("English", "中文"),
        "privacy": (
            "本页不显示姓名和房屋地址。请妥善保管凭证：扫到二维码的人都能看到进度。",
            "This page shows no name and no address. Keep your receipt safe: whoever scans its code sees "
            "this page.",
        ),
        "on_its_way": ("已收件，正在上传", "Taken in, on its way"),
        "on_its_way_next": (
            "凭证是真的。窗口已收下材料，正在传往登记机构，请过几个小时再查。",
            "Your receipt is genuine. The window has your papers and is sending them on; look again in a "
            "few hours.",
        ),
        "received": ("已收件", "Received"),
        "received_next": (
            "登记机构已收到申请，正在审查。不用再来窗口，有问题会打电话。",
            "The registration office has your application and is examining it. You need not come; "
            "if anything is missing you will be called.",
        ),
        "received_pages_next": (
            "登记机构已收到申请，材料图片还在上传，到齐后开始审查。",
            "The registration office has your application; pictures of your papers are still arriving.",
        ),
        "accepted": ("已受理", "Accepted"),
        "accepted_next": (
            "申请已正式受理，正在审核、登簿。请保持电话畅通。",
            "Your application has been accepted and is being registered. Please stay reachable by telephone.",
        ),
        "returned": ("需要补正", "Something has to be mended"),
        "returned_next": (
            "有材料需要补充或更换，补好后继续办理，不用重新排队。",
            "Some papers have to be brought again. Your case then goes on from where it is.",
        ),
        "rejected": ("不予受理", "Not accepted"),
        "rejected_next": (
            "申请没有被受理。窗口会说明原因并退还材料；不服的可以申请复议或者起诉。",
            "Your application was not accepted. The window will tell you why and return your papers; "
            "you may ask for a review or go to court.",
        ),
        "registered": ("已登簿", "Entered in the register"),
        "registered_next": (
            "您的权利已记入登记簿，正在制作证书。证书做好后会通知领取。",
            "Your right is in the register; the certificate is being made. You will be told when to fetch "
            "it.",
        ),
        "certificate_issued": ("已发证", "Certificate issued"),
        "certificate_issued_next": (
            "证书已经做好。请带身份证和这张凭证领取；已经领取的不用再来。",
            "The certificate is ready. Bring your identity card and this receipt; if you have it already, "
            "all is done.",
        ),
        "withdrawn": ("已撤回", "Withdrawn"),
        "withdrawn_next": (
            "申请已按您的意愿撤回。需要办理时可以重新申请。",
            "Your application was withdrawn as you wished. You may apply again at any time.",
        ),
        "unknown": ("查不到这张凭证", "This receipt cannot be looked up"),
        "unknown_next": (
            "请确认扫的是凭证上的二维码。刚办完的，请过几个小时再查；仍查不到的，请带凭证到窗口询问。",
            "Make sure you scanned the code on your receipt. If it is very new, look again in a few hours; "
            "otherwise ask at the window and bring the receipt.",
        ),
        "busy": ("查询太频繁，请过一分钟再试。", "Too many look-ups; please wait a minute."),
        "paste": (
            "请扫凭证上的二维码，或者在这里粘贴二维码的内容：",
            "Scan the code on your receipt, or paste what it says:",
        ),
        "look": ("查询", "Look up"),
    }
)


def say(name: str, language: str) -> str:
    """Return the words in "zh" or "en". KeyError for words that there are not."""
    return WORDS[name][LANGUAGES.index(language)]
