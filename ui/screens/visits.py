"""Home visits: the list of a day with the centre's orders above it, one in detail beside it, the door."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from registration.changes import Changes
from registration.errors import InputError
from registration.facts import Topic
from registration.visits import Booking, Visit, VisitState, clashes, rules_from
from storage import audit, visits
from ui.run import read_aside, run
from ui.screens.visit_door import VisitDoor
from ui.screens.visit_form import VisitForm
from ui.screens.visit_list import Known, line, read_known
from ui.screens.visit_photo import PhotoSheet
from ui.screens.visit_route import print_route
from ui.screens.visit_sheets import ask_day, ask_refusal, ask_second
from ui.screens.visit_side import VisitSide
from ui.services import Services
from ui.tablet import TabletLayout
from ui.theme import look
from ui.widgets import Card, EmptyState, IconButton, Screen, SecondaryButton, Text
from ui.widgets.plain_table import PlainTable


class VisitsScreen(Screen):
    """`visit_intake_wanted(Booking)` out. Names and numbers are masked, but for a visit that is held open."""

    visit_intake_wanted = Signal(object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._services = services
        self._day = services.clock().date()
        self._known: Known | None = None
        self.tablet = TabletLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 20, 24, 20)
        self._pile = QStackedWidget()
        outer.addWidget(self._pile)
        self.form, self.door = VisitForm(services), VisitDoor(services.new_id)
        self.side = VisitSide()
        self._pile.addWidget(self._build_list())
        self._pile.addWidget(self.form)
        self._pile.addWidget(self.door)
        self._connect()
        self.retranslate()

    # -- what the window asks ------------------------------------------------------------------------------

    def shown(self) -> None:
        self.side.setFixedWidth(look().px(380 if look().percent <= 110 else 300))
        self._reload()
        if self._pile.currentIndex() == 0:
            self.table.setFocus()

    def back(self) -> bool:
        if self._pile.currentIndex() == 0:
            return False
        self._to_list()
        return True

    def keys(self) -> list[tuple[str, str]]:
        page = self._pile.currentWidget()
        if isinstance(page, Screen):
            return page.keys()
        return [
            ("Enter", self.tr("Begin the visit, go on with it, or take the order in")),
            ("N", self.tr("New visit, asked for by phone")),
            ("E", self.tr("Change the visit")),
            ("P", self.tr("Put the visit to another day")),
            ("R", self.tr("Refuse the visit, with words")),
            ("F8", self.tr("Hold: show name and phone of this visit")),
            ("Ctrl ↑ ↓", self.tr("Move the visit up or down in the day")),
            ("[ ]", self.tr("Day before, day after")),
            ("Ctrl P", self.tr("Print the route of the day")),
            ("Ctrl Shift P", self.tr("Print the route of two days")),
        ]

    def retranslate(self) -> None:
        self._heading.set_text(self.tr("Home visits"))
        self._new.set_text(self.tr("New visit"))
        self._print.set_text(self.tr("Route"))
        self._before.set_text(self.tr("Day before"))
        self._after.set_text(self.tr("Day after"))
        self._empty.set_words(
            self.tr("No visits on this day"),
            self.tr("Take one in when somebody calls; what the centre orders stands here by itself."),
        )
        self._fill()

    # -- what a person does --------------------------------------------------------------------------------

    def begin(self) -> None:
        """Begin the visit in hand with two persons; go on with one under way; take an order in."""
        visit, known = self._row(), self._known
        if visit is None or known is None:
            return
        if known.is_order(visit):
            self.change()
        elif visit.state is VisitState.UNDERWAY:
            self._to_door(visit)
        elif visit.state is VisitState.PLANNED:
            me = self._services.who.operator_name
            others = [name for name in known.team if name != me]
            ask_second(self, me, others, partial(self._begin, visit.id))

    def new(self) -> None:
        """Take in a visit that somebody asks for by phone."""
        day = max(self._day, self._services.clock().date()).isoformat()
        self._open_form(self._services.new_id(), Booking("", day=day), new=True)

    def change(self) -> None:
        """Open the visit or the order in hand in the form."""
        visit = self._row()
        if visit is not None and visit.state is VisitState.PLANNED:
            self._open_form(visit.id, visit.booking, new=False)

    def postpone(self) -> None:
        visit, known = self._row(), self._known
        if visit is None or known is None or known.is_order(visit):
            return
        if visit.state not in (VisitState.PLANNED, VisitState.NOT_MET):
            return
        day = max(self._services.clock().date() + timedelta(days=1), self._day)

        def put(day: str, hour: str, words: str) -> None:
            self._do(visits.postpone, visit_id=visit.id, day=day, hour=hour, words=words)

        ask_day(self, day.isoformat(), visit.booking.time, put)

    def refuse(self) -> None:
        visit = self._row()
        if visit is not None and visit.state is VisitState.PLANNED:
            self._refuse(visit.id, visit.booking)

    def shift(self, by: int) -> None:
        """Move the visit in hand up or down among those of its day."""
        visit, known = self._row(), self._known
        if visit is None or known is None:
            return
        ids = [one.id for one in known.day]
        if visit.id not in ids or not 0 <= ids.index(visit.id) + by < len(ids):
            return
        at = ids.index(visit.id)
        ids[at], ids[at + by] = ids[at + by], ids[at]
        services = self._services
        who, now = services.who, services.clock()
        fresh = [services.new_id() for _ in ids]
        run(
            self,
            services,
            lambda db: visits.arrange(db, who, now, fact_ids=fresh, ids=ids),
            None,
            self.side.problem.show_problem,
        )

    def turn_day(self, by: int) -> None:
        self.show_visit("", self._day + timedelta(days=by))

    def show_visit(self, visit_id: str, day: date) -> None:
        """Turn to a day, with this visit of it in hand."""
        self._day = day
        self._reload(visit_id)

    def print_route(self, days: int) -> None:
        """Print the route of the day in view and those after it; phones whole, so it is audited."""
        if self._known is not None:
            print_route(self, self._services, self._known, self._day, days, self.side.problem.show_problem)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While F8 is held: let go of the key, or of the window, and everything is masked again."""
        let_go = event.type() == QEvent.Type.WindowDeactivate
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
            let_go = event.key() == Qt.Key.Key_F8 and not event.isAutoRepeat()
        if let_go:
            self.side.reveal.set_revealed(False)
            app = QApplication.instance()
            if app is not None:
                app.removeEventFilter(self)
        return False

    def _build_list(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        card = Card(margins=0)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 8)
        head.setSpacing(10)
        self._heading, self._count = Text("", "heading"), Text("", "muted")
        self._before, self._after = IconButton("arrow-left"), IconButton("chevron-right")
        self._print, self._new = SecondaryButton("", "Ctrl P", "printer"), SecondaryButton("", "N", "plus")
        for widget in (self._heading, self._before, self._count, self._after):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._print)
        head.addWidget(self._new)
        card.body.addLayout(head)
        self.table = PlainTable((0.2, 0.44, 0.36), strong=(0, 1), height=64, narrow_height=76)
        self._empty = EmptyState("map-pin")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        card.body.addWidget(self._stack, 1)
        row.addWidget(card, 1)
        row.addWidget(self.side)
        return page

    def _connect(self) -> None:
        self.table.chosen.connect(lambda _: self._fill_side())
        self._new.clicked.connect(self.new)
        self._print.clicked.connect(lambda: self.print_route(1))
        self._before.clicked.connect(lambda: self.turn_day(-1))
        self._after.clicked.connect(lambda: self.turn_day(1))
        self.side.go.clicked.connect(self.begin)
        self.side.change.clicked.connect(self.change)
        self.side.later.clicked.connect(self.postpone)
        self.side.refuse.clicked.connect(self.refuse)
        self.side.kept.connect(
            lambda visit, promise: self._do(visits.keep_promise, visit_id=visit, promise_id=promise)
        )
        self.side.reveal.revealed.connect(lambda on: self._fill_side(revealed=on))
        self.form.booked.connect(self._book)
        self.form.refuse_wanted.connect(self._refuse)
        self.form.left.connect(self._to_list)
        self.door.left.connect(self._to_list)
        self.door.agreed.connect(lambda digest: self._at_door(visits.consent, text_digest=digest))
        self.door.ended.connect(self._end)
        self.door.intake_pressed.connect(self._intake)
        self.door.photo_pressed.connect(self._photograph)
        acts: dict[str, Callable[[], object]] = {
            "Return": self.begin, "Enter": self.begin, "N": self.new, "E": self.change, "P": self.postpone,
            "R": self.refuse, "Ctrl+Up": lambda: self.shift(-1), "Ctrl+Down": lambda: self.shift(1),
            "[": lambda: self.turn_day(-1), "]": lambda: self.turn_day(1),
            "Ctrl+P": lambda: self.print_route(1), "Ctrl+Shift+P": lambda: self.print_route(2),
            "F8": self._hold,
        }  # fmt: skip
        page = self._pile.widget(0)
        for key, act in acts.items():
            shortcut = QShortcut(QKeySequence(key), self.table if key in ("Return", "Enter") else page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._services.signals.changed.connect(self._changed)
        self._services.settings.changed.connect(lambda _: self.tablet.again())

    # -- doing it ------------------------------------------------------------------------------------------

    def _do(self, operation: Any, done: Callable[[Any], None] | None = None, **given: Any) -> None:
        services, page = self._services, self._pile.currentWidget()
        who, now, fact = services.who, services.clock(), services.new_id()
        show = (
            page.show_failure if isinstance(page, VisitForm | VisitDoor) else self.side.problem.show_problem
        )
        run(self, services, lambda db: operation(db, who, now, fact_id=fact, **given), done, show)

    def _book(self, visit_id: str, booking: Booking) -> None:
        day = booking.day

        def kept(_: Changes) -> None:
            self._day = date.fromisoformat(day)
            self._to_list()

        given = {"booking": booking, "rules": self.form.rules(), "checklist": self.form.checklist()}
        self._do(visits.book, kept, visit_id=visit_id, **given)

    def _refuse(self, visit_id: str, booking: Booking) -> None:
        if self._known is None:
            return
        if not booking.compound_id:
            self.form.show_failure(InputError("visit_place_missing", field="address"))
            return
        given = {"visit_id": visit_id, "booking": booking}
        ask_refusal(
            self,
            rules_from(self._known.packs).refusals,
            lambda code, words: self._do(
                visits.refuse, lambda _: self._to_list(), code=code, words=words, **given
            ),
        )

    def _begin(self, visit_id: str, second: str) -> None:
        def begun(_: Changes) -> None:
            found = self._services.store.read(lambda db: visits.visit(db, visit_id))
            if found is not None:
                self._to_door(found)

        self._do(visits.begin, begun, visit_id=visit_id, second_name=second)

    def _at_door(self, operation: Any, **given: Any) -> None:
        visit = self.door.visit()
        if visit is not None:
            self._do(operation, visit_id=visit.id, **given)

    def _end(self, met: bool, note: str, promises: Sequence[Any]) -> None:
        visit = self.door.visit()
        if visit is not None:
            given = {"met": met, "note": note, "promises": promises, "visit_id": visit.id}
            self._do(visits.end, lambda _: self._ended(), **given)

    def _ended(self) -> None:
        self.set_tablet(False)
        self._to_list()

    def _intake(self) -> None:
        visit = self.door.visit()
        if visit is not None:
            self.visit_intake_wanted.emit(visit.booking)
            self.tablet.follow(self.window())

    def _photograph(self) -> None:
        PhotoSheet(self, self._services, lambda photo: self._at_door(visits.witness, photo=photo)).open()

    def set_tablet(self, on: bool) -> None:
        self.tablet.set_on(on, self.window())
        if self.isVisible():
            self.shown()

    def _to_door(self, visit: Visit) -> None:
        self._pile.setCurrentWidget(self.door)
        self.set_tablet(True)
        self.door.show_visit(visit)

    def _to_list(self) -> None:
        self._pile.setCurrentIndex(0)
        self.side.problem.clear()
        self._reload()
        self.table.setFocus()

    def _open_form(self, visit_id: str, booking: Booking, *, new: bool) -> None:
        if self._known is not None:
            self._pile.setCurrentWidget(self.form)
            compounds = list(self._known.compounds.values())
            self.form.open_booking(visit_id, booking, self._known.packs, compounds, new=new)

    def _changed(self, changes: Changes) -> None:
        if (Topic.VISIT.value in changes.topics or changes.reference) and self.isVisible():
            self._reload()

    def _reload(self, wanted: str = "") -> None:
        day, today = self._day, self._services.clock().date()
        read_aside(self, self._services, lambda db: read_known(db, day, today),
                   partial(self._arrived, day, wanted))  # fmt: skip

    def _arrived(self, day: date, wanted: str, known: Known) -> None:
        if day != self._day:
            return  # turned on meanwhile; the other day's answer is under way
        in_hand, self._known = self._row(), known
        self._fill(wanted or (in_hand.id if in_hand is not None else ""))
        if self._pile.currentWidget() is self.door and known.underway is not None:
            self.door.show_visit(known.underway)

    def _row(self) -> Visit | None:
        rows, at = self._known.rows if self._known is not None else [], self.table.currentIndex().row()
        return rows[at] if 0 <= at < len(rows) else None

    def _clashing(self) -> frozenset[str]:
        known = self._known
        return clashes(known.day, rules_from(known.packs)) if known is not None else frozenset()

    def _fill(self, in_hand: str = "") -> None:
        known = self._known
        self._count.set_text(self._day.isoformat())
        rows = known.rows if known is not None else []
        self._stack.setCurrentIndex(0 if rows else 1)
        self.side.setVisible(bool(rows))
        if known is None:
            return
        clashing = self._clashing()
        headings = (self.tr("Time"), self.tr("Whom and where"), self.tr("How it stands"))
        self.table.show_lines(headings, [line(known, one, clashing, self._day) for one in rows])
        if rows:
            ids = [one.id for one in rows]
            self.table.selectRow(ids.index(in_hand) if in_hand in ids else 0)
        self._fill_side()

    def _fill_side(self, *, revealed: bool = False) -> None:
        visit, known = self._row(), self._known
        if visit is None or known is None:
            return
        self.side.show_visit(known, visit, self._clashing(), revealed=revealed)
        if revealed:
            services, wanted = self._services, visit.id
            who, now = services.who, services.clock()
            run(self, services, lambda db: audit.append(db, who, now, "personal_data_shown", wanted))

    def _hold(self) -> None:
        app = QApplication.instance()
        if self._row() is not None and app is not None:
            app.installEventFilter(self)
            self.side.reveal.set_revealed(True)
