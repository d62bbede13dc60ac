"""How a command line is read: what commands declare, and the reader of plain words."""
