"""A Stripe without a line: the library's requests are answered in the process, quickly.

``tests.stripe_server`` with what ``localstripe`` does there written once more in little, and with
what it does not have: sessions that end with time, refunds under way, disputes, and a post that
keeps all that was ever written, so that it may come late, again and in disorder.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import Any

import stripe

from comptoir.common import clock
from tests.stripe_server import (
    CARD_WITH_3DS,
    DECLINED_CARD,
    KEY,
    Answer,
    StripeServer,
    refusal,
)

STANDING = {"succeeded", "pending"}  # the money of such a refund is not on the account
TAKEN_BACK = {"needs_response", "under_review", "lost"}


@dataclass
class Letter:
    """An event as it was when it happened; ``created`` in seconds, each later than the last."""

    kind: str
    about: dict[str, Any]
    account: str
    created: int
    taken_in: bool = False


@dataclass
class StripeInProcess(StripeServer):
    """``deaf``: what changes something is done, and its answer lost; ``refunds_begin``: the status
    that each has at first."""

    behind: str = ""
    url: str = "https://stripe.test"
    deaf: bool = False
    refunds_begin: Iterator[str] = field(default_factory=lambda: repeat("succeeded"))
    intents: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)
    disputes: dict[str, dict[str, Any]] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)

    def client(self) -> stripe.StripeClient:
        """The library, with this for all of Stripe."""
        return stripe.StripeClient(
            KEY, http_client=NoLine(self), max_network_retries=0, base_addresses={"api": self.url}
        )

    def write(self, kind: str, about: Mapping[str, Any], account: str) -> None:
        now = int(clock.now().timestamp())
        created = max(now, self.letters[-1].created + 1) if self.letters else now
        self.letters.append(Letter(kind, dict(about), account, created))

    # What time and banks do.

    def tick(self) -> None:
        """Sessions whose time is over end, with what was under way in them."""
        for session in self.sessions.values():
            if session["status"] == "open" and session["expires_at"] <= clock.now().timestamp():
                self._end(session)

    def forget_keys(self) -> None:
        """As Stripe does after a day."""
        self.answered.clear()

    def decide(self, refund_id: str, status: str) -> None:
        """The buyer's bank takes a refund, or sends it back."""
        refund = self.refunds[refund_id]
        refund["status"] = status
        refund["failure_reason"] = "lost_or_stolen_card" if status == "failed" else None
        kind = "refund.failed" if status == "failed" else "refund.updated"
        self.write(kind, refund, self._account_of(refund["payment_intent"]))

    def refund_at_desk(self, intent_id: str, amount: int) -> None:
        """The shop gives money back in Stripe's own dashboard."""
        given = {"payment_intent": intent_id, "amount": str(amount)}
        self._send("POST", "/v1/refunds", given)

    def dispute(self, intent_id: str, status: str) -> None:
        """The buyer's bank opens one, or it moves."""
        intent, kind = self.intents[intent_id], "charge.dispute.updated"
        if intent_id not in self.disputes:
            kind = "charge.dispute.created"
            self.disputes[intent_id] = {
                "id": f"dp_{intent_id}",
                "payment_intent": intent_id,
                "amount": intent["amount"],
                "currency": intent["currency"],
                "reason": "fraudulent",
            }
        self.disputes[intent_id]["status"] = status
        self.write(kind, self.disputes[intent_id], self._account_of(intent_id))

    def left(self, intent_id: str) -> int:
        """What can still be given back."""
        standing = [one for one in self.refunds.values() if one["status"] in STANDING]
        given = sum(int(one["amount"]) for one in standing if one["payment_intent"] == intent_id)
        return int(self.intents[intent_id]["amount"]) - given

    def _account_of(self, intent_id: str) -> str:
        sessions = self.sessions.values()
        return str(next(s["account"] for s in sessions if s["payment_intent"] == intent_id))

    # What happens to sessions.

    def answer(self, method: str, path: str, body: str, headers: Mapping[str, str]) -> Answer:
        self.tick()
        return super().answer(method, path, body, headers)

    def _close_session(self, name: str, account: str) -> Answer:
        status, answer = super()._close_session(name, account)
        if status == 200:
            self._end(self.sessions[name])
        return status, answer

    def _end(self, session: dict[str, Any]) -> None:
        session["status"] = "expired"
        if session["payment_intent"]:
            self.intents[session["payment_intent"]]["status"] = "canceled"
        self.write("checkout.session.expired", session, session["account"])

    def _look(self, session: dict[str, Any]) -> str:
        status = super()._look(session)
        if status == "succeeded":
            intent = self._intent(session["payment_intent"])
            self.write("payment_intent.succeeded", intent, session["account"])
            self.write("checkout.session.completed", session, session["account"])
        return status

    # In place of localstripe.

    def _send(self, method: str, path: str, given: Mapping[str, str] | None = None) -> Answer:
        what, _slash, rest = path.removeprefix("/v1/").partition("?")[0].partition("/")
        given = given or {}
        if what == "payment_methods":
            return 200, {"id": given["card[number]"]}
        if what == "refunds" and method == "POST":
            return self._refund(given)
        if what == "refunds":
            intent_id = path.partition("payment_intent=")[2].partition("&")[0]
            found = [o for o in self.refunds.values() if o["payment_intent"] == intent_id]
            return 200, {"object": "list", "data": found, "has_more": False, "url": "/v1/refunds"}
        if not rest:
            return self._charge(given)
        return self._of_intent(self.intents[rest.partition("/")[0]], rest, given)

    def _charge(self, given: Mapping[str, str]) -> Answer:
        if given["payment_method"] == DECLINED_CARD:
            return refusal(402, "card_declined")
        asks = given["payment_method"] == CARD_WITH_3DS
        name = f"pi_{len(self.intents)}"
        self.intents[name] = {
            "id": name,
            "object": "payment_intent",
            "amount": int(given["amount"]),
            "currency": given["currency"],
            "status": "requires_action" if asks else "succeeded",
            "client_secret": f"{name}_secret",
            "metadata": {"payment_key": given["metadata[payment_key]"]},
        }
        return 200, dict(self.intents[name])

    def _of_intent(self, intent: dict[str, Any], path: str, given: Mapping[str, str]) -> Answer:
        if path.endswith("_authenticate"):
            good = given["success"] == "true"
            intent["status"] = "succeeded" if good else "requires_payment_method"
        return 200, dict(intent)

    def _refund(self, given: Mapping[str, str]) -> Answer:
        intent_id, amount = given["payment_intent"], int(given["amount"])
        if self.disputes.get(intent_id, {}).get("status") in TAKEN_BACK:
            return refusal(400, "charge_disputed")
        if amount > self.left(intent_id):
            return refusal(400, "charge_already_refunded")
        key, name = given.get("metadata[refund_key]"), f"re_{len(self.refunds)}"
        status = next(self.refunds_begin)
        self.refunds[name] = {
            "id": name,
            "object": "refund",
            "payment_intent": intent_id,
            "amount": amount,
            "currency": self.intents[intent_id]["currency"],
            "metadata": {"refund_key": key} if key else {},
            "status": status,
            "failure_reason": "expired_or_canceled_card" if status == "failed" else None,
        }
        kind = "refund.failed" if status == "failed" else "refund.created"
        self.write(kind, self.refunds[name], self._account_of(intent_id))
        return 200, dict(self.refunds[name])


class NoLine(stripe.HTTPClient):
    """The library's way to it; nothing is waited for, and nothing tried again."""

    name = "in process"

    def __init__(self, there: StripeInProcess) -> None:
        super().__init__()
        self.there = there

    def request(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str] | None,
        post_data: Any = None,
        **_more: Any,
    ) -> tuple[str, int, Mapping[str, str]]:
        if self.there.down:
            raise stripe.APIConnectionError("nothing is heard", should_retry=False)  # type: ignore[no-untyped-call]
        path = url.removeprefix(self.there.url)
        status, answer = self.there.answer(method.upper(), path, post_data or "", headers or {})
        if self.there.deaf and method.upper() == "POST":
            raise stripe.APIConnectionError("nothing is heard", should_retry=False)  # type: ignore[no-untyped-call]
        return json.dumps(answer), status, {}

    def close(self) -> None:
        pass
