"""Who files: both sides together, or one side alone for one of the reasons that the law names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registration.documents import PartyKind
from registration.errors import Problem
from registration.folding import fold
from registration.names import normalise_name
from registration.parties import Party, Role


class Filing(StrEnum):
    """共同申请 or 单方申请."""

    JOINT = "joint"
    SINGLE = "single"


class SingleReason(StrEnum):
    """The seven cases in which one side may apply alone (不动产登记暂行条例 art. 14)."""

    FIRST = "first"  # 一 尚未登记的不动产首次申请登记
    INHERITANCE = "inheritance"  # 二 继承、接受遗赠
    LEGAL_DOCUMENT = "legal_document"  # 三 生效法律文书或者人民政府生效的决定
    OWN_CHANGE = "own_change"  # 四 权利人姓名、名称或者自然状况发生变化
    EXTINCTION = "extinction"  # 五 不动产灭失或者放弃权利
    CORRECTION = "correction"  # 六 更正登记或者异议登记
    OTHER_LAW = "other_law"  # 七 法律、行政法规规定的其他情形


class Obligor(StrEnum):
    """Who stands on the other side of a type."""

    NONE = "none"
    PARTY = "party"  # entered with the application
    DEVELOPER = "developer"  # the compound's own, by its standing mandate


@dataclass(frozen=True)
class FilingRule:
    """How a type may be filed. `reasons` are those of art. 14 that it allows; joint where it allows none."""

    default: Filing = Filing.SINGLE
    reasons: frozenset[SingleReason] = frozenset()
    obligor: Obligor = Obligor.NONE


def filing_of(rule: FilingRule, reason: SingleReason | None) -> Filing:
    """Return how an application is filed: alone where a reason is given, else as its type is by default."""
    return Filing.SINGLE if reason is not None else rule.default


def problems_of_filing(
    rule: FilingRule, reason: SingleReason | None, parties: Sequence[Party], *, developer_gone: bool
) -> tuple[Problem, ...]:
    """Return what stands against the way an application is filed.

    Joint filing is the rule; one side alone needs one of the seven reasons, and one that the type allows.
    A buyer whose developer no longer exists may apply alone (art. 14 no. 7 with 自然资发〔2021〕1号 part 4).
    Source: 不动产登记暂行条例 art. 14.
    """
    found: list[Problem] = []
    holders = [party for party in parties if party.role is Role.RIGHT_HOLDER]
    obligors = [party for party in parties if party.role is Role.OBLIGOR]
    gone = developer_gone and rule.obligor is Obligor.DEVELOPER
    allowed = rule.reasons | ({SingleReason.OTHER_LAW} if gone else set())
    if reason is not None and reason not in allowed:
        found.append(Problem("single_reason", "applicant.filing", {"reason": reason.value}))
    joint = filing_of(rule, reason) is Filing.JOINT
    if joint and not obligors and rule.obligor is Obligor.PARTY:
        found.append(Problem("obligor_missing", "applicant.obligor"))
    if parties and not holders:
        found.append(Problem("right_holder_missing", "applicant.role"))
    return tuple(found)


def problems_of_doubles(parties: Sequence[Party]) -> tuple[Problem, ...]:
    """Return who was entered twice, or stands on both sides.

    Source: checks of production registration systems (权利人与义务人重复). Persons are told apart by the
    number of their document; names alone never are.
    """
    found: list[Problem] = []
    seen: dict[str, tuple[int, Role]] = {}
    for index, party in enumerate(parties):
        number = fold(party.document_number)
        if not number:
            continue
        where = f"applicant.{index}" if index else "applicant"
        before = seen.setdefault(number, (index, party.role))
        if before[0] != index:
            code = "party_twice" if before[1] is party.role else "party_on_both_sides"
            found.append(Problem(code, f"{where}.id_number"))
    return tuple(found)


def who_must_come(parties: Sequence[Party], rule: FilingRule, reason: SingleReason | None) -> tuple[str, ...]:
    """Return the names of those who have to be present before a number is drawn, in the order of the form.

    An agent comes in place of the applicant, a guardian together with a ward; of a body its agent or its
    representative. Source: 实施细则 arts. 10 to 12 (co-owners file together).
    """
    names: list[str] = []
    for party in parties:
        if party.role is Role.OBLIGOR and filing_of(rule, reason) is Filing.SINGLE:
            continue
        body = party.kind is PartyKind.LEGAL
        if party.agent is not None:
            names.append(party.agent.name)
        else:
            names.append(party.representative if body else party.name)
            if party.guardian is not None:
                names.append(party.guardian.name)
    unique: dict[str, str] = {}
    for name in names:
        if name.strip():
            unique.setdefault(normalise_name(name), name)
    return tuple(unique.values())
