"""Every table is known wherever all tables matter."""

from infra.cli import snapshot
from infra.local import template
from infra.local.environment import TABLES
from openhour.store.models import main_models, tables


def test_the_template_has_every_table():
    declared = {
        logical_id
        for logical_id, resource in template.load().resources.items()
        if resource["Type"] == "AWS::DynamoDB::Table"
    }
    assert {table.logical_id for table in tables()} == declared
    assert {table.logical_id: table.default_name for table in tables()} == TABLES


def test_the_integrity_check_reads_every_table():
    assert {m.table.logical_id: m.key_names() for m in main_models()} == snapshot.KEYS
