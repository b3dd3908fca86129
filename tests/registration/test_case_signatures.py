"""Signatures in whole cases: who signs what, drawn or on paper, bound to the words as they stand."""

from __future__ import annotations

from dataclasses import replace

from registration.deferral import Deferral
from registration.parties import Role
from registration.signatures import Signature
from tests.registration.cases import BASE, BUYER, SELLER, WIFE, application, checklist, codes, problems
from tests.registration.strategies import TODAY

DIGEST = "c" * 64
WITHOUT_INVOICE = tuple(paper for paper in BASE if paper != "invoice")
STROKE = tuple((0.1 * n, 0.5, 40 * n) for n in range(9))
SIGNED = Signature(0, "application_form", DIGEST, "2026-11-24T19:30:00+08:00", (STROKE,))
SIGNING = checklist(demands=frozenset({"signatures"}))


AS_SIGNED = {"application_form": DIGEST, "inquiry_record": DIGEST}


def test_signatures_are_asked_for_drawn_and_bound_to_what_was_signed():
    record = replace(SIGNED, document="inquiry_record")
    assert codes(rules=SIGNING) == ["signature_missing", "signature_missing"]
    both = application(signatures=(SIGNED, record))
    assert codes(both, rules=SIGNING, documents=AS_SIGNED) == []
    changed = {**AS_SIGNED, "application_form": "d" * 64}
    assert codes(both, rules=SIGNING, documents=changed) == ["signature_outdated"]
    still = tuple((x, y, 0) for x, y, _ in STROKE)
    for wrong in (
        replace(SIGNED, strokes=(still,)),
        replace(SIGNED, strokes=()),
        replace(SIGNED, signed_at="now"),
    ):
        found = codes(application(signatures=(wrong, record)), rules=SIGNING, documents=AS_SIGNED)
        assert found == ["signature_not_drawn"]


def test_what_was_signed_on_paper_needs_the_paper_in_its_row():
    form = replace(SIGNED, strokes=(), on_paper=True)
    record = replace(form, document="inquiry_record")
    case = application(signatures=(form, record))
    found = problems(case, rules=SIGNING, documents=AS_SIGNED)
    assert [(p.code, p.field) for p in found] == [("material_missing", "materials.inquiry_record")]
    assert codes(case, rules=SIGNING, documents=AS_SIGNED, papers=(*BASE, "inquiry_record")) == []
    rowless = replace(SIGNING, items=tuple(i for i in SIGNING.items if i.code != "inquiry_record"))
    assert codes(case, rules=rowless, documents=AS_SIGNED) == ["signature_not_drawn"]


def test_every_person_signs_and_whoever_brings_papers_later_promises_it():
    seller = replace(WIFE, role=Role.OBLIGOR)
    late = Deferral("invoice", promised_on=TODAY.isoformat(), due=TODAY.isoformat(), promise=DIGEST)
    papers = (*WITHOUT_INVOICE, "deferral_promise", "representative_identity")
    case = application(parties=(BUYER, seller, SELLER), deferrals=(late,))
    found = problems(case, rules=SIGNING, papers=papers)
    assert [problem.field for problem in found] == [
        "signatures.application_form.0", "signatures.application_form.1",
        "signatures.inquiry_record.0", "signatures.inquiry_record.1", "signatures.deferral_promise.0",
    ]  # fmt: skip
