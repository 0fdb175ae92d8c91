"""The groups of `sangkien` that are the gateway's, and where they are."""

COMMANDS = {
    "account": "services.gateway.operating:group",
    "sandbox": "services.gateway.emptying:group",
}
