"""The groups of `sangkien` that are notify's, and where they are."""

COMMANDS = {
    "deliveries": "services.notify.operating.deliveries:group",
    "channels-sandbox": "services.notify.operating.trying:sandbox",
    "notices": "services.notify.operating.notices:group",
}
