"""The command line. Imports of Qt, SQLAlchemy and the like wait until a command needs them."""

from __future__ import annotations

import argparse
import logging
import logging.handlers
import sys
from collections.abc import Sequence
from pathlib import Path

from annotator import __version__
from annotator.domain.errors import AnnotatorError

ALL_DONE, SOME_FAILED, WRONG_USAGE, NOTHING_DONE = 0, 1, 2, 3
_COMMANDS = ("gui", "import", "preannotate", "predict", "export", "projects", "stats", "pipelines", "demo")


def parser() -> argparse.ArgumentParser:
    """The argument parser; its help is the reference."""
    top = argparse.ArgumentParser(prog="annotator", description="Label entities and quotations in news articles.")
    top.add_argument("--version", action="version", version=f"annotator {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")

    gui = _command(commands, "gui", "open the window (importing FILEs into the current project)")
    gui.add_argument("files", nargs="*", type=Path, metavar="FILE")

    import_ = _command(commands, "import", "read articles or annotated files into the database")
    import_.add_argument("files", nargs="+", type=Path, metavar="FILE")
    import_.add_argument("--project", help="the project (made if it is unknown; left out: the last used one)")

    preannotate = _command(commands, "preannotate", "run the pipeline over articles that it has not read")
    preannotate.add_argument("--project", help="the project (left out: the last used one)")
    _pipeline_options(preannotate)

    predict = _command(commands, "predict", "annotate files without a database")
    predict.add_argument("files", nargs="+", type=Path, metavar="FILE")
    predict.add_argument("-o", "--output", required=True, type=Path, metavar="OUT.jsonl")
    _pipeline_options(predict)

    export = _command(commands, "export", "write annotated JSONL")
    export.add_argument("-o", "--output", required=True, type=Path, metavar="OUT")
    export.add_argument("--format", default="annotator", metavar="NAME", help="annotator (the default)")
    export.add_argument("--project", help="the project (left out: the last used one)")
    export.add_argument("--status", choices=["new", "in progress", "done", "skipped"], help="only these sets")
    export.add_argument(
        "--annotator", default="all", metavar="NAME", help="only this annotator's sets (all: everyone's)"
    )
    export.add_argument(
        "--pending",
        choices=["separate", "include", "omit"],
        default="separate",
        help="suggestions without a decision: apart (the default), among the others, or left out",
    )

    _command(commands, "projects", "list the projects of the database with their articles")
    stats = _command(commands, "stats", "count articles by status and verdicts by label")
    stats.add_argument("--project", help="the project (left out: the last used one)")
    stats.add_argument("--rules", action="store_true", help="verdicts by rule, too")
    _command(commands, "pipelines", "list the installed language pipelines")

    demo = _command(commands, "demo", "do the main job on the sample articles in a temporary database")
    demo.add_argument("-o", "--output", type=Path, metavar="OUT.jsonl")
    return top


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
    command.add_argument("--database", type=Path, metavar="PATH", help="the database file")
    command.add_argument("--data-dir", type=Path, metavar="DIR", help="keep database, settings and log here")
    command.add_argument("--json", action="store_true", help="print the result as JSON")
    command.add_argument("--quiet", action="store_true", help="print failures only")
    return command


def _pipeline_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--pipeline", metavar="NAME", help="en_core_web_md (the default) or en_core_web_sm")
    command.add_argument("--jobs", type=_positive, default=1, metavar="N", help="worker processes (default 1)")


def _positive(value: str) -> int:
    number = int(value)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status (0 done, 1 some inputs failed, 2 wrong usage, 3 nothing done)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in _COMMANDS and given[0] not in ("-h", "--help", "--version")):
        given = ["gui", *given]
    options = parser().parse_args(given)
    from annotator.services.places import Places

    places = Places(options.data_dir.expanduser().absolute() if options.data_dir else None)
    _log_to(places.log)
    try:
        if options.command == "gui":
            return _gui(options, places)
        from annotator.cli import commands

        return commands.run(options, places)
    except AnnotatorError as error:
        print(f"annotator: {error}", file=sys.stderr)
        return NOTHING_DONE
    except KeyboardInterrupt:
        print("annotator: interrupted; what was done until then is kept", file=sys.stderr)
        return NOTHING_DONE
    except BrokenPipeError:
        return NOTHING_DONE
    except Exception:  # the last resort of the command line: no traceback reaches a user
        logging.getLogger(__name__).exception("a command failed")
        print(f"annotator: something went wrong inside the program; the details are in {places.log}", file=sys.stderr)
        return NOTHING_DONE


def _gui(options: argparse.Namespace, places: object) -> int:
    try:
        from annotator.gui.application import run
    except ImportError as error:
        if error.name and error.name.partition(".")[0] not in ("PySide6", "shiboken6"):
            raise
        raise AnnotatorError(
            f"The window cannot be opened because a system library is missing ({error}). "
            "On Debian or Ubuntu: sudo apt-get install libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 "
            "libgssapi-krb5-2 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-randr0 libxcb-shape0 "
            "libxcb-sync1 libxcb-xfixes0 libxkbcommon-x11-0. The other commands work without it: annotator --help."
        ) from error
    return int(run([str(file) for file in options.files], options.database, places))


def _log_to(path: Path) -> None:
    """Write the program's log to a file of bounded size; without one where it cannot be written."""
    handler: logging.Handler
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=1_000_000, backupCount=1, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("annotator")
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False


if __name__ == "__main__":
    sys.exit(main())
