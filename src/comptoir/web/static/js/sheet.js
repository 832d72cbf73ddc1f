// <page-sheet>: links (and GET forms) with data-sheet open over the page. The address changes with it, so Back
// closes the sheet and a reload shows the page of its own.
class PageSheet extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.body = this.querySelector(".sheet-body");
    document.addEventListener("click", (event) => this.clicked(event));
    document.addEventListener("submit", (event) => this.submitted(event));
    this.dialog.addEventListener("close", () => this.closed());
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
    this.body.addEventListener("htmx:afterSwap", (event) => {
      if (event.target === this.body) this.settled();
    });
    // A page that the sheet leads to takes the sheet's own place: Back returns to what lies under.
    document.addEventListener("htmx:beforeHistoryUpdate", (event) => {
      if (this.dialog.open) event.detail.history.type = "replace";
    });
    addEventListener("popstate", () => {
      if (this.dialog.open) this.dialog.close();
    });
  }

  clicked(event) {
    const link = event.target.closest?.("a[data-sheet]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    this.open(link.href);
  }

  submitted(event) {
    const form = event.target;
    if (!form.matches("form[data-sheet]") || event.defaultPrevented) return;
    event.preventDefault();
    this.open(`${form.action}?${new URLSearchParams(new FormData(form))}`);
  }

  async open(address) {
    if (!this.dialog.open) this.under = location.href;
    this.body.replaceChildren();
    this.body.classList.add("is-waiting");
    if (!this.dialog.open) {
      this.dialog.showModal();
      history.pushState({ sheet: true }, "", address);
    }
    try {
      await htmx.ajax("GET", address, { target: this.body, swap: "innerHTML" });
    } catch {
      this.dialog.close();
      document.dispatchEvent(new CustomEvent("say", { detail: { text: this.dataset.failed, bad: true } }));
    }
  }

  settled() {
    this.body.classList.remove("is-waiting");
    const first = this.body.querySelector("[aria-invalid=true]") ?? this.body.querySelector("[autofocus]");
    if (!first) this.dialog.scrollTop = 0;
    (first ?? this.body.querySelector(".sheet-title"))?.focus();
  }

  closed() {
    if (location.href !== this.under) history.back();
    document.body.append(document.querySelector("toast-stack"));
    this.body.replaceChildren();
  }
}

customElements.define("page-sheet", PageSheet);
