"""The groups of `sangkien` that are the ledger's, and where they are."""

COMMANDS = {
    "ledger": "services.ledger.operating:group",
    "recount": "services.ledger.operating:recount",
}
