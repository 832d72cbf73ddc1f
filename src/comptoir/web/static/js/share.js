// <share-link>: the link inside is shared by the phone's own sheet, or copied.
class ShareLink extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.share(link);
    });
  }

  async share(link) {
    const stack = document.querySelector("toast-stack");
    try {
      if (navigator.share && matchMedia("(pointer: coarse)").matches) {
        await navigator.share({ url: link.href, title: this.dataset.title ?? document.title });
        return;
      }
      await navigator.clipboard.writeText(link.href);
      document.dispatchEvent(new CustomEvent("say", { detail: { text: stack?.dataset.copied } }));
    } catch (error) {
      if (error.name !== "AbortError") location.assign(link.href);
    }
  }
}

customElements.define("share-link", ShareLink);
