"""What awards does at the command line: `sangkien paper …` and `sangkien verify FILE`."""

from services.awards.operating.paper import group
from services.awards.operating.verify import verify

groups = (group, verify)
