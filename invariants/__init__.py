"""What must hold across all services, and `sangkien check-invariants`, which says whether it does.

It alone looks into every service's database, and only reads (docs/adr/0064). `catalogue` lists
what must hold; a module beside it has the checks of one kind. Start with `catalogue.INVARIANTS`.
"""
