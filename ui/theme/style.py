"""The style sheet, built from tokens: one hairline, radius 10 for cards and 8 for controls, no shadows."""

from __future__ import annotations

from collections.abc import Callable

from ui.theme.fonts import FAMILIES
from ui.theme.tokens import Tokens


def stylesheet(t: Tokens, px: Callable[[float], int]) -> str:
    """Return the application's style sheet for one theme; `px` turns a size at 100 % into the text size's."""
    families = ", ".join(f'"{name}"' for name in FAMILIES[:-1]) + ", sans-serif"
    control = px(44) - 2
    return f"""
QWidget {{ font-family: {families}; font-size: {px(14)}px; color: {t.ink}; }}
QMainWindow, QWidget#Paper {{ background: {t.bg}; }}
QToolTip {{ background: {t.ink}; color: {t.surface}; border: none; padding: 6px 8px; font-size: {px(13)}px; }}

QFrame#Card, QFrame#Sheet {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: 10px; }}
QFrame#Well {{ background: {t.raised}; border: none; border-radius: 8px; }}
QFrame#Rail {{ background: {t.surface}; border: none; border-right: 1px solid {t.line}; }}
QFrame#TopBar {{ background: {t.surface}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame#Line {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame#Problem {{ border: none; border-radius: 8px; }}
QFrame#Problem[tone="seal"] {{ background: {t.seal_soft}; }}
QFrame#Problem[tone="amber"] {{ background: {t.amber_soft}; }}
QFrame#Problem[tone="blue"] {{ background: {t.blue_soft}; }}
QFrame#Problem[tone="primary"] {{ background: {t.primary_soft}; }}

QLabel {{ background: transparent; border: none; }}
QLabel[voice="muted"] {{ color: {t.muted}; }}
QLabel[voice="small"] {{ color: {t.muted}; font-size: {px(12.5)}px; }}
QLabel[voice="strong"] {{ font-weight: 600; }}
QLabel[voice="heading"] {{ font-size: {px(17)}px; font-weight: 600; }}
QLabel[voice="title"] {{ font-size: {px(24)}px; font-weight: 600; }}
QLabel[voice="plate"] {{ font-size: {px(28)}px; font-weight: 600; }}
QLabel[voice="large"] {{ font-size: {px(22)}px; }}
QLabel[voice="huge"] {{ font-size: {px(32)}px; font-weight: 600; }}
QLabel[voice="brand"] {{ font-size: {px(19)}px; font-weight: 700; color: {t.primary}; }}
QLabel[tone="muted"] {{ color: {t.muted}; }}
QLabel[tone="primary"] {{ color: {t.primary}; }}
QLabel[tone="seal"] {{ color: {t.seal}; }}
QLabel[tone="amber"] {{ color: {t.amber_ink}; }}
QLabel[tone="blue"] {{ color: {t.blue}; }}

QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {{
  background: {t.surface}; border: 1px solid {t.edge}; border-radius: 8px; padding: 0 12px;
  min-height: {control}px; selection-background-color: {t.primary}; selection-color: {t.on_primary};
  placeholder-text-color: {t.muted};
}}
QPlainTextEdit, QTextEdit {{ padding: 8px 10px; }}
QLineEdit:hover, QComboBox:hover, QPlainTextEdit:hover, QTextEdit:hover {{ border-color: {t.muted}; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus {{
  border: 2px solid {t.primary}; padding: 0 11px; min-height: {control - 2}px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 7px 9px; }}
QLineEdit:disabled, QComboBox:disabled, QLineEdit:read-only {{ background: {t.raised}; color: {t.muted}; }}
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] {{
  border: 2px solid {t.seal}; padding: 0 11px; min-height: {control - 2}px;
}}
QComboBox::drop-down {{ border: none; width: {px(32)}px; }}
QComboBox::down-arrow {{ image: none; width: 0; height: 0; }}
QComboBox QAbstractItemView {{
  background: {t.surface}; border: 1px solid {t.edge}; border-radius: 8px; padding: 4px; outline: none;
  selection-background-color: {t.primary_soft}; selection-color: {t.ink};
}}
QComboBox QAbstractItemView::item {{ min-height: {px(36)}px; padding: 0 8px; border-radius: 6px; }}

QCheckBox, QRadioButton {{ spacing: 10px; min-height: {max(44, px(28))}px; }}

QScrollArea, QScrollArea > QWidget > QWidget#Scrolled {{ background: transparent; border: none; }}
QAbstractScrollArea {{ background: transparent; border: none; }}
QTableView, QListView {{
  background: transparent; border: none; outline: none; gridline-color: transparent;
  selection-background-color: {t.primary_soft}; selection-color: {t.ink};
}}
QHeaderView {{ background: transparent; border: none; }}
QHeaderView::section {{
  background: transparent; color: {t.muted}; border: none; border-bottom: 1px solid {t.line};
  padding: 0 12px; font-size: {px(12.5)}px; font-weight: 400; min-height: {px(36)}px;
}}
QHeaderView::section:first {{ padding-left: 20px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 2px; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 2px; }}
QScrollBar::handle {{ background: {t.edge}; border-radius: 4px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QSplitter::handle {{ background: transparent; }}
QProgressBar {{ background: {t.raised}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.primary}; border-radius: 3px; }}
QMenu {{ background: {t.surface}; border: 1px solid {t.edge}; border-radius: 8px; padding: 4px; }}
QMenu::item {{ padding: 8px 24px 8px 12px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.primary_soft}; }}
"""
