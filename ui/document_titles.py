"""What the papers of a case are called on the screen: by the titles that stand on them."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication

from storage.print_queue import RECEIPT
from ui.messages import language


def document_title(document: str) -> str:
    """Return a document's title in the language of the window; one of a newer program by its code."""
    own = {
        RECEIPT: QCoreApplication.translate("Papers", "Intake receipt"),
        "archive": QCoreApplication.translate("Papers", "The whole case"),
    }
    if document in own:
        return own[document]
    chinese, english = _titles().get(document, (document, document.replace("_", " ")))
    return english if language() == "en" else chinese


@lru_cache(maxsize=1)
def _titles() -> dict[str, tuple[str, str]]:
    from printing.packs import shipped

    return {code: (form["title"], form["title_en"]) for code, form in shipped("forms")["forms"].items()}
