"""The wire's end points: each module is one part of the protocol."""
