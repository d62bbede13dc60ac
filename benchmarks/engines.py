"""Months of a country's plans as Parquet, asked by DuckDB and by Apache Spark in the same SQL.

    python benchmarks/engines.py [--districts 700] [--months 12]

Makes the plans (``plans.py``), exports them as they stand at the end of the last months of 2023 into
``month=2023-MM/``, asks each engine the query of docs/huong-dan/lap-trinh.md, and compares what it says of
each plan with ``de06 stats --by plan`` of that day. Spark runs in this machine's processes (``pip install
pyspark``, Java 17); an engine that is not there is left out. Ends with 1 where a figure differs.
"""

from __future__ import annotations

import argparse
import calendar
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import plans
import timing

YEAR = 2023
GUIDE = Path(__file__).parents[1] / "docs" / "huong-dan" / "lap-trinh.md"
# How each engine is told where the months lie; the question is one for both.
VIEWS = {
    "DuckDB": "CREATE VIEW models AS SELECT * FROM read_parquet('kho/month=*/models/*.parquet', "
    "hive_partitioning = true)",
    "Spark": "CREATE TEMPORARY VIEW models USING parquet OPTIONS (path 'kho/month=*/models', basePath 'kho')",
}

Late = dict[str, int]  # overdue tasks by the plan's code
Ask = Callable[[str], list[tuple[str, int]]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--districts", type=int, default=plans.DISTRICTS)
    parser.add_argument("--months", type=int, default=12, choices=range(1, 13))
    given = parser.parse_args()
    print(timing.machine())
    with tempfile.TemporaryDirectory(prefix="de06-engines-") as scratch:
        folder = Path(scratch)
        plans.write_country(folder, given.districts)
        known = {month: exported(folder, month) for month in range(13 - given.months, 13)}
        rows, differ = [], False
        for name, opened in (("DuckDB", duckdb), ("Spark", spark)):
            if importlib.util.find_spec({"Spark": "pyspark"}.get(name, "duckdb")) is None:
                rows.append([name, *[timing.NOT_YET] * 3])
                continue
            start = time.perf_counter()
            ask = opened(folder)
            ready = time.perf_counter() - start
            wrong = 0
            start = time.perf_counter()
            for month, late in known.items():
                said = dict(ask(question(month)))
                wrong += sum(said.get(plan) != count for plan, count in late.items())
                wrong += len(said.keys() ^ late.keys())
            each = (time.perf_counter() - start) / len(known)
            rows.append([name, f"{ready:.1f}", f"{each:.2f}", str(wrong)])
            differ |= bool(wrong)
    total = sum(sum(late.values()) for late in known.values())
    print(f"{given.districts} plans × {len(known)} months, {total:,} overdue tasks by de06 stats\n")
    header = ["engine", "s until ready", "s a month's question", "plans that differ"]
    print(timing.markdown(header, rows), end="")
    return 1 if differ else 0


def exported(folder: Path, month: int) -> Late:
    """Exports the plans as they stand when the month ends; what de06 itself says is overdue then."""
    last = f"{YEAR}-{month:02}-{calendar.monthrange(YEAR, month)[1]}"
    de06(folder, "export", f"kho/month={last[:7]}", "--format", "parquet", "--as-of", last)
    said = json.loads(
        de06(folder, "stats", "--by", "plan", "--format", "json", "--as-of", last),
    )
    return {row["key"]: row["open_overdue"] for row in said["rows"]}


def de06(folder: Path, *arguments: str) -> str:
    """What de06 prints. Raises CalledProcessError."""
    return subprocess.run(
        [*timing.DE06, *arguments, "--data", "country"],
        cwd=folder,
        env=timing.environment(folder),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    ).stdout


def question(month: int) -> str:
    """The guide's query, of a month."""
    text = next(sql for sql in re.findall(r"```sql\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)
                if "FROM models" in sql)  # fmt: skip
    return re.sub(r"'2023-[0-9]{2}'", f"'{YEAR}-{month:02}'", text).strip().rstrip(";")


def duckdb(folder: Path) -> Ask:
    import duckdb as engine  # noqa: PLC0415 - what is not there is left out

    connection = engine.connect()
    connection.execute(VIEWS["DuckDB"].replace("kho/", f"{folder}/kho/"))
    return lambda sql: [(row[0], row[1]) for row in connection.execute(sql).fetchall()]


def spark(folder: Path) -> Ask:
    from pyspark.sql import SparkSession  # noqa: PLC0415

    session = (
        SparkSession.builder.master("local[*]")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate()
    )
    session.sql(VIEWS["Spark"].replace("'kho", f"'{folder}/kho"))
    return lambda sql: [(row[0], row[1]) for row in session.sql(sql).collect()]


if __name__ == "__main__":
    sys.exit(main())
