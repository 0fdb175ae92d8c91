"""Mutates the recount, one place at a time, and says which mutants nothing notices.

`python -m tests.unit.recount.mutants` tries all of them; `--every N` each Nth of a module. What
was noticed is written to a file and not tried again while the recount is as it was: a run that
was ended goes on, and what nothing noticed meets the kits that were added since. A mutant meets
only kits that its function takes part in counting: the honest ones first, then those whose
tampering its own check is to name.
"""

import argparse
import ast
import json
import signal
import sys
import tempfile
import types
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from recount import checks as sound
from recount.record import Record
from services.ledger.domain import inclusion_path, leaf_hash, tiles_of
from services.ledger.domain.tree import inclusion_ranges, needed_for, nodes_of, root_of
from tests.unit.recount.equivalent import EQUIVALENT
from tests.unit.recount.figures import figures_hold
from tests.unit.recount.kits import ACCEPTED, FORGED, HONEST, PLAYED, Kits

FOLDER = Path(__file__).parents[3] / "recount"
TRIED = Path(".local/mutants.jsonl")
PATIENCE = 10.0  # seconds of the processor that a mutant has for a kit, or for all figures
MODULES = ("kit", "record", "scoring", "prizes", "judging", "awarding", "checks")
ASKED = "questions"  # of which each is left out in turn
SWAPS = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """What can be changed or left out: where it is, and the step whose check it is, if one."""

    module: str
    number: int
    line: int
    function: str
    step: str
    text: str

    @property
    def name(self) -> str:
        """What it is called in the list of those that mean the same."""
        return f"{self.module}.{self.function}: {self.text}"


class Changed(ast.NodeTransformer):
    """Changes the place with a number: a check that is never made, or an operator."""

    def __init__(self, module: str, wanted: int) -> None:
        self.module, self.wanted = module, wanted
        self.places: list[Place] = []
        self.within: list[str] = []

    def is_it(self, node: ast.AST, step: str = "") -> bool:
        text, number = ast.unparse(node).split("\n")[0], len(self.places)
        function = ".".join(self.within)
        self.places.append(Place(self.module, number, node.lineno, function, step, text))
        return number == self.wanted

    def visit(self, node: ast.AST) -> ast.AST:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            return super().visit(node)
        self.within.append(node.name)
        try:
            return self.generic_visit(node)
        finally:
            self.within.pop()

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if ast.unparse(node).startswith("need("):
            first = node.value.args[0]
            step = first.value if isinstance(first, ast.Constant) else ""
            if self.is_it(node, step):
                return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        if type(node.ops[0]) in SWAPS and self.is_it(node):
            node.ops[0] = SWAPS[type(node.ops[0])]()
        return self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        if self.is_it(node):
            node.op = SWAPS[type(node.op)]()
        return self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        if type(node.op) in SWAPS and self.is_it(node):
            node.op = SWAPS[type(node.op)]()
        return self.generic_visit(node)


def places() -> list[Place]:
    """Return every place that can be changed, but those whose change means the same."""
    found = []
    for name in MODULES:
        counting = Changed(name, -1)
        counting.visit(ast.parse(source(name)))
        found += counting.places
    return found + asked()


def asked() -> list[Place]:
    """Return the questions, each of which may be left out."""
    lines = source(ASKED).split("\n")
    return [
        Place(ASKED, number, lines.index(f"-- {step}: {sentence}") + 1, "", step, sentence)
        for number, (step, sentence, _) in enumerate(Record.questions)
    ]


def source(module: str) -> str:
    return (FOLDER / f"{module}.{'sql' if module == ASKED else 'py'}").read_text()


@cache
def code_of(module: str) -> types.CodeType:
    return compile(source(module), f"{module}.py", "exec")


@contextmanager
def mutated(place: Place) -> Iterator[types.ModuleType]:
    """Load the recount with one place changed; give its `checks`."""
    kept = {f"recount.{one}": sys.modules.pop(f"recount.{one}", None) for one in MODULES}
    package = sys.modules["recount"]
    changed = None
    if place.module != ASKED:
        tree = Changed(place.module, place.number).visit(ast.parse(source(place.module)))
        changed = compile(ast.fix_missing_locations(tree), f"{place.module}.py", "exec")
    try:
        for one in MODULES:
            module = types.ModuleType(f"recount.{one}")
            sys.modules[f"recount.{one}"] = module
            setattr(package, one, module)
            code = changed if one == place.module else code_of(one)
            exec(code, module.__dict__)  # noqa: S102  # our own code
        if place.module == ASKED:
            del sys.modules["recount.record"].Record.questions[place.number]
        yield sys.modules["recount.checks"]
    finally:
        for one, module in kept.items():
            sys.modules.pop(one, None)
            if module is not None:
                sys.modules[one] = module
                setattr(package, one.removeprefix("recount."), module)


@contextmanager
def patience() -> Iterator[None]:
    """Raise `TimeoutError` where a mutant goes round and round."""
    signal.signal(signal.SIGPROF, lambda *_: (_ for _ in ()).throw(TimeoutError()))
    signal.setitimer(signal.ITIMER_PROF, PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


class Jury:
    """Meets mutants with kits; remembers which kits each function takes part in."""

    def __init__(self, kits: Kits) -> None:
        self.kits = kits
        self.touched: dict[str, set[str]] = {}
        self.led: dict[str, str] = {}

    def takes_part(self, place: Place, name: str) -> bool:
        """Say whether the place's function runs while a kit is counted; as it should, at that."""
        if name not in self.touched:
            seen: set[str] = set()

            def note(frame, event, _argument):
                if event == "call" and frame.f_code.co_filename.startswith(str(FOLDER)):
                    seen.add(f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_qualname}")

            sys.setprofile(note)
            try:
                right = self.found(sound, name)
            finally:
                sys.setprofile(None)
            if right != self.wanted(name):
                raise AssertionError(f"The recount itself finds {right} in {name}.")
            self.touched[name] = seen
        return not place.function or f"{place.module}.{place.function}" in self.touched[name]

    def wanted(self, name: str) -> str:
        return FORGED.get(name, ACCEPTED)

    def wanted_with_heads(self, name: str) -> str:
        """Return what the recount finds where heads from outside are there as well."""
        if name not in self.led:
            self.led[name] = self.found(sound, name, self.kits.heads)
            if (self.led[name] == ACCEPTED) != (name == "honest"):
                raise AssertionError(f"The recount finds {self.led[name]} in {name}, with heads.")
        return self.led[name]

    def found(self, checks: types.ModuleType, name: str, heads: object = ()) -> str:
        """Return what a recount finds: the step that fails, `accepted`, or how it breaks down."""
        try:
            with patience():
                list(checks.verify(checks.Kit(str(self.kits.path(name))), list(heads)))
        except checks.DoesNotFollow as wrong:
            return str(wrong.step)
        except Exception as error:  # noqa: BLE001  # a mutant may do anything
            return repr(error)
        return ACCEPTED

    def notices(self, place: Place, *, own: bool = False) -> str:  # noqa: PLR0911  # one for each
        """Return the kit by which a mutant shows; `own`: of those of its own step alone."""
        forged = sorted(FORGED, key=lambda name: (FORGED[name] != place.step, name))
        names = (*PLAYED, *forged, *HONEST)
        told = ["honest", *(name for name, step in FORGED.items() if step == ACCEPTED)]
        if own:
            names = [name for name in names if self.wanted(name) == place.step]
            told = told if place.step == "heads" else []
        with mutated(place) as checks:
            if place.function in {"root_over", "check_path"}:
                return "" if proofs_lead(sys.modules["recount.kit"]) else "proofs"
            if place.module in {"scoring", "prizes"} and not own and not figures_are_right():
                return "figures"
            for name in names:
                is_met = own or self.takes_part(place, name)
                if is_met and self.found(checks, name) != self.wanted(name):
                    return name
            for name in told:
                if self.found(checks, name, self.kits.heads) != self.wanted_with_heads(name):
                    return f"{name}, with heads"
        return ""


def proofs_lead(kit: types.ModuleType) -> bool:
    """Say whether proofs lead to the root where they are right, and nowhere where they are not."""
    leaves = [leaf_hash(bytes([number])) for number in range(9)]
    for size in range(1, 10):
        tiles = {at: bytes(tile) for at, tile in tiles_of(leaves[:size]).tiles.items()}
        root = root_of(size, tiles)
        for number in range(size):
            nodes = nodes_of(needed_for(inclusion_ranges(number, size)), tiles)
            path = inclusion_path(number, size, nodes)
            wrong = [(number + 1, size, path), (number, size, [*path, root]), (0, 0, path)]
            wrong += [(number, size, path[1:])] if path else []
            try:
                led = [
                    kit.root_over(leaves[number], *one) for one in (*wrong, (number, size, path))
                ]
            except (TypeError, ValueError):  # what a mutant may come to
                return False
            if led.pop() != root or root in led:
                return False
    return is_held_against_its_head(kit)


def is_held_against_its_head(kit: types.ModuleType) -> bool:
    """Say whether the proof of an only event holds under its own head, and under no other."""
    proof = {"event_id": "m-1", "type": "x", "occurred_at": "", "members": {}}
    leaf = kit.leaf_hash(kit.canonical([*proof.values()]))
    found = []
    for root in (leaf, leaf_hash(leaf)):
        try:
            head = {"size": 1, "root": root.hex()}
            kit.check_path({**proof, "number": 0, "path": [], "head": head})
            found.append(True)
        except kit.DoesNotFollow:
            found.append(False)
    return found == [True, False]


def figures_are_right() -> bool:
    """Say whether the mutant's own arithmetic holds; a mutant may do anything but that."""
    try:
        with patience():
            return figures_hold(sys.modules["recount.scoring"], sys.modules["recount.prizes"])
    except Exception:  # noqa: BLE001
        return False


def survivors(chosen: list[Place], kits: Kits) -> list[Place]:
    """Return which of these mutants the kits of their own step do not notice."""
    jury = Jury(kits)
    return [place for place in chosen if not jury.notices(place, own=True)]


@cache
def state() -> str:
    """Return a digest of the recount as it is."""
    return sha256("".join(map(source, (*MODULES, ASKED))).encode()).hexdigest()


def tried() -> dict[str, str]:
    """Return what was tried of the recount as it is: by what each mutant was noticed."""
    rows = [json.loads(row) for row in TRIED.read_text().splitlines()] if TRIED.exists() else []
    return {row["key"]: row["by"] for row in rows if row["state"] == state()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="try each Nth of a module")
    way = "from the last to the first, towards another run"
    parser.add_argument("--backwards", action="store_true", help=way)
    asked = parser.parse_args()
    chosen = [place for place in places() if place.number % asked.every == 0]
    ways = reversed(chosen) if asked.backwards else iter(chosen)
    TRIED.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, TRIED.open("a") as notes:
        jury = Jury(Kits(Path(folder)))
        for place in ways:
            key = f"{place.module} {place.number}"
            if not tried().get(key) and place.name not in EQUIVALENT:
                row = {"state": state(), "key": key, "by": jury.notices(place), **asdict(place)}
                notes.write(json.dumps(row) + "\n")
                notes.flush()
    known = tried()
    same = [place for place in chosen if place.name in EQUIVALENT]
    alive = [
        one for one in chosen if not known.get(f"{one.module} {one.number}") and one not in same
    ]
    counts = f"{len(same)} mean the same, {len(alive)} unnoticed"
    print(f"{len(chosen)} mutants: {len(chosen) - len(same) - len(alive)} noticed, {counts}")  # noqa: T201
    for one in alive:
        print(f"  recount/{one.module}:{one.line} {one.name}")  # noqa: T201


if __name__ == "__main__":
    main()
