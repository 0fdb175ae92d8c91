"""The tables of intake and what is kept in them. No rules here. Start with `tables`."""
