"""What is said where a role does not have an act: who may."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from registration.rights import Act, Role, may


def who_may(role: Role, act: Act) -> list[str]:
    """Return the line that says who takes in and ends cases; [] where this role may."""
    if may(role, act):
        return []
    return [
        QCoreApplication.translate(
            "Role", "Taking in, refusing, withdrawing and voiding are the operator's; you may not do them."
        )
    ]
