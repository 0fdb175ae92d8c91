"""The commands of `sangkien review`, one module each."""
