"""Who answers at a centre's address, and whether it is still the centre that a window knew."""

from __future__ import annotations

from sync.contract import WIRE_VERSION, Wire


class Health(Wire):
    """GET /v1/health and /v1/ready; a captive portal's page never looks like this.

    A centre that was restored from a backup begins another life: `epoch` changes and `resend_after` is the
    moment of that backup, by the centre's clock, in seconds since the epoch of Unix (the oldest such moment,
    where there were several). Whatever it acknowledged or was told after that moment has to be offered again;
    what it has is answered with *already_had*. None: nothing was ever lost.
    """

    name: str = "jilai-centre"
    wire: int = WIRE_VERSION
    demo: bool
    server_key: str
    server_time: float
    epoch: str = ""
    resend_after: float | None = None
