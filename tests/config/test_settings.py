"""What the settings refuse, and what they turn on behind TLS; each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SHOWN = (
    "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS",
    "ALLAUTH_TRUSTED_PROXY_COUNT", "ALLOWED_HOSTS", "DEBUG", "SECRET_KEY", "SECRET_KEY_FALLBACKS",
)  # fmt: skip
STRONG = "0123456789abcdefghijklmnopqrstuvwxyz-ABCDEFG"
ASK = f"""
import json
from comptoir.config import settings
print(json.dumps({{name: getattr(settings, name) for name in {SHOWN!r}}}))
"""


def loaded(folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The settings as another process reads them, with no other environment than this."""
    return subprocess.run(
        [sys.executable, "-c", ASK],
        env={"COMPTOIR_VAR": str(folder), "PATH": "/usr/bin:/bin", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"COMPTOIR_SECRET_KEY": ""}, "COMPTOIR_SECRET_KEY is too weak"),
        ({"COMPTOIR_SECRET_KEY": "changeme"}, "COMPTOIR_SECRET_KEY is too weak"),
        ({"COMPTOIR_SECRET_KEY": "a" * 60}, "COMPTOIR_SECRET_KEY is too weak"),
        (
            {"COMPTOIR_SECRET_KEY_FALLBACKS": f"{STRONG} changeme"},
            "COMPTOIR_SECRET_KEY_FALLBACKS has a weak one",
        ),
        (
            {"COMPTOIR_DEBUG": "1", "COMPTOIR_URL": "https://comptoir.example"},
            "COMPTOIR_DEBUG=1 must not be used",
        ),
    ],
)
def test_weak_secrets_and_debug_in_public_refuse_to_start(
    tmp_path: Path, environment: dict[str, str], said: str
) -> None:
    """Survival 29."""
    ended = loaded(tmp_path, **environment)
    assert ended.returncode != 0
    assert said in ended.stderr


def test_a_place_makes_its_own_secret_readable_by_its_owner_only(tmp_path: Path) -> None:
    """Survival 29: there is no default secret that two places could share."""
    assert loaded(tmp_path).returncode == 0
    kept = tmp_path / "secret-key"
    first = kept.read_text()
    assert len(first) >= 50
    assert kept.stat().st_mode & 0o777 == 0o600
    assert loaded(tmp_path).returncode == 0
    assert kept.read_text() == first


def test_what_former_secrets_signed_is_believed(tmp_path: Path) -> None:
    others = {"COMPTOIR_SECRET_KEY": STRONG[::-1], "COMPTOIR_SECRET_KEY_FALLBACKS": f" {STRONG} "}
    told = json.loads(loaded(tmp_path, **others).stdout)
    assert (told["SECRET_KEY"], told["SECRET_KEY_FALLBACKS"]) == (STRONG[::-1], [STRONG])


def test_behind_tls_cookies_are_bound_and_one_proxy_is_believed(tmp_path: Path) -> None:
    ended = loaded(tmp_path, COMPTOIR_URL="https://comptoir.example/")
    assert ended.returncode == 0, ended.stderr
    told = json.loads(ended.stdout)
    assert told["SESSION_COOKIE_NAME"] == "__Host-session"
    assert told["CSRF_COOKIE_NAME"] == "__Host-csrf"
    assert told["SESSION_COOKIE_SECURE"] is True
    assert told["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert told["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1
    assert told["ALLOWED_HOSTS"] == ["comptoir.example"]
    assert told["DEBUG"] is False


def test_without_a_proxy_no_forwarded_address_is_believed(tmp_path: Path) -> None:
    ended = loaded(tmp_path)
    assert json.loads(ended.stdout)["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
