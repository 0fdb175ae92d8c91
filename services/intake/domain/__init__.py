"""The rules of intake, as values and decisions. Pure: no clock, no database, no messages.

Start with `entries`; `windows` knows time, `eligibility` people, `documents` files, `receipts`
the codes on receipts.
"""
