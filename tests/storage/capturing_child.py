"""A window that captures pages without end and tells of each one that is durable; made to be killed."""

from __future__ import annotations

import sys
from pathlib import Path

from storage import applications, operations
from tests.storage.evening import Evening


def main(folder: Path) -> None:
    evening = Evening(folder)
    evening.open_session()
    while True:
        application = evening.complete(household_id="h-2-101")
        detail = evening.read(applications.detail, application.id)
        assert detail is not None
        for page in detail.pages:
            tell("page", page.id, page.digest, page.original_digest)
        receipt = evening.submit(application.id)
        tell("receipt", receipt.number, application.id)
        draft = evening.start("h-3-101")
        for _ in range(3):
            new = evening.new_page(draft.id, "identity")
            evening.write(operations.add_page, evening.who, evening.now, new)
            tell("page", new.id, new.digest, new.original_digest)


def tell(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
