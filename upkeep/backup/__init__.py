"""Backups of the whole platform, and restoring from one.

A backup is a folder: tables by service, objects by what they hold, keys, rules, and a manifest
that is written last. Read `cut` for why its parts agree, `making` and `restoring` for the order.
"""
