// <live-list data-ask="/for-you">: asks again, and when the answer is another one, brings its
// <endless-list> to the new order in place: rows that stay are moved, not made anew, so that what
// one reads, has opened or holds the focus on stays where it was on the screen. It asks often at
// first and after each touch, and more and more seldom for a page that nobody touches.
const SOON = 1000;
const LATE = 20000;
const SLOWER = 1.2;
const TOUCHES = ["pointerdown", "keydown", "scroll", "visibilitychange"];

class LiveList extends HTMLElement {
  connectedCallback() {
    if (!this.dataset.ask) return;
    this.pause = SOON;
    this.touched = () => this.wake();
    for (const touch of TOUCHES) document.addEventListener(touch, this.touched, { passive: true });
    this.plan();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const touch of TOUCHES) document.removeEventListener(touch, this.touched);
  }

  wake() {
    const waited = this.pause > 2 * SOON;
    this.pause = SOON;
    if (waited) this.plan();
  }

  plan() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), this.pause);
  }

  async ask() {
    if (!document.hidden) {
      try {
        await this.look();
      } catch {
        this.pause = LATE; // Offline, or too often: later is soon enough.
      }
    }
    this.pause = Math.min(this.pause * SLOWER, LATE);
    if (this.isConnected) this.plan();
  }

  async look() {
    const headers = { "HX-Request": "true" };
    if (this.known) headers["Live-Known"] = this.known;
    const answer = await fetch(this.dataset.ask, { headers });
    if (answer.status === 204) return;
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    this.known = answer.headers.get("Live-Digest");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = this.querySelector("endless-list");
    const rows = list?.querySelector("[data-rows]");
    const fresh = page.getElementById(list?.id)?.querySelector("[data-rows]");
    if (rows && fresh && this.bring(rows, [...fresh.children])) this.tell();
  }

  // True when anything changed place, came or went.
  bring(rows, fresh) {
    const before = [...rows.children].map((row) => row.id);
    const first = before.slice(0, fresh.length);
    const order = fresh.map((row) => row.id);
    const anchor = this.anchor(rows);
    const top = anchor?.getBoundingClientRect().top;
    const there = new Map([...rows.children].map((row) => [row.id, row]));
    const kept = fresh.map((row) => this.row(there.get(row.id), row));
    for (const id of first) if (!order.includes(id)) there.get(id).remove();
    kept.forEach((row, place) => {
      if (rows.children[place] !== row) rows.insertBefore(row, rows.children[place] ?? null);
    });
    for (const row of kept) if (!there.has(row.id)) window.htmx?.process(row);
    if (anchor?.isConnected && scrollY > 0) scrollBy(0, anchor.getBoundingClientRect().top - top);
    return order.some((id, place) => id !== first[place]);
  }

  // The row that stands: its new reason is put in, unless one has it open or is in it.
  row(old, fresh) {
    if (!old) return fresh;
    const [mine, theirs] = [old.querySelector(".reason"), fresh.querySelector(".reason")];
    if (!mine?.open && !mine?.contains(document.activeElement)) {
      if (mine && theirs && mine.textContent !== theirs.textContent) mine.replaceWith(theirs);
      else if (theirs && !mine) old.querySelector(".card-offer")?.after(theirs);
      else if (mine && !theirs) mine.remove();
    }
    return old;
  }

  // What one looks at: the row with the focus, else the first that is seen whole.
  anchor(rows) {
    const held = document.activeElement?.closest("[data-rows] > *");
    if (held && rows.contains(held)) return held;
    return [...rows.children].find((row) => row.getBoundingClientRect().top >= 0);
  }

  tell() {
    this.said ??= this.appendChild(Object.assign(document.createElement("p"), { className: "only-read" }));
    this.said.setAttribute("role", "status");
    this.said.textContent = "";
    requestAnimationFrame(() => (this.said.textContent = this.dataset.says ?? ""));
  }
}

customElements.define("live-list", LiveList);
