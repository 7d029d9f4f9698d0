import { Store } from "./store.js";

/** Where the visitor is: "#/edit?picture=a1b2" is { screen: "edit", query: { picture: "a1b2" } }. */
export const route = new (class extends Store {
  constructor() {
    super();
    addEventListener("hashchange", () => this.changed());
  }

  get screen() {
    return location.hash.replace(/^#\/?/, "").split("?")[0] || "imagine";
  }

  get query() {
    return Object.fromEntries(new URLSearchParams(location.hash.split("?")[1] ?? ""));
  }

  /** {@return the address of a screen} */
  to(screen, query = {}) {
    const said = new URLSearchParams(query).toString();
    return `#/${screen}${said ? `?${said}` : ""}`;
  }

  go(screen, query = {}) {
    location.hash = this.to(screen, query);
  }
})();
