"""What a stranger and a machine see of a fresh installation, on both databases."""

import pytest

pytestmark = pytest.mark.both_databases


def test_a_process_that_answers_says_so(client):
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_a_migrated_database_is_found_ready(client):
    checks = client.get("/readyz").get_json()["checks"]
    assert (checks["database"], checks["migrations"]) == ("ok", "ok")


def test_a_stranger_is_sent_to_sign_in(client):
    answer = client.get("/")
    assert answer.status_code == 303
    assert "/login" in answer.location
