"""A Stripe to test against: ``localstripe`` in a process of its own, and what it lacks in front.

Intents, cards, 3-D Secure, declines and refunds are localstripe's. This front adds what it does not
have: Checkout Sessions, connected accounts, idempotency keys, and signed notices of both. It also
loses answers on demand, as networks do.
"""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import stripe

KEY = "sk_test_comptoir"
SECRET = "whsec_comptoir"
GOOD_CARD = "4242424242424242"
DECLINED_CARD = "4000000000000341"
CARD_WITH_3DS = "4000002500003155"

Answer = tuple[int, dict[str, Any]]


@dataclass
class StripeServer:
    """``url`` is where the library is pointed to; ``behind`` is localstripe."""

    behind: str
    url: str = ""
    lose: int = 0
    down: bool = False
    refund_fails: str = ""
    sessions: dict[str, dict[str, Any]] = field(default_factory=dict)
    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    answered: dict[str, tuple[str, Answer]] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)

    @cached_property
    def line(self) -> httpx.Client:
        """One for all requests: each client reads the certificates of this world anew."""
        return httpx.Client()

    # What the buyer does at Stripe's page.

    def pay(self, session_id: str, card: str = GOOD_CARD, *, held: bool = False) -> str:
        """Types a card in; returns the status of the payment: "succeeded", "requires_action".

        ``held``: the bank keeps the money aside, and nothing is taken: "requires_capture".
        """
        session = self.sessions[session_id]
        assert session["status"] == "open"
        method = self._send(
            "POST",
            "/v1/payment_methods",
            {
                "type": "card",
                "card[number]": card,
                "card[exp_month]": "12",
                "card[exp_year]": "2030",
                "card[cvc]": "123",
            },
        )[1]
        intent = self._send(
            "POST",
            "/v1/payment_intents",
            {
                "amount": str(session["amount_total"]),
                "currency": session["currency"],
                "payment_method": method["id"],
                "confirm": "true",
                "capture_method": "manual" if held else "automatic",
                "metadata[payment_key]": session["metadata"]["payment_key"],
            },
        )[1]
        if "error" in intent:
            return "declined"
        session["payment_intent"] = intent["id"]
        if session["keeps"]:
            whose = {"customer": session["customer"]}
            self._send("POST", f"/v1/payment_methods/{method['id']}/attach", whose)
        return self._look(session)

    def cards_of(self, customer: str) -> list[str]:
        """The last digits of the cards that are kept; raises KeyError for one who is forgotten."""
        found = self._send("GET", f"/v1/payment_methods?customer={customer}&type=card")[1]
        return [one["card"]["last4"] for one in found["data"]]

    def customers(self) -> dict[str, str]:
        """The address of each; "" for one who has none yet."""
        found = self._send("GET", "/v1/customers?limit=1000")[1]["data"]
        return {one["id"]: one["email"] or "" for one in found}

    def authenticate(self, session_id: str, *, success: bool = True) -> str:
        """Answers the bank's question (3-D Secure)."""
        session = self.sessions[session_id]
        path = f"/v1/payment_intents/{session['payment_intent']}"
        secret = self._send("GET", path)[1]["client_secret"]
        said = {"client_secret": secret, "success": str(success).lower()}
        self._send("POST", f"{path}/_authenticate", said)
        return self._look(session)

    def expire(self, session_id: str) -> None:
        self.sessions[session_id]["status"] = "expired"

    def _look(self, session: dict[str, Any]) -> str:
        status = str(self._intent(session["payment_intent"])["status"])
        if status == "succeeded":
            session.update(status="complete", payment_status="paid")
        if status == "requires_capture":
            session.update(status="complete")
        return status

    # What Stripe sends.

    def notice(
        self, session_id: str, kind: str = "checkout.session.completed", **changes: Any
    ) -> tuple[dict[str, str], bytes]:
        """A webhook about a session or its intent, signed now; ``changes`` to the object."""
        session = self.sessions[session_id]
        about = session if kind.startswith("checkout.") else self._intent(session["payment_intent"])
        return signed(kind, {**about, **changes}, account=session["account"])

    def refund_notice(
        self, session_id: str, kind: str = "refund.failed", **changes: Any
    ) -> tuple[dict[str, str], bytes]:
        """A webhook about the newest refund of a session: its bank sent the money back."""
        session, newest = self.sessions[session_id], self._refunds(session_id)[0]
        about = {**newest, "status": "failed", "failure_reason": "expired_or_canceled_card"}
        return signed(kind, {**about, **changes}, account=session["account"])

    def refunds_of(self, session_id: str) -> list[int]:
        return sorted(one["amount"] for one in self._refunds(session_id))

    def books(self) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """All that was charged, by the payments' keys, and all that was given back, by the
        refunds': key and amount of each, in order."""
        intents = self._send("GET", "/v1/payment_intents?limit=1000")[1]["data"]
        charged = [one for one in intents if one["status"] == "succeeded"]
        given = self._send("GET", "/v1/refunds?limit=1000")[1]["data"]
        return (
            sorted((one["metadata"]["payment_key"], one["amount"]) for one in charged),
            sorted((one["metadata"]["refund_key"], one["amount"]) for one in given),
        )

    def _refunds(self, session_id: str) -> list[dict[str, Any]]:
        """Newest first."""
        intent = self.sessions[session_id]["payment_intent"]
        found = self._send("GET", f"/v1/refunds?payment_intent={intent}")[1]["data"]
        return sorted(found, key=lambda one: -one["created"])

    # What the library asks.

    def answer(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Answer:
        key = headers.get("Idempotency-Key", "") if method == "POST" else ""
        if key in self.answered and key:
            asked, answer = self.answered[key]
            return answer if asked == f"{path} {body}" else refusal(400, "idempotency_error")
        answer = self._do(method, path, dict(parse_qsl(body)), headers.get("Stripe-Account", ""))
        if key and answer[0] < 400:
            self.answered[key] = (f"{path} {body}", answer)
        return answer

    def _do(self, method: str, path: str, given: dict[str, str], account: str) -> Answer:
        address = urlsplit(path)
        parts = address.path.strip("/").split("/")[1:]
        if parts[:2] == ["checkout", "sessions"]:
            return self._of_sessions(method, address.query, parts, given, account)
        if parts[0] == "accounts":
            return self._account(parts, given)
        if parts[0] == "account_links":
            return 200, {"object": "account_link", "url": f"{self.url}/onboarding"}
        status, answer = self._send(method, path, given)
        if status == 404:
            return refusal(status, "resource_missing")
        if parts[0] == "refunds" and method == "POST" and self.refund_fails:
            answer.update(status="failed", failure_reason=self.refund_fails)
        return status, answer

    def _of_sessions(
        self, method: str, query: str, parts: list[str], given: dict[str, str], account: str
    ) -> Answer:
        if parts[-1] == "expire":
            return self._close_session(parts[2], account)
        if method == "POST":
            return self._open_session(given, account)
        return self._session(parts[2], account, expanded="expand" in query)

    def _close_session(self, name: str, account: str) -> Answer:
        session = self.sessions.get(name)
        if session is None or session["account"] != account or session["status"] != "open":
            return refusal(400, "resource_missing")
        session["status"] = "expired"
        return 200, dict(session)

    def _session(self, name: str, account: str, *, expanded: bool) -> Answer:
        session = self.sessions.get(name)
        if session is None or session["account"] != account:
            return refusal(404, "resource_missing")
        intent = session["payment_intent"]
        shown = self._intent(intent) if intent and expanded else intent
        return 200, {**session, "payment_intent": shown}

    def _open_session(self, given: dict[str, str], account: str) -> Answer:
        customer = given.get("customer", "")
        if customer and self._send("GET", f"/v1/customers/{customer}")[0] != 200:
            return refusal(400, "resource_missing")
        price = "line_items[0][price_data]"
        name = f"cs_test_{secrets.token_hex(8)}"
        self.sessions[name] = {
            "id": name,
            "object": "checkout.session",
            "account": account,
            "amount_total": int(given[f"{price}[unit_amount]"]),
            "currency": given[f"{price}[currency]"],
            "metadata": {"payment_key": given["metadata[payment_key]"]},
            "payment_intent": None,
            "payment_status": "unpaid",
            "status": "open",
            "success_url": given["success_url"],
            "customer": customer or None,
            "expires_at": int(given["expires_at"]),
            "keeps": given.get("payment_intent_data[setup_future_usage]") == "on_session",
            "url": f"{self.url}/pay/{name}",
        }
        return 200, dict(self.sessions[name])

    def _account(self, parts: list[str], given: dict[str, str]) -> Answer:
        if len(parts) == 1:
            name = f"acct_{secrets.token_hex(8)}"
            self.accounts[name] = {
                "id": name,
                "object": "account",
                "charges_enabled": False,
                "details_submitted": False,
                "controller": {"fees": {"payer": given["controller[fees][payer]"]}},
            }
            return 200, self.accounts[name]
        found = self.accounts.get(parts[1])
        return (200, found) if found is not None else refusal(404, "resource_missing")

    def _intent(self, name: str) -> dict[str, Any]:
        """localstripe says what was charged in the charge alone."""
        intent = self._send("GET", f"/v1/payment_intents/{name}?expand[]=latest_charge")[1]
        paid = intent["status"] == "succeeded"
        return {**intent, "amount_received": intent["amount"] if paid else 0}

    def _send(self, method: str, path: str, given: Mapping[str, str] | None = None) -> Answer:
        answer = self.line.request(
            method,
            self.behind + path,
            data=dict(given or {}) if method == "POST" else None,
            headers={"Authorization": f"Bearer {KEY}"},
        )
        return answer.status_code, answer.json()


def signed(
    kind: str,
    about: Mapping[str, Any],
    *,
    account: str = "",
    secret: str = SECRET,
    at: float = 0,
    created: int = 0,
) -> tuple[dict[str, str], bytes]:
    """An event as Stripe posts it; ``at`` is when it was signed, ``created`` when it happened, 0
    for now."""
    event = {
        "id": f"evt_{kind}_{about['id']}",
        "object": "event",
        "type": kind,
        "created": created or int(time.time()),
        "data": {"object": dict(about)},
    }
    if account:
        event["account"] = account
    body, stamp = json.dumps(event), int(at or time.time())
    made = stripe.WebhookSignature._compute_signature(f"{stamp}.{body}", secret)
    return {"Stripe-Signature": f"t={stamp},v1={made}"}, body.encode()


def refusal(status: int, code: str) -> Answer:
    kind = code if code == "idempotency_error" else "invalid_request_error"
    return status, {"error": {"type": kind, "code": code, "message": code}}
