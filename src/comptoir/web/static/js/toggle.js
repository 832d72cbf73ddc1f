// <act-toggle>: an act that is on or off flips at once, and flips back with a word if it failed.
// Its button belongs to the page's "acts" form, and works without this file.
class ActToggle extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      if (!this.busy) this.act(button);
    });
  }

  async act(button) {
    const turnOn = button.value === "1";
    this.busy = true;
    this.flip(button, turnOn);
    const refused = await this.send(button, turnOn);
    this.busy = false;
    if (refused === null) {
      this.dispatchEvent(new CustomEvent("acted", { bubbles: true, detail: { on: turnOn } }));
    } else {
      this.flip(button, !turnOn);
      this.tell({ text: refused || undefined, bad: true });
    }
  }

  // null when done; else what the server said, '' when it said nothing.
  async send(button, turnOn) {
    const body = new URLSearchParams(new FormData(button.form));
    body.set("on", turnOn ? "1" : "0");
    try {
      const answer = await fetch(button.getAttribute("formaction"), {
        method: "POST",
        body,
        headers: { "HX-Request": "true", "HX-Current-URL": location.href },
      });
      const elsewhere = answer.headers.get("HX-Redirect");
      if (elsewhere) location.assign(elsewhere);
      if (answer.ok || elsewhere) return null;
      if (![409, 422, 429].includes(answer.status)) return "";
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.body.textContent.trim();
    } catch {
      return document.querySelector("toast-stack")?.dataset.offline ?? "";
    }
  }

  flip(button, on) {
    const word = button.querySelector(".toggle-word");
    const count = button.querySelector(".toggle-count");
    button.classList.toggle("is-on", on);
    button.classList.toggle("is-new", on);
    button.value = on ? "0" : "1";
    word.textContent = on ? button.dataset.wordOn : button.dataset.word;
    if (button.title) button.title = word.textContent;
    if (count) {
      const total = Number(count.dataset.count) + (on ? 1 : -1);
      count.dataset.count = total;
      count.textContent = total > 0 ? new Intl.NumberFormat(document.documentElement.lang).format(total) : "";
    }
  }

  tell(detail) {
    document.dispatchEvent(new CustomEvent("say", { detail }));
  }
}

customElements.define("act-toggle", ActToggle);
