"""The command line, also installed as `quartierbot`: plain words in, one line per error out."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from bot import export_command, logs
from bot.commanding import go as _go
from bot.commanding import settings_read as _settings
from bot.domain.errors import OperatorError
from bot.domain.roles import Role
from bot.settings import Settings, running_problems

app = typer.Typer(help="Quartierbot: a bilingual town's bot.", no_args_is_help=True)
keys = typer.Typer(help="The key that seals what is personal.", no_args_is_help=True)
directories = typer.Typer(help="The directory's files.", no_args_is_help=True)
agendas = typer.Typer(help="The agenda.", no_args_is_help=True)
staff = typer.Typer(help="The team.", no_args_is_help=True)
audits = typer.Typer(help="Who did what and when.", no_args_is_help=True)
app.add_typer(keys, name="key")
app.add_typer(directories, name="directory")
app.add_typer(staff, name="staff")
app.add_typer(audits, name="audit")
app.add_typer(export_command.exports, name="export")
app.add_typer(agendas, name="agenda")

Folder = Annotated[Path, typer.Argument(help="The folder with the directory's files.")]
OptionalFolder = Annotated[Path | None, typer.Option("--directory", help="Another town's files.")]
Top = Annotated[int, typer.Option(min=1, max=50, help="How long the ranking is.")]
Without = Annotated[
    list[str] | None,
    typer.Option(help="Take a concept out of the lexicon first; may be given several times."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON lines, for programs.")]


@app.command()
def demo() -> None:
    """Start a whole sample town on this machine: several phones in your browser, no token."""
    from bot import demo as town  # noqa: PLC0415 - the web server takes a second to import

    settings = _settings()
    _go(town.demo(settings, say=typer.echo))


@app.command()
def run(
    allow_sample: Annotated[bool, typer.Option(help="Serve the sample town all the same.")] = False,
) -> None:
    """Serve a real town: needs a token, a key and the town's own directory."""
    from bot import serving_town  # noqa: PLC0415 - as above

    settings = _settings()
    for problem in running_problems(settings):
        raise problem
    _go(serving_town.run(settings, allow_sample=allow_sample))


@app.command()
def check() -> None:
    """Look at settings, key, database, directory, town and catalogues; say every remedy."""
    from bot import checking  # noqa: PLC0415 - only this command needs it

    settings = Settings.read()
    problems = 0

    async def look() -> None:
        nonlocal problems
        async for finding in checking.findings(settings):
            problems += bool(finding.problem)
            typer.echo(str(finding))

    _go(look())
    raise typer.Exit(1 if problems else 0)


@keys.command("new")
def key_new(
    file: Annotated[Path, typer.Argument(help="Where to write it; keep it apart from the data.")],
) -> None:
    """Make a key file that only this user may read."""
    from storage.sealing import Keyring  # noqa: PLC0415 - cryptography is slow to import

    Keyring.create(file)
    typer.echo(f"{file} holds a new key. Without it the contacts in the database are lost.")


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question, as a resident would write it.")],
    lang: Annotated[str | None, typer.Option(help="The reader's language: fr or de.")] = None,
    top: Top = 5,
    as_json: AsJson = False,
) -> None:
    """Answer one question here, as the bot would."""
    reading = _reading(None)
    if lang not in {None, "fr", "de"}:
        raise OperatorError(f"--lang {lang} is not offered.", remedy="Give fr or de.")
    line = reading.ask(text, language=lang, limit=top)
    if as_json:
        typer.echo(json.dumps(line, ensure_ascii=False))
        return
    typer.echo(line["text"])
    typer.echo(f"\n{line['outcome']}, {line['language']} → {line['reply_language']}")
    for answer in line["answers"]:
        typer.echo(f"  {answer['score']:.3f}  {answer['id']}")


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions and dialogues, a JSON object a line.")],
    directory: OptionalFolder = None,
    without: Without = None,
    unused: Annotated[bool, typer.Option(help="List the concepts that nothing uses.")] = False,
    top: Top = 5,
    as_json: AsJson = False,
) -> None:
    """Answer a file of questions and say how many were answered rightly.

    Beside it stand the same figures without the vocabulary that only the question itself justifies,
    and those of plain character TF-IDF and of SQLite's full-text search.
    """
    from bot.answers.report import table  # noqa: PLC0415 - as above

    reading = _reading(directory, without=without or [])
    lines, milliseconds = [], []
    for line, took in reading.evaluate(file, limit=top):
        lines.append(line)
        milliseconds.append(took)
        if as_json:
            typer.echo(json.dumps(line, ensure_ascii=False))
    figures = reading.summary(file, lines, milliseconds, limit=top)
    if unused:
        figures["unused_concepts"] = reading.unused(file)
    if as_json:
        typer.echo(json.dumps({"summary": figures}, ensure_ascii=False))
        return
    typer.echo(table(figures))
    if unused:
        typer.echo("\nconcepts that nothing uses: " + ", ".join(figures["unused_concepts"]))


@directories.command("check")
def directory_check(folder: Folder) -> None:
    """Tell what is wrong in a directory's files: file, line, key and remedy.

    Hints name the entries that people will hardly find by what they mean; give these keywords, or
    questions people ask.
    """
    from bot import editors  # noqa: PLC0415 - as above
    from bot.formats.directory_files import load  # noqa: PLC0415 - as above

    today = _clock().local().date()
    loaded = load(folder, today=today)
    for problem in loaded.problems:
        typer.echo(str(problem))
    errors = len(loaded.problems.errors)
    entries = len(loaded.directory.entries)
    hints = list(editors.hints(loaded.directory))
    for hint in hints:
        typer.echo(f"hint: {hint}")
    warnings = len(loaded.problems) - errors
    typer.echo(f"{entries} entries, {errors} errors, {warnings} warnings, {len(hints)} hints.")
    raise typer.Exit(1 if errors else 0)


@directories.command("import")
def directory_import(
    folder: Folder,
    prefer: Annotated[
        Literal["files", "chat"] | None, typer.Option(help="Whose version of a conflict holds.")
    ] = None,
) -> None:
    """Bring the files into the database, show what changed, and ask about conflicts."""
    from bot import serving_town  # noqa: PLC0415 - as above

    settings = _settings()
    plan = _go(serving_town.import_folder(settings, folder, prefer=prefer))
    for line in plan.lines():
        typer.echo(line)
    if plan.conflicts and sys.stdin.isatty():
        choice = typer.prompt("Which version holds for these: files, chat or neither?")
        if choice in {"files", "chat"}:
            plan = _go(serving_town.import_folder(settings, folder, prefer=choice))
    raise typer.Exit(1 if plan.conflicts else 0)


@directories.command("export")
def directory_export(folder: Folder) -> None:
    """Write the whole directory as files; an import of them changes nothing."""
    from bot import serving_town  # noqa: PLC0415 - as above

    for path in _go(serving_town.export_folder(_settings(), folder)):
        typer.echo(str(path))


@agendas.command("import")
def agenda_import(
    file: Annotated[Path, typer.Argument(help="A calendar file (.ics) from elsewhere.")],
    language: Annotated[Literal["fr", "de"], typer.Option(help="What it is written in.")] = "fr",
    publish: Annotated[bool, typer.Option(help="Publish, instead of only showing.")] = False,
) -> None:
    """Show the activities that a calendar would become, with their next dates; publish if wanted."""
    from bot import serving_town  # noqa: PLC0415 - as above

    work = serving_town.import_calendar(_settings(), file, language=language, publish=publish)
    for proposal, dates in _go(work):
        days = ", ".join(f"{each:%Y-%m-%d %H:%M}" for each in dates) or "no date to come"
        doubts = "".join(f" [check the {each}]" for each in proposal.doubts)
        typer.echo(f"{proposal.document['id']}: {proposal.title}: {days}{doubts}")
    typer.echo("Published." if publish else "Nothing was changed; add --publish to publish.")


@staff.command("invite")
def staff_invite(
    role: Annotated[Role, typer.Option(help="What the person will be.")],
    centre: Annotated[str | None, typer.Option(help="The centre an animator works for.")] = None,
) -> None:
    """Print a start link that makes one person part of the team, once, within 24 hours."""
    from bot import serving_town  # noqa: PLC0415 - as above

    link, payload = _go(serving_town.invite(_settings(), role, centre=centre))
    typer.echo(link or "(no token set, so no link: send the bot `/start` and the payload)")
    typer.echo(payload)


@audits.command("verify")
def audit_verify() -> None:
    """Follow the audit from its first line; say where it is broken, or where it ends.

    Note the number and the last hash elsewhere: a chain that was written anew would not end there.
    """
    from bot import serving_town  # noqa: PLC0415 - as above

    verdict = _go(serving_town.verify_audit(_settings()))
    if verdict.broken is not None:
        raise OperatorError(
            f"The audit does not hold from line {verdict.broken} on.",
            remedy="Compare with a copy made before: `quartierbot audit export`.",
        )
    typer.echo(f"{verdict.entries} lines hold. The last is {verdict.end}")


@audits.command("export")
def audit_export() -> None:
    """Print the audit, one JSON object a line, the oldest first; people appear as pseudonyms."""
    from bot import serving_town  # noqa: PLC0415 - as above

    for line in _go(serving_town.export_audit(_settings())):
        typer.echo(line)


@app.command()
def backup(file: Annotated[Path, typer.Argument(help="Where to write the copy.")]) -> None:
    """Copy the database while the bot runs (SQLite)."""
    from storage.backup import backup as copy  # noqa: PLC0415 - as above

    _go(copy(_settings().database_url, file))
    typer.echo(f"{file} is a sound copy. The key is not in it: keep that elsewhere.")


@app.command()
def restore(file: Annotated[Path, typer.Argument(help="The copy to put back.")]) -> None:
    """Put a copy back while the bot is stopped; who deleted their data since stays deleted."""
    from storage.backup import restore as put_back  # noqa: PLC0415 - as above

    restored = _go(put_back(file, _settings().database_url))
    typer.echo(f"Restored; {restored.erased_again} people erased again since the copy.")


@app.command()
def migrate() -> None:
    """Bring the database to the version of this code."""
    from storage.store import migrate as upgrade  # noqa: PLC0415 - as above

    _go(upgrade(_settings().database_url))
    typer.echo("The database is up to date.")


def main() -> None:
    """Run the command line; every error is one line that names its remedy, and exit code 1."""
    logs.start()
    try:
        app()
    except OperatorError as error:
        typer.echo(f"quartierbot: {error}", err=True)
        sys.exit(1)


def _clock() -> Any:  # noqa: ANN401 - a Clock; importing the app for its name would be slow
    from bot.archive import clock_of  # noqa: PLC0415 - as above

    return clock_of(Settings.read())


def _reading(directory: Path | None, *, without: Sequence[str] = ()) -> Any:  # noqa: ANN401 - a Reading, as above
    from bot import editors  # noqa: PLC0415 - as above

    settings = Settings.read()
    folder = directory or settings.directory or editors.SAMPLE
    return editors.Reading.of(folder, _clock(), without=without)


if __name__ == "__main__":
    main()
