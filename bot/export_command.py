"""`quartierbot export …`: files for other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from bot.commanding import go, settings_read
from bot.domain.contribution_states import State
from bot.domain.exports import Form

exports = typer.Typer(help="Files for other programs.", no_args_is_help=True)
_DAY: Final[dict[str, Any]] = {"formats": ["%Y-%m-%d"], "metavar": "YYYY-MM-DD"}


@exports.callback()
def _together() -> None:
    """Write what the town has as files."""


@exports.command("contributions")
def contributions(  # noqa: PLR0913, PLR0917 - each is an option with a name of its own
    form: Annotated[Form, typer.Option("--format", help="The kind of file.")],
    out: Annotated[Path, typer.Option(help="Where to write it; what stands there is replaced.")],
    public: Annotated[bool, typer.Option("--public", help="Only what the board shows.")] = False,
    since: Annotated[
        datetime | None, typer.Option(**_DAY, help="Only what came on this day or later.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(**_DAY, help="Only what came on this day or earlier.")
    ] = None,
    state: Annotated[
        list[State] | None, typer.Option(help="Only what stands so; may be given several times.")
    ] = None,
    category: Annotated[str | None, typer.Option(help="Only this theme.")] = None,
    neighbourhood: Annotated[str | None, typer.Option(help="Only this neighbourhood.")] = None,
    centre: Annotated[str | None, typer.Option(help="Only a centre's neighbourhood.")] = None,
    language: Annotated[str, typer.Option(help="Of headings and words in cells: fr, de.")] = "fr",
    bom: Annotated[bool, typer.Option("--bom", help="Begin a CSV as Excel likes it.")] = False,
    decidim_ids: Annotated[
        Path | None, typer.Option(help="Decidim's export of the proposals, for the answers' ids.")
    ] = None,
) -> None:
    """Write ideas and concerns as a file; never who brought them.

    Decidim gets two files: the proposals in FILE, the answers beside it, ending in -answers.
    """
    from bot import exporting, serving_town  # noqa: PLC0415 - the services take a second to import

    settings = settings_read()
    asked = exporting.Asked(
        form,
        out,
        public=public,
        since=since.date() if since else None,
        until=until.date() if until else None,
        states=state or (),
        category=category,
        neighbourhood=neighbourhood,
        centre=centre,
        language=language,
        bom=bom,
        decidim_ids=decidim_ids,
    )
    done = go(
        exporting.contributions(
            settings,
            serving_town.keyring(settings),
            asked,
            say=lambda line: typer.echo(line, err=True),
        )
    )
    for file in done.files:
        typer.echo(str(file))
    left = (
        f", {done.placeless} of them without a place and not on the map" if done.placeless else ""
    )
    typer.echo(f"{done.rows} contributions{left}.", err=True)
