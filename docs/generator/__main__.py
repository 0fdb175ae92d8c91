"""`python -m docs.generator`: write every page of `docs/reference/`."""

import click

from docs.generator.pages import FOLDER, PAGES


@click.command()
def main() -> None:
    """Write the reference anew, from the code as it is."""
    FOLDER.mkdir(exist_ok=True)
    for name, render in PAGES.items():
        path = FOLDER / name
        page = render()
        if not path.exists() or path.read_text() != page:
            path.parent.mkdir(exist_ok=True)
            path.write_text(page)
            click.echo(f"wrote docs/reference/{name}")


if __name__ == "__main__":
    main()
