"""Whether something said holds five words in a row of a text that was to stay where it is."""

from services.originality.engine.words import scan

RUN = 5  # words


def runs_of(text: str) -> set[tuple[str, ...]]:
    """Return every five words in a row of a text, without marks and look-alikes."""
    words = scan(text).bare
    return {tuple(words[place : place + RUN]) for place in range(len(words) - RUN + 1)}


def leaked(said: str, *texts: str) -> set[tuple[str, ...]]:
    """Return the runs of the texts that are in what was said; escaped JSON is read as well."""
    spoken = runs_of(said) | runs_of(said.encode().decode("unicode_escape", errors="replace"))
    return spoken & set().union(*map(runs_of, texts))
