"""The commands of `sangkien originality`, a module each."""
