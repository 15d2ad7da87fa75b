"""Origins: which sites may embed a practice's page."""

import pytest
from pydantic import ValidationError

from openhour.api.settings import SettingsPatch
from openhour.rules.origins import is_origin
from openhour.rules.refusals import Invalid
from openhour.rules.setting_changes import with_changes
from tests.unit.builders import NOW, a_practice

LONGEST_HOST = ".".join(["a" * 63] * 3 + ["b" * 57, "org"])

cases = pytest.mark.parametrize(
    ("text", "allowed"),
    [
        pytest.param("https://ada.example", True, id="a domain"),
        pytest.param("https://www.ada-therapy.co.uk", True, id="subdomains"),
        pytest.param("https://xn--bcher-kva.example", True, id="an international name, encoded"),
        pytest.param("https://7days.example", True, id="a label that begins with a digit"),
        pytest.param("https://ada.example:8443", True, id="a port"),
        pytest.param("https://ada.example:65535", True, id="the last port"),
        pytest.param(f"https://{LONGEST_HOST}:65535", True, id="the longest"),
        pytest.param(f"https://a{LONGEST_HOST}:65535", False, id="too long"),
        pytest.param("https://ada.example:65536", False, id="a port that does not exist"),
        pytest.param("https://ada.example:0", False, id="port 0"),
        pytest.param("https://ada.example:0443", False, id="a port with a leading zero"),
        pytest.param("https://ada.example:443", False, id="the default port"),
        pytest.param("https://ada.example:4430", True, id="a port that begins like the default"),
        pytest.param("https://ada.example:", False, id="an empty port"),
        pytest.param("*", False, id="any origin"),
        pytest.param("https://*", False, id="any https origin"),
        pytest.param("https://*.ada.example", False, id="any subdomain"),
        pytest.param("http://ada.example", False, id="not encrypted"),
        pytest.param("HTTPS://ada.example", False, id="a scheme in capitals"),
        pytest.param("https://Ada.example", False, id="a capital letter"),
        pytest.param("ada.example", False, id="no scheme"),
        pytest.param("//ada.example", False, id="the page's scheme"),
        pytest.param("https://ada.example/", False, id="a slash"),
        pytest.param("https://ada.example/book", False, id="a path"),
        pytest.param("https://ada.example?q", False, id="a query"),
        pytest.param("https://ada.example#top", False, id="a fragment"),
        pytest.param("https://me@ada.example", False, id="a user"),
        pytest.param("https://me:pw@ada.example", False, id="a user with a password"),
        pytest.param("https://localhost", False, id="no domain"),
        pytest.param("https://192.0.2.1", False, id="an address"),
        pytest.param("https://[2001:db8::1]", False, id="an IPv6 address"),
        pytest.param("https://-ada.example", False, id="a hyphen first"),
        pytest.param("https://ada-.example", False, id="a hyphen last"),
        pytest.param("https://ada..example", False, id="an empty label"),
        pytest.param("https://ada.example.", False, id="a final dot"),
        pytest.param("https://a_b.example", False, id="an underscore"),
        pytest.param("https://bücher.example", False, id="not encoded"),
        pytest.param(f"https://{'a' * 64}.example", False, id="a label too long"),
        pytest.param(" https://ada.example", False, id="a space first"),
        pytest.param("https://ada.example\n", False, id="a line break"),
        pytest.param("https://ada.example; script-src *", False, id="more of a policy"),
        pytest.param("null", False, id="no origin"),
        pytest.param("", False, id="nothing"),
    ],
)


@cases
def test_only_exact_https_origins_are_allowed(text, allowed):
    assert is_origin(text) is allowed


@cases
def test_requests_and_rules_agree(text, allowed):
    given = {"embed_origins": [text]}
    changes = {"embed_origins": (text,)}
    if allowed:
        assert SettingsPatch.model_validate(given).changes == changes
        assert with_changes(a_practice(), changes, today=NOW.date()).embed_origins == (text,)
        return
    with pytest.raises(ValidationError):
        SettingsPatch.model_validate(given)
    with pytest.raises(Invalid):
        with_changes(a_practice(), changes, today=NOW.date())


@pytest.mark.parametrize(
    "origins",
    [
        pytest.param(tuple(f"https://{n}.example" for n in "abcdef"), id="six"),
        pytest.param(("https://a.example", "https://a.example"), id="the same one twice"),
    ],
)
def test_a_few_origins_are_named_once_each(origins):
    with pytest.raises(Invalid):
        with_changes(a_practice(), {"embed_origins": origins}, today=NOW.date())
