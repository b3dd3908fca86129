"""Switching the window's language while it runs: translators, dates and numbers together."""

from __future__ import annotations

from importlib import resources

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

_installed: list[QTranslator] = []


def speak(app: QCoreApplication, language: str) -> None:
    """Put "zh" or "en" in force; every widget receives LanguageChange.

    English is the language of the source; its catalogue holds plural forms only.
    """
    QLocale.setDefault(QLocale("en_US" if language == "en" else "zh_CN"))
    for old in _installed:
        app.removeTranslator(old)
    _installed.clear()
    if language != "en":  # the words of Qt's own dialogs; ours are put over them
        of_qt = QTranslator(app)
        if of_qt.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            app.installTranslator(of_qt)
            _installed.append(of_qt)
    name = "jilai_en" if language == "en" else "jilai_zh_CN"
    folder = resources.files("ui").joinpath("translations")
    with resources.as_file(folder.joinpath(f"{name}.qm")) as path:
        translator = QTranslator(app)
        if translator.load(str(path)):
            app.installTranslator(translator)
            _installed.append(translator)
