// <endless-list>: the link to the next page is followed when it comes near, and its rows are added
// here. What was loaded is put by when leaving, so that Back finds the same place.
const NEAR = "900px";
const MOST_KEPT = 1_500_000;

class EndlessList extends HTMLElement {
  connectedCallback() {
    this.rows = this.querySelector("[data-rows]");
    this.key = `list:${document.body.dataset.me ?? ""}:${location.pathname}${location.search}#${this.id}`;
    const type = performance.getEntriesByType("navigation")[0]?.type;
    if (type === "back_forward") this.restore();
    sessionStorage.removeItem(this.key);
    addEventListener("pagehide", () => this.keep());
    this.watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) this.more();
    }, { rootMargin: NEAR });
    this.watch();
  }

  get link() {
    return this.querySelector("a[rel=next]");
  }

  watch() {
    this.watcher.disconnect();
    if (!this.link) return;
    this.watcher.observe(this.link);
    this.link.addEventListener("click", (event) => {
      event.preventDefault();
      this.more();
    });
  }

  async more() {
    const link = this.link;
    if (!link || link.ariaBusy === "true") return;
    link.ariaBusy = "true";
    try {
      const answer = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById(this.id);
      if (!next) throw new Error("no such list");
      // An order that changed meanwhile may bring what is shown already.
      const fresh = [...next.querySelector("[data-rows]").children]
        .filter((row) => !row.id || !this.querySelector(`#${CSS.escape(row.id)}`));
      this.rows.append(...fresh);
      for (const row of fresh) window.htmx?.process(row);
      const pager = next.querySelector(".pager");
      if (pager) this.querySelector(".pager").replaceWith(pager);
      else this.querySelector(".pager").remove();
      this.grown = true;
      this.watch();
    } catch {
      link.ariaBusy = "false";
      this.watcher.disconnect();
      document.dispatchEvent(new CustomEvent("say", { detail: { text: this.dataset.failed, bad: true } }));
    }
  }

  keep() {
    if (!this.grown || this.innerHTML.length > MOST_KEPT) return;
    try {
      sessionStorage.setItem(this.key, JSON.stringify({ html: this.innerHTML, y: scrollY }));
    } catch {
      // Full: the list starts from its beginning when one comes back.
    }
  }

  restore() {
    const kept = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!kept) return;
    this.innerHTML = kept.html;
    this.rows = this.querySelector("[data-rows]");
    this.grown = true;
    window.htmx?.process(this);
    requestAnimationFrame(() => scrollTo(0, kept.y));
  }
}

customElements.define("endless-list", EndlessList);
