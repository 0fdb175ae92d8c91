"""The commands of `sangkien review`, one module per topic."""
