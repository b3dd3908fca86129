"""What may travel now: what a person chose, and what the link costs."""

from __future__ import annotations

from registration.link import LinkMode, LinkSettings, MeteredRule
from sync.status import PagesHeld


class LinkPolicy:
    """Belongs to the sync thread. `settings` as the store has them."""

    def __init__(self) -> None:
        self.settings = LinkSettings()
        self._system_says_metered = False
        self._allowed = False

    def set_metered(self, metered: bool) -> None:
        """The system says whether its link is paid by volume; another link is asked about anew."""
        if metered != self._system_says_metered:
            self._allowed = False
        self._system_says_metered = metered

    def allow(self) -> None:
        """A person lets pages travel over this metered link, until the link changes."""
        self._allowed = True

    @property
    def metered(self) -> bool:
        rule = self.settings.metered
        return rule is MeteredRule.ALWAYS or (rule is MeteredRule.DETECT and self._system_says_metered)

    @property
    def paused(self) -> bool:
        return self.settings.mode is LinkMode.PAUSED

    @property
    def pages_held(self) -> PagesHeld:
        if self.settings.mode is not LinkMode.RUNNING:
            return PagesHeld.CHOICE
        return PagesHeld.METERED if self.metered and not self._allowed else PagesHeld.NO

    @property
    def bytes_a_second(self) -> float:
        """The limit for pages, 0 for none."""
        return self.settings.limit_kbit * 1000 / 8
