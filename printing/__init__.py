"""Papers: facts in, bytes out; one module spools them to the system's printers."""
