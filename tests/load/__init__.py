"""Many windows at once against a real centre on loopback: `make load`."""
