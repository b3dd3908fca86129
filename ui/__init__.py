"""The window: screens show values and emit signals; no SQL, no HTTP, no rules."""
