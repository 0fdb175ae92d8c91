"""The groups of `sangkien` that are awards', and where they are."""

COMMANDS = {
    "paper": "services.awards.operating.paper:group",
    "prizes": "services.awards.operating.prizes:group",
    "verify": "services.awards.operating.verify:verify",
}
