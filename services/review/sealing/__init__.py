"""The one port to libsodium: what is sealed to whom. Nothing here reads a table.

Read `boxes` (sealed boxes and written keys), `sharing` (a round key that two holders open
together), `sheets` (what is sealed of a sheet, and the digest that binds it) in this order.
"""
