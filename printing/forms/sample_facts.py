"""Invented facts for every form: an ordinary case, and one where everything is long."""

from __future__ import annotations

from typing import Any

_PERSON = {
    "name": "张立群",
    "document_kind": "居民身份证",
    "document_number": "62010219880312371X",
    "phone": "13900000021",
    "address": "兰州市城关区雁滩街道滩尖子路 18 号",
    "share": "1/2",
}
_SPOUSE = {
    "name": "马秀兰",
    "document_kind": "居民身份证",
    "document_number": "620102199001020028",
    "phone": "13900000022",
    "address": "兰州市城关区雁滩街道滩尖子路 18 号",
    "share": "1/2",
}
_DEVELOPER = {
    "name": "兰州雁滩房地产开发有限公司",
    "document_kind": "营业执照",
    "document_number": "91620100MA00000000",
    "phone": "0931-0000000",
    "address": "兰州市城关区",
}
_ITEMS = [
    {
        "name": "购房发票",
        "form": "原件",
        "copies": "1",
        "pages": "1",
        "requirement": "补交销售不动产发票原件",
    },
    {
        "name": "契税完税凭证",
        "form": "原件",
        "copies": "1",
        "pages": "1",
        "requirement": "缴税后补交，或联网核验",
    },
    {
        "name": "婚姻材料",
        "form": "复印件",
        "copies": "1",
        "pages": "2",
        "requirement": "夫妻双方到场核对原件",
    },
]
_QUESTIONS = [
    {"question": "申请登记的事项是否是你的真实意思表示？", "answer": "是。"},
    {"question": "申请登记的不动产是否存在共有人？", "answer": "有，与配偶马秀兰按份共有，各二分之一。"},
    {"question": "申请登记的不动产存在异议登记的，你是否知悉？", "answer": "不存在异议登记。"},
    {"question": "所提交的材料是否真实？有无查封、抵押、租赁或其他争议？", "answer": "真实。没有。"},
]


def ordinary() -> dict[str, Any]:
    """Return one set of facts that fills the blanks of every form."""
    return {
        "number": "620102-A03-261107-0042",
        "receipt_number": "620102-A03-261107-0042",
        "acceptance_number": "20261108-00317",
        "operator": "王海燕",
        "helper": "白雪",
        "date": "2026年11月7日",
        "site": "雁滩花园便民登记窗口",
        "site_code": "620102-07",
        "session": "晚间场",
        "telephone": "0931-0000000",
        "authority": "城关区不动产登记事务中心",
        "type_name": "新建商品房转移登记",
        "reason": "买卖",
        "applicants": "张立群、马秀兰",
        "obligors": _DEVELOPER["name"],
        **_PERSON,
        "role": "权利人",
        "right_holders": [_PERSON, _SPOUSE],
        "obligor_records": [_DEVELOPER],
        "owners": [_PERSON, _SPOUSE],
        "right": "building",
        "type": "200",
        "sharing": "shares",
        "layout": "single",
        "separate": "no",
        "delivery": "collect",
        "property_address": "兰州市城关区雁滩花园 3 号楼 2 单元 1201 室",
        "unit_code": "620102 001002 GB00003 F00010001",
        "property_kind": "房屋",
        "right_kind": "出让/市场化商品房",
        "land_use": "城镇住宅用地",
        "use": "城镇住宅",
        "area": "108.42 平方米",
        "items": _ITEMS,
        "questions": _QUESTIONS,
        "deferred": [{"name": "购房发票", "due": "2026年12月7日"}],
        "grounds": {"incomplete"},
        "pages_returned": "4",
        "review_body": "城关区人民政府",
        "court": "兰州铁路运输法院",
        "count": "1",
        "agent": "李建国",
        "agent_document": "620102197001010019",
        "agent_address": "兰州市七里河区",
        "agent_phone": "13900000023",
        "cause": "在外地工作",
        "powers": {"apply", "inquiry", "collect"},
        "scope": "general",
        "delegate": "no",
        "from": "2026年11月7日",
        "until": "2027年5月6日",
        "keeper": "张立群",
        "marriage": "已婚",
        "fees": [
            {
                "name": "不动产登记费（住宅）",
                "rate": "80",
                "count": "1",
                "unit": "件",
                "due": "80.00",
                "paid": "80.00",
            }
        ],
        "total": "80.00",
        "total_words": "捌拾元整",
        "certificate_number": "甘（2026）兰州市不动产权第0000317号",
        "certificates": [
            {
                "number": "甘（2026）兰州市不动产权第0000317号",
                "print_number": "D62000000317",
                "holder": "张立群",
            }
        ],
        "accepted_on": "2026年11月8日",
        "due": "自受理之日起 5 个工作日",
        "collector": "self",
        "before": {"told", "checked", "two"},
        "during": {"identity", "mind"},
        "staff": "王海燕、白雪",
        "opened": "18:30",
        "closed": "21:04",
        "received": "41",
        "drafts": "0",
        "refused": "2",
        "held": "39",
        "waiting": "2",
        "parked": "0",
        "numbers": "0042 至 0082",
        "pages": "246",
        "items_count": "14",
        "pages_count": "38",
        "kept": "永久",
        "mismatches": [{"what": "凭证 0057 已签发，未见打印记录", "note": "打印机缺纸，已补打"}],
    }


def long() -> dict[str, Any]:
    """Return facts in which names, places and lists are as long as they get."""
    place = (
        "甘肃省兰州市兰州新区黄河生态走廊国际文化旅游度假区迎宾大道中段北侧三千六百八十八号"
        "职工经济适用住房小区（二期）第十七号楼"
    )
    people = [
        {**_PERSON, "name": name, "address": place, "share": "1/12"}
        for name in (
            "张立群",
            "阿卜杜热合曼·买买提艾力",
            "欧阳静怡",
            "𠮷野龑",
            "马哈三",
            "索南卓玛·拉毛才让",
            "李𬭎",
            "王㛃",
            "陈䶮",
            "卓玛",
            "东乡族自治县锁南镇何家村集体经济组织",
            "刘\ue863",
        )
    ]
    items = [
        {
            **_ITEMS[n % 3],
            "name": _ITEMS[n % 3]["name"] + ("及其附件、附图和历次变更材料" if n % 5 == 0 else ""),
            "due": "2026年12月7日",
        }
        for n in range(40)
    ]
    return {
        **ordinary(),
        "applicants": "、".join(person["name"] for person in people),
        "property_address": place,
        "right_holders": people,
        "obligors": "、".join(person["name"] for person in people),
        "owners": people,
        "items": items,
        "deferred": items[:6],
        "questions": [{**entry, "answer": "是。" * 120} for entry in _QUESTIONS * 4],
        "grounds": {"scope", "incomplete", "form", "other"},
        "other_ground": place,
        "site": place,
        "remarks": place * 20,
        "mismatches": [{"what": place, "note": place}] * 12,
    }
