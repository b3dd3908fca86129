"""What the administration pages and the reports say, Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

OFFICE_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "place_cases": ("收件", "Cases"),
        "place_reports": ("化解进度", "Progress"),
        "place_devices": ("设备", "Devices"),
        "place_people": ("人员", "People"),
        "place_packs": ("数据包", "Data packs"),
        "place_ledgers": ("楼盘台账", "Ledgers"),
        "place_audit": ("审计", "Audit"),
        "done": ("已完成", "Done"),
        # -- devices
        "new_code": ("新的登记码", "New enrolment code"),
        "code_sites": ("只服务这些小区（不选为全部）", "Only these compounds (none chosen: all)"),
        "code_new_people": ("允许登记时新增人员", "The enrolling person may be new here"),
        "code_hours": ("有效小时数", "Valid for hours"),
        "issue_code": ("生成登记码", "Issue a code"),
        "code_once": (
            "登记码只显示这一次，请扫码或抄下。",
            "The code is shown this once; scan it or write it down.",
        ),
        "code_qr": ("登记码的二维码", "The code as a QR code"),
        "device_name": ("名称", "Name"),
        "status": ("状态", "Status"),
        "status_active": ("在用", "In use"),
        "status_revoked": ("已停用", "Revoked"),
        "enrolled": ("登记时间", "Enrolled"),
        "sites": ("服务小区", "Compounds"),
        "all_sites": ("全部", "All"),
        "revoke": ("停用", "Revoke"),
        "report_lost": ("遗失", "Lost"),
        "reenrol": ("换机登记码", "Code for its successor"),
        "no_devices": ("还没有设备登记。", "No device has enrolled yet."),
        "last_heard": ("最近送达", "Last delivery"),
        # -- people
        "person_name": ("姓名", "Name"),
        "role": ("角色", "Role"),
        "add_person": ("新增人员", "Add a person"),
        "person_active": ("在岗", "Active"),
        "person_stopped": ("已停用", "Stopped"),
        "stop_person": ("停用", "Stop"),
        "restore_person": ("恢复", "Restore"),
        "change_role": ("改角色", "Change role"),
        "password_link": ("密码链接", "Password link"),
        "link_once": (
            "链接 24 小时内可用一次，请当面或可靠地交给本人。",
            "The link works once within 24 hours; hand it to its owner by a safe way.",
        ),
        # -- packs
        "pack": ("数据包", "Pack"),
        "version": ("版本", "Version"),
        "effective_from": ("生效日期", "In force from"),
        "source": ("来源", "Source"),
        "stage": ("发布范围", "Roll-out"),
        "stage_all": ("全部窗口", "Every window"),
        "stage_part": (
            "试点：{sites} 个小区，{share}% 设备",
            "Pilot: {sites} compound(s), {share} % of devices",
        ),
        "publish_pack": ("发布数据包", "Publish a pack"),
        "pack_file": ("数据包文件（JSON）", "The pack (JSON)"),
        "share": ("设备比例（%）", "Share of devices (%)"),
        "share_hint": (
            "填 100 直接发布到全部窗口；先试点可填较小的比例或只选小区。",
            "100 publishes to every window at once; a smaller share, or compounds alone, make a pilot.",
        ),
        "roll_out_all": ("扩大到全部", "Roll out to all"),
        # -- ledgers
        "ledger_file": ("台账表格（xlsx）", "The ledger (xlsx)"),
        "ledger_try": ("先检查", "Check first"),
        "ledger_import": ("导入", "Import"),
        "ledger_help": (
            "表格有两个工作表：“小区”和“房屋”。有一处错误就全部不导入。",
            "The workbook has two sheets, 小区 (compounds) and 房屋 (homes). One error, and nothing is "
            "imported.",
        ),
        "ledger_template": ("下载空白表格", "Download an empty form"),
        "ledger_faults": ("表格中的错误", "What is wrong in the form"),
        "ledger_good": (
            "检查通过：{compounds} 个小区、{homes} 套房屋，其中新增 {new} 套、更新 {changed} 套。",
            "In order: {compounds} compound(s), {homes} home(s), of which {new} new and {changed} changed.",
        ),
        "ledger_done": (
            "已导入：{compounds} 个小区、{homes} 套房屋，其中新增 {new} 套、更新 {changed} 套。",
            "Imported: {compounds} compound(s), {homes} home(s), of which {new} new and {changed} changed.",
        ),
        "sheet": ("工作表", "Sheet"),
        "line": ("行", "Line"),
        "column": ("列", "Column"),
        "fault": ("问题", "Problem"),
        "homes": ("套数", "Homes"),
        "aliases": ("别名（一行一个）", "Other names (one a line)"),
        "aliases_send": ("发给窗口", "Send to the windows"),
        "compound_file": ("小区档案", "The compound's file"),
        "developer_gone": ("开发企业已灭失", "The developer is gone"),
        "substitute": ("代为申请单位", "Who applies in its place"),
        "land": ("土地", "Land"),
        "land_state": ("国有", "State"),
        "land_collective": ("集体", "Collective"),
        "land_unknown": ("不明", "Not known"),
        "sold_on": ("建成出售日期", "Built and sold on"),
        "arrears_basis": ("证缴分离依据", "Basis for keeping arrears apart"),
        # -- audit
        "audit_when": ("时间", "When"),
        "audit_actor": ("谁", "Who"),
        "audit_action": ("做了什么", "What"),
        "audit_subject": ("对什么", "To what"),
        "audit_details": ("细节", "Details"),
        "audit_from": ("从", "From"),
        "audit_to": ("到", "To"),
        "audit_none": ("没有符合条件的记录。", "No entries match."),
        # -- reports
        "report_title": ("登记难化解进度", "Progress on homes that could not be registered"),
        "report_scope": ("范围", "Scope"),
        "report_homes": ("总套数", "Homes"),
        "report_resolved": ("已化解套数", "Resolved homes"),
        "report_resolution": ("化解率", "Resolution"),
        "report_done": ("完成转移登记", "Transfers completed"),
        "report_completion": ("完成率", "Completion"),
        "report_without": ("发证无佐证", "No evidence"),
        "report_received": ("收件", "Received"),
        "report_is_resolved": ("已化解", "Resolved"),
        "report_not_resolved": ("未化解", "Not yet"),
        "report_province": ("全省", "Province"),
        "report_counties": ("各县区", "Counties"),
        "report_compounds": ("各小区", "Compounds"),
        "report_export": ("导出 xlsx", "Export xlsx"),
        "report_reached": ("达标", "reached"),
        "report_short": ("未达标", "below target"),
        "report_target": ("目标 {target}", "target {target}"),
        "report_rules": (
            "项目的转移登记率须大于 {threshold} 才计为已化解；只有发了证并附佐证的房屋才计入。"
            "分母：{denominator}。",
            "A project counts as resolved only above {threshold} of its homes transferred; a home counts "
            "only "
            "with a certificate and evidence of it. Denominator: {denominator}.",
        ),
        "denominator_all": ("楼盘表全部房屋", "every home of the building table"),
        "denominator_sold": ("已售房屋", "homes that were sold"),
        "report_source": ("口径", "Rules"),
    }
)
