"""How much more services do in more copies, and what they run into; see `docs/scaling.md`."""
