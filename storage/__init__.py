"""Everything durable: one encrypted SQLite file, a folder of sealed pages, and the vault that opens both."""
