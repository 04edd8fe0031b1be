"""`journeymine query`: reads what is published, and cannot do anything else."""

import csv
import io
import json

import pytest
from tests.e2e.running import SAMPLE, journeymine

PROJECT = SAMPLE / "journeymine.toml"


@pytest.fixture
def asked(sample):
    """Return a function that asks the published sample."""

    def ask(*arguments):
        return journeymine(
            "query", *arguments, "--project", PROJECT, "--output", sample.output
        )

    return ask


def test_without_a_name_it_lists_the_tables(asked):
    told = json.loads(asked("--json").stdout)
    assert {"fct_funnel", "dim_customers", "meta_loads"} <= {
        one["table"] for one in told
    }
    assert all(one["holds"] for one in told)


def test_a_name_shows_the_first_rows_of_a_table(asked):
    done = asked("fct_churn", "--limit", "2")
    head, _rule, *rows, more = done.stdout.splitlines()
    assert head.startswith("period")
    assert (len(rows), more[:17]) == (2, "... and more than")


def test_json_holds_what_the_database_holds(asked, sample):
    sql = "select persona, customers, share from dim_personas order by persona"
    told = json.loads(asked(sql, "--json").stdout)
    assert [tuple(one.values()) for one in told] == sample.rows(sql)


def test_csv_holds_what_the_database_holds(asked, sample):
    sql = "select event_id, occurred_at from fct_events order by event_id limit 20000"
    rows = list(csv.reader(io.StringIO(asked(sql, "--csv").stdout)))
    stored = sample.rows(f"select event_id, epoch_us(occurred_at) as at from ({sql})")
    assert rows[0] == ["event_id", "occurred_at"]
    assert [row[0] for row in rows[1:]] == [row[0] for row in stored]
    assert rows[1][1].endswith("Z")


def test_csv_holds_no_formula(asked):
    sql = (
        "select unnest(['=1+1', '+1', '-1+1', '@SUM(A1)', chr(9) || '=1', '3', '-', "
        "'1=1']) as text, -1 as number"
    )
    rows = list(csv.reader(io.StringIO(asked(sql, "--csv").stdout)))[1:]
    assert [row[0] for row in rows] == [
        *("'=1+1", "'+1", "'-1+1", "'@SUM(A1)", "'\t=1"),
        *("3", "'-", "1=1"),
    ]
    assert {row[1] for row in rows} == {"-1"}  # a number is none


def test_no_value_can_steer_the_terminal(asked):
    done = asked("select chr(27) || '[2J' || chr(7) || 'ä' as text")
    assert "\x1b" not in done.stdout
    assert "\\x1b[2J\\x07ä" in done.stdout


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_text('/etc/hostname')",
        "select * from read_csv('/etc/hostname')",
        "select * from glob('/*')",
        "from '/etc/hostname'",
        "copy fct_churn to '/tmp/stolen.csv'",
        "copy (select 1) to '/tmp/stolen.csv'",
        "attach '/tmp/stolen.duckdb'",
        "export database '/tmp/stolen'",
        "install httpfs",
        "load httpfs",
        "select * from read_csv('https://127.0.0.1/x.csv')",
        "set enable_external_access = true",
        "pragma enable_external_access = true",
        "drop table fct_churn",
        "create table stolen as from fct_churn",
        "insert into fct_churn from fct_churn",
        "select 1; drop table fct_churn",
        "call pragma_version()",
    ],
)
def test_nothing_else_can_be_read_or_changed(asked, sql):
    done = asked(sql)
    assert done.returncode == 2
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith("Error: query: ")


@pytest.mark.parametrize(
    ("asked_for", "told"),
    [
        ("fct_funel", "there is no table fct_funel; did you mean fct_funnel?"),
        ("selec 1", 'syntax error at or near "selec"'),
        ("select nope from fct_churn", '"nope" not found'),
        ("", "0 statements"),
    ],
)
def test_a_mistake_is_one_line(asked, asked_for, told):
    done = asked(asked_for)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert told in line


def test_a_query_that_never_ends_is_stopped(asked):
    done = asked("select count(*) from range(1000000000000)", "--timeout", "0.2")
    assert done.returncode == 2
    assert "took longer than 0.2 seconds" in done.stderr


def test_json_and_csv_at_once_are_refused(asked):
    assert "only one" in asked("dim_personas", "--json", "--csv").stderr


def test_before_the_first_run_it_says_so(tmp_path):
    done = journeymine("query", "--project", PROJECT, "--output", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "nothing is published; start with `journeymine run`" in done.stderr
