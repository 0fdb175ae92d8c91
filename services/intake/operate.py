"""The groups of `sangkien` that are intake's, and where they are."""

COMMANDS = {
    "agencies": "services.intake.operating.agencies:group",
    "contest": "services.intake.operating.contest:group",
    "onegate": "services.intake.operating.onegate:group",
    "onegate-sandbox": "services.intake.operating.onegate:sandbox",
    "receipt": "services.intake.operating.receipt:group",
}
