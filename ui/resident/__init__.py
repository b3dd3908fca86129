"""What the person at the other side of the table sees: what is entered, what to sign, how it was."""
