"""The pages of the ledger's place, in the order of their tabs; each is imported when it is first needed."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.screens.hub import Tab
from ui.services import Services
from ui.widgets import Screen


def _calls(services: Services) -> Screen:
    from ui.screens.corrections import CorrectionsScreen

    return CorrectionsScreen(services)


def _file(services: Services) -> Screen:
    from ui.screens.compound_file import CompoundFileScreen

    return CompoundFileScreen(services)


def _survey(services: Services) -> Screen:
    from ui.screens.survey import SurveyScreen

    return SurveyScreen(services)


def _collection(services: Services) -> Screen:
    from ui.screens.collection import CollectionScreen

    return CollectionScreen(services)


def _obstacles(services: Services) -> Screen:
    from ui.screens.obstacles import ObstaclesScreen

    return ObstaclesScreen(services)


def _progress(services: Services) -> Screen:
    from ui.screens.progress import ProgressScreen

    return ProgressScreen(services)


def _todo(services: Services) -> Screen:
    from ui.screens.todo import ToDoScreen

    return ToDoScreen(services)


def _supervision(services: Services) -> Screen:
    from ui.screens.supervision import SupervisionScreen

    return SupervisionScreen(services)


TABS: tuple[Tab, ...] = (
    Tab("calls", str(QT_TRANSLATE_NOOP("LedgerTabs", "Calls")), _calls),
    Tab("todo", str(QT_TRANSLATE_NOOP("LedgerTabs", "To do")), _todo),
    Tab("collection", str(QT_TRANSLATE_NOOP("LedgerTabs", "Certificates")), _collection),
    Tab("progress", str(QT_TRANSLATE_NOOP("LedgerTabs", "Progress")), _progress),
    Tab("file", str(QT_TRANSLATE_NOOP("LedgerTabs", "Compound")), _file),
    Tab("survey", str(QT_TRANSLATE_NOOP("LedgerTabs", "Survey")), _survey),
    Tab("obstacles", str(QT_TRANSLATE_NOOP("LedgerTabs", "Obstacles")), _obstacles),
    Tab("supervision", str(QT_TRANSLATE_NOOP("LedgerTabs", "Supervision")), _supervision),
)
