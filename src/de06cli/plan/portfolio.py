"""Plans read as one: each from its own file, or from the snapshot of a file that has not changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import cache, cached_property, partial
from itertools import accumulate
from typing import TYPE_CHECKING, NoReturn
from unicodedata import normalize

from de06cli.errors import UnfitSnapshot, UnreadableData
from de06cli.messages import _
from de06cli.named_tuples import NamedTuple
from de06cli.plan.cache import lazy
from de06cli.plan.cache.index import Index, Unsound, exchanged, merged, of_plan
from de06cli.plan.cache.lazy import LazyPlan
from de06cli.plan.cache.store import NOT_SEEN, Known, Store, look
from de06cli.plan.file import locate
from de06cli.plan.file.locate import Located
from de06cli.plan.hashing import sha256
from de06cli.plan.records import Agency, Heading, Model, Plan

if TYPE_CHECKING:
    from de06cli.plan.findings import Finding


class Portfolio:
    """Plans in the order of their files; their models are counted through from 0.

    ``firsts`` are the positions of each plan's first model; ``missing`` counts the files asked for that
    are not among them, since they are broken; ``claimed`` has the files of each code (folded) that
    several of them claim.
    """

    def __init__(
        self,
        files: Sequence[Located],
        plans: Sequence[LazyPlan],
        firsts: Sequence[int],
        index: Index,
        missing: int = 0,
        claimed: Claims | None = None,
    ) -> None:
        self.files = files
        self.plans = plans
        self.firsts = firsts
        self.index = index
        self.missing = missing
        self.claimed = claimed or {}

    def refuse_claimed(self, code: str | None = None) -> None:
        """Raises UnreadableData where several files claim the code; without one, where any is claimed."""
        codes = [*self.claimed] if code is None else [folded(code)]
        for claimants in filter(None, map(self.claimed.get, codes)):
            raise UnreadableData(
                _(
                    "Mã kế hoạch “{code}” có ở nhiều tệp: {paths}. Hãy giữ một tệp, hoặc đổi mã."
                ).format(
                    code=claimants[0].code, paths=", ".join(one.file.shown for one in claimants)
                )
            )

    def __len__(self) -> int:
        """How many models there are."""
        return self.firsts[-1] + self.plans[-1].count

    @property
    def several(self) -> bool:
        """Whether addresses need the plan's code; that another file is broken changes no address."""
        return len(self.plans) + self.missing > 1

    def plan_at(self, position: int) -> int:
        """The number of the plan that the model at ``position`` belongs to."""
        return bisect_right(self.firsts, position) - 1

    def plan_coded(self, code: str) -> LazyPlan:
        """The plan with exactly this code."""
        return self._by_code[code]

    @cached_property
    def _by_code(self) -> dict[str, LazyPlan]:
        return {plan.heading.code: plan for plan in self.plans}

    def agency(self, plan: str, code: str) -> Agency:
        """The agency ``code`` of the plan ``plan``."""
        return self.plan_coded(plan).load_agency(code)

    def heading_at(self, position: int) -> Heading:
        return self.plans[self.plan_at(position)].heading

    def part(self, number: int) -> Portfolio:
        """One of the plans by itself."""
        return of(self.files[number : number + 1], [self.plans[number]])

    def model(self, position: int) -> Model:
        number = self.plan_at(position)
        return self.plans[number].load_model(position - self.firsts[number])


class Claimant(NamedTuple):
    """A file whose plan has a code that others have too."""

    file: Located
    code: str


Claims = dict[str, list[Claimant]]


def folded(code: str) -> str:
    """The same for all ways to write a plan's code."""
    return normalize("NFC", code).casefold()


class Broken(NamedTuple):
    """A file that is no plan to work with, and everything that keeps it from being one."""

    file: Located
    error: UnreadableData | None  # it can't be read at all
    findings: tuple[Finding, ...]


def open_files(
    files: Sequence[Located], store: Store | None, read_one: Callable[[], None] = lambda: None
) -> tuple[Portfolio | None, list[Broken]]:
    """The plans in ``files`` as one, None where there is none, and the files that are broken.

    A file that is as the snapshots in ``store`` know it is not read; ``read_one`` is called for each that
    is. Raises nothing for whatever the files hold.
    """
    paths = [file.full for file in files]
    kept = store.known(paths) if store else None
    before = {known.path: known for known in kept[0]} if kept else {}
    now: dict[Located, Known] = {}

    def open_one(file: Located) -> LazyPlan:
        now[file], plan = _open(file, before.get(file.full), store, read_one)
        return plan

    opened, broken, claimed = _usable(files, open_one, locate.read_bytes)
    if not opened:
        return None, broken
    known = [now[file] for file in opened]
    index = _updated(*kept, known, [*opened.values()]) if kept else None
    portfolio = of([*opened], [*opened.values()], index, len(broken), claimed)
    if store and (kept is None or known != kept[0]):
        store.keep_known(paths, known, portfolio.index)
    return portfolio, broken


_FEW = 20  # changed plans from which on it is quicker to merge all indexes anew


def _updated(
    before: Sequence[Known], index: Index, now: Sequence[Known], plans: Sequence[LazyPlan]
) -> Index | None:
    """The index of the files that were known before, with what has changed since; None where they are
    other files, or too many have changed."""
    if [one.path for one in before] != [one.path for one in now]:
        return None
    pairs = list(zip(before, now, strict=True))
    if sum(old.digest != new.digest for old, new in pairs) > _FEW:
        return None
    first = 0
    try:
        for number, (old, new) in enumerate(pairs):
            if old.digest != new.digest:
                span = range(first, first + old.models)
                index = exchanged(index, number, span, plans[number].index, new.models)
            first += new.models
    except Unsound:
        return None
    return index


def open_committed(
    files: Sequence[Located],
    committed: Callable[[Located], bytes],
    read_one: Callable[[], None] = lambda: None,
) -> tuple[Portfolio | None, list[Broken]]:
    """What ``open_files`` gives, of the bytes of each file that ``committed`` finds.

    Raises what ``committed`` raises, UnreadableData aside: then the file is a broken one.
    """
    data: dict[Located, bytes] = {}

    def open_one(file: Located) -> LazyPlan:
        data[file] = committed(file)
        read_one()
        return lazy.whole(_read(file, data[file]))

    opened, broken, claimed = _usable(files, open_one, data.__getitem__)
    if not opened:
        return None, broken
    return of([*opened], [*opened.values()], missing=len(broken), claimed=claimed), broken


def _usable(
    files: Sequence[Located],
    open_one: Callable[[Located], LazyPlan],
    read_bytes: Callable[[Located], bytes],
) -> tuple[dict[Located, LazyPlan], list[Broken], Claims]:
    """The files that hold a plan with a code of its own, in their order; the others; and the codes that
    several files claim, which are usable in none of them."""
    opened: dict[Located, LazyPlan] = {}
    broken: dict[Located, Broken] = {}
    codes: Claims = {}
    for file in files:
        try:
            opened[file] = plan = open_one(file)
            code = plan.heading.code
            codes.setdefault(folded(code), []).append(Claimant(file, code))
        except _BrokenError as error:
            broken[file] = error.broken
        except UnreadableData as error:
            broken[file] = Broken(file, error, ())
    claimed = {code: claimants for code, claimants in codes.items() if len(claimants) > 1}
    for claimants in claimed.values():
        for file, code in claimants:
            del opened[file]
            others = [one.file for one in claimants if one.file != file]
            try:
                broken[file] = Broken(file, None, (_same_code(read_bytes(file), code, others),))
            except UnreadableData as error:
                broken[file] = Broken(file, error, ())
    return opened, [broken[file] for file in files if file in broken], claimed


def of(
    files: Sequence[Located],
    plans: Sequence[LazyPlan],
    index: Index | None = None,
    missing: int = 0,
    claimed: Claims | None = None,
) -> Portfolio:
    """These plans as one. ``index`` is that of all their models, if it is known already."""
    firsts = tuple(accumulate((plan.count for plan in plans), initial=0))[:-1]

    @cache
    def merge() -> Index:
        return merged([plan.index for plan in plans], firsts)

    index = index.otherwise(merge) if index else Index(lambda part: getattr(merge(), part))
    return Portfolio(files, plans, firsts, index, missing, claimed)


def single(plan: Plan) -> Portfolio:
    """One plan that is loaded already, wherever it came from."""
    return of((), [lazy.whole(plan)])


def remember(data: bytes, plan: Plan, store: Store) -> None:
    """Keeps a plan that was just written as ``data``, so that the next reader of these bytes finds it."""
    store.keep_plan(sha256(data), plan, of_plan(plan.models, plan.agencies))


def remembered(data: bytes, store: Store, opened: LazyPlan | None = None) -> Plan | None:
    """The plan in ``data``, if that is the one that was ``opened``, or its snapshot has all of it."""
    digest = sha256(data)
    if opened and opened.digest == digest:
        return opened.plan()
    known = store.kept("", NOT_SEEN, digest)
    try:
        return known and store.plan(known, _damaged).plan()
    except UnfitSnapshot:
        return None


def _damaged() -> NoReturn:
    raise UnfitSnapshot


class _BrokenError(Exception):
    def __init__(self, broken: Broken) -> None:
        self.broken = broken


def _open(
    file: Located,
    before: Known | None,
    store: Store | None,
    read_one: Callable[[], None],
) -> tuple[Known, LazyPlan]:
    """One file's plan, and what is now known of the file."""
    seen = look(file.full)
    if before and store and before.seen.still(seen):
        return before, store.plan(before, partial(_read_again, file, before.digest))
    try:
        data = locate.read_bytes(file)
    except UnreadableData as error:
        raise _BrokenError(Broken(file, error, ())) from None
    digest = sha256(data) if store else ""
    if store:
        same = before and before.digest == digest
        known = before if same else store.kept(file.full, seen, digest)
        if known:
            known = known._replace(seen=seen) if seen.still(seen) else known
            return known, store.plan(known, partial(_read, file, data))
    read_one()
    plan = _read(file, data)
    whole = lazy.whole(plan, digest)
    if store:
        store.keep_plan(digest, plan, whole.index)
    return Known(file.full, seen, digest, plan.plan, len(plan.models)), whole


def _read(file: Located, data: bytes) -> Plan:
    from de06cli.plan.file import reader  # noqa: PLC0415 - brings PyYAML

    reading = reader.read(data)
    if reading.plan is None:
        raise _BrokenError(Broken(file, None, reading.errors))
    return reading.plan


def _read_again(file: Located, digest: str) -> Plan:
    """The plan of a file that is known to be valid. Raises UnreadableData if it changed just now."""
    data = locate.read_bytes(file)
    if sha256(data) != digest:
        raise UnreadableData(
            _("{path} vừa được sửa trong khi đọc. Hãy chạy lại lệnh.").format(path=file.shown)
        )
    return _read(file, data)


def _same_code(data: bytes, code: str, others: Sequence[Located]) -> Finding:
    """That the plan in ``data`` has the code of other ones: addresses would mean two things."""
    from de06cli.plan.checks import review  # noqa: PLC0415
    from de06cli.plan.file import reader  # noqa: PLC0415

    return review.same_code(reader.read(data), code, ", ".join(other.shown for other in others))
