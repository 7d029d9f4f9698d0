import { keep, kept, Store } from "./store.js";

const PAPER = { light: "#faf8f3", dark: "#12101b" };

/** Light or dark. What was chosen here is kept; until then the system decides, also while the page is open. */
export const theme = new (class extends Store {
  constructor() {
    super();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (system) => {
      if (!this.#chosen()) {
        this.#show(system.matches ? "dark" : "light");
      }
    });
    this.#show(this.current);
  }

  get current() {
    return document.documentElement.dataset.theme;
  }

  turn() {
    const next = this.current === "dark" ? "light" : "dark";
    keep("theme", next);
    this.#show(next);
  }

  #chosen() {
    return kept("theme", null);
  }

  #show(name) {
    document.documentElement.dataset.theme = name;
    document.querySelector('meta[name="theme-color"]').content = PAPER[name];
    this.changed();
  }
})();
