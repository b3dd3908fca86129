"""What is signed at the window, word for word: the canonical text of each document, and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from registration.application_value import Application
from registration.checklist import Checklist
from registration.conditions import Facts
from registration.deferral import Flaw, open_deferrals
from registration.documents import DocumentKind, PartyKind
from registration.filing import Filing, SingleReason, filing_of
from registration.inquiry import NO, YES, questions_for
from registration.packs import INQUIRY, PackSet
from registration.parties import Party, Role
from registration.property_unit import Compound, Household
from registration.representation import Relation
from registration.shares import CoOwnership

APPLICATION, INQUIRY_RECORD, PROMISE = "application_form", "inquiry_record", "deferral_promise"

# The words stand here and not in a pack: a text that was signed is built again, by the window and by the
# centre, from the packs that the case is pinned to, and must come out the same for as long as it is kept.
_DOCUMENTS: Mapping[DocumentKind, str] = {
    DocumentKind.ID_CARD: "居民身份证",
    DocumentKind.BUSINESS_LICENCE: "营业执照",
    DocumentKind.RESIDENCE_PERMIT: "港澳台居民居住证",
    DocumentKind.PERMANENT_RESIDENCE: "外国人永久居留身份证",
    DocumentKind.PASSPORT: "护照",
    DocumentKind.HONG_KONG_MACAO_PERMIT: "港澳居民来往内地通行证",
    DocumentKind.TAIWAN_PERMIT: "台湾居民来往大陆通行证",
    DocumentKind.HOUSEHOLD_REGISTER: "户口簿",
    DocumentKind.MILITARY: "军官证（士兵证）",
    DocumentKind.CREDIT_CODE: "统一社会信用代码证书",
    DocumentKind.ORGANISATION_CODE: "组织机构代码证",
    DocumentKind.OTHER: "其他证件",
}
_SIDES = {Role.RIGHT_HOLDER: "权利人", Role.OBLIGOR: "义务人"}
_SHARING = {
    CoOwnership.SOLE: "单独所有",
    CoOwnership.JOINT: "共同共有",
    CoOwnership.BY_SHARES: "按份共有",
    CoOwnership.OTHER: "其他共有",
}
_RELATIONS = {
    Relation.PARENT: "父母",
    Relation.SPOUSE: "配偶",
    Relation.CHILD: "成年子女",
    Relation.OTHER_RELATIVE: "其他近亲属",
    Relation.APPOINTED: "指定监护人",
    Relation.OTHER: "其他",
}
_REASONS = {
    SingleReason.FIRST: "尚未登记的不动产首次申请登记",
    SingleReason.INHERITANCE: "继承、接受遗赠",
    SingleReason.LEGAL_DOCUMENT: "生效法律文书或者人民政府生效的决定",
    SingleReason.OWN_CHANGE: "权利人姓名、名称或者自然状况发生变化",
    SingleReason.EXTINCTION: "不动产灭失或者放弃权利",
    SingleReason.CORRECTION: "更正登记或者异议登记",
    SingleReason.OTHER_LAW: "法律、行政法规规定的其他情形",
}
_ANSWERS = {YES: "是", NO: "否", "none": "不存在"} | {kind.value: words for kind, words in _SHARING.items()}


def wanted_documents(application: Application, checklist: Checklist) -> tuple[str, ...]:
    """Return the codes of what is signed in this case, in the order in which it is laid before people.

    Source: 不动产登记暂行条例 art. 16 (application), 操作规范 3.4 (the record of the inquiry is signed);
    local rules of deferral ask for a signed promise.
    """
    if "signatures" not in checklist.demands:
        return ()
    record = (INQUIRY_RECORD,) if checklist.questions else ()
    promise = (PROMISE,) if open_deferrals(application.deferrals) else ()
    return (APPLICATION, *record, *promise)


def signers_of(document: str, parties: Sequence[Party]) -> tuple[int, ...]:
    """Return the indexes of the parties that sign a document, in the order of the form.

    A natural person signs, or the agent or guardian in the person's place; a body seals the paper. The
    promise is that of those who acquire the right: the papers are theirs.
    """
    return tuple(
        index
        for index, party in enumerate(parties)
        if party.kind is PartyKind.NATURAL and (document != PROMISE or party.role is Role.RIGHT_HOLDER)
    )


def hand_of(party: Party) -> str:
    """Return the name of the person whose hand signs for a party; "" where it is not known yet."""
    if party.agent is not None:
        return party.agent.name
    return party.guardian.name if party.guardian is not None else party.name


def document_text(
    code: str,
    application: Application,
    checklist: Checklist,
    household: Household | None,
    compound: Compound | None,
    facts: Facts,
    packs: PackSet,
) -> str:
    """Return what is shown and signed: Chinese, one fact a line, always the same for the same facts.

    `facts` are those of `case_facts.facts_of`; `packs` those that the case is pinned to. What is not known
    is left out, so that a later entry changes the text. KeyError for a code that is no signed document.
    """
    case = _Case(application, checklist, household, compound, facts, packs)
    return "\n".join(_BODIES[code](case)) + "\n"


def digests(
    application: Application,
    checklist: Checklist,
    household: Household | None,
    compound: Compound | None,
    facts: Facts,
    packs: PackSet,
) -> Mapping[str, str]:
    """Return code -> lower-case SHA-256 hex of the UTF-8 text, for every document that may be signed."""
    case = _Case(application, checklist, household, compound, facts, packs)
    return {code: _digest("\n".join(body(case)) + "\n") for code, body in _BODIES.items()}


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()  # typed text may be any text


_Lines = Iterator[str]


@dataclass(frozen=True)
class _Case:
    """What the texts are made of."""

    application: Application
    checklist: Checklist
    household: Household | None
    compound: Compound | None
    facts: Facts
    packs: PackSet


def _application(case: _Case) -> _Lines:
    application, checklist = case.application, case.checklist
    yield "不动产登记申请书"
    yield from _matter(application, checklist)
    reason = application.single_reason
    joint = filing_of(checklist.filing_rule(application.subtype), reason) is Filing.JOINT
    yield f"申请方式：{'共同申请' if joint else '单方申请'}" + (f"（{_REASONS[reason]}）" if reason else "")
    yield from _parties(application.parties)
    if application.co_ownership is not None:
        yield f"共有方式：{_SHARING[application.co_ownership]}"
    if len(application.right_holders) > 1:
        yield f"分别持证：{'是' if application.separate_certificates else '否'}"
    yield from _property(case)
    mortgage = application.mortgage
    if checklist.mortgage and mortgage is not None:
        yield from _filled(
            ("最高债权数额" if mortgage.maximum else "被担保债权数额", mortgage.amount),
            ("债务履行期限", " 至 ".join(day for day in (mortgage.starts, mortgage.ends) if day)),
            ("担保范围", mortgage.scope),
            ("在建建筑物抵押范围", mortgage.works),
            ("禁止或者限制转让的约定", {YES: "有", NO: "无"}.get(mortgage.transfer_ban, "")),
        )
    yield "本人对填写的内容和所提交材料的真实性负责。"


def _inquiry(case: _Case) -> _Lines:
    application, checklist = case.application, case.checklist
    yield "不动产登记询问记录"
    yield from _matter(application, checklist)
    yield from _property(case)
    asked = questions_for(checklist, application.parties, case.facts, case.packs)
    given = {(answer.question, answer.role): answer for answer in application.answers}
    known = case.packs[INQUIRY]["questions"]
    for role in Role:
        codes = [code for code, side in asked if side is role]
        if not codes:
            continue
        people = "、".join(_hand_and_party(party) for party in application.parties if party.role is role)
        yield f"被询问人（{_SIDES[role]}）：{people}"
        for number, code in enumerate(codes, 1):
            yield f"{number}．{known[code]['zh']}"
            answer = given.get((code, role))
            said = _ANSWERS.get(answer.value, answer.value) if answer is not None else ""
            note = answer.note.strip() if answer is not None else ""
            yield f"答：{'；'.join(part for part in (said, note) if part)}"
    yield "以上记录经本人阅读（向本人宣读），与本人所述一致。"


def _promise(case: _Case) -> _Lines:
    application, checklist = case.application, case.checklist
    yield "容缺受理承诺书"
    yield from _matter(application, checklist)
    yield from _parties(application.right_holders)
    yield from _property(case)
    for deferral in open_deferrals(application.deferrals):
        item = checklist.item(deferral.item_code)
        name = item.zh if item is not None else deferral.item_code
        flaw = "缺失" if deferral.flaw is Flaw.MISSING else "有瑕疵"
        yield f"缺少的材料：{name}（{flaw}），{deferral.due}前补交"
    yield (
        "本人承诺：所提交的材料真实；在上述期限内补齐；知悉补齐之前不登簿，"
        "补正时间不计入办理时限，逾期未补齐的，登记机构可以终止办理。"
    )


_BODIES: Mapping[str, Callable[[_Case], _Lines]] = {
    APPLICATION: _application,
    INQUIRY_RECORD: _inquiry,
    PROMISE: _promise,
}


def _matter(application: Application, checklist: Checklist) -> _Lines:
    subtype = checklist.subtype(checklist.subtype_or_default(application.subtype))
    yield f"登记事项：{checklist.zh}" + (f"（{subtype.zh}）" if subtype is not None else "")
    yield from _filled(("登记原因", application.reason))


def _property(case: _Case) -> _Lines:
    household = case.household
    place = case.compound.name if case.compound is not None else ""
    if household is not None:
        yield from _filled(
            ("坐落", household.address or f"{place} {household.label}"),
            ("不动产单元号", household.unit_code),
            ("面积（平方米）", household.area),
        )
    yield from _filled(("原不动产权证书号", case.application.certificate_number))


def _parties(parties: Sequence[Party]) -> _Lines:
    for party in parties:
        kind = _DOCUMENTS[party.document_kind]
        yield f"{_SIDES[party.role]}：{party.name}　{kind} {party.document_number}"
        yield from _filled(
            ("　联系电话", party.phone),
            ("　通讯地址", party.address),
            ("　法定代表人（负责人）", party.representative),
            ("　份额", party.share),
        )
        if party.guardian is not None:
            ward = party.guardian
            relation = _RELATIONS[ward.relation]
            number = f"{_DOCUMENTS[ward.document_kind]} {ward.document_number}"
            yield f"　监护人：{ward.name}（{relation}）　{number}"
        if party.agent is not None:
            agent = party.agent
            yield f"　代理人：{agent.name}　{_DOCUMENTS[agent.document_kind]} {agent.document_number}"
            yield from _filled(("　委托事项", agent.mandate.scope))


def _hand_and_party(party: Party) -> str:
    hand = hand_of(party)
    return party.name if hand == party.name else f"{party.name}（{hand}代）"


def _filled(*entries: tuple[str, str]) -> _Lines:
    for name, value in entries:
        if value.strip():
            yield f"{name}：{value.strip()}"
