"""The loops that are compiled: numbers in, numbers out, no rules. Python modules wrap them."""
