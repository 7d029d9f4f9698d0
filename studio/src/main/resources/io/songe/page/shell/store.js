/** Something that changes and says so: listeners get "change". */
export class Store extends EventTarget {
  changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** {@return what the browser kept under this name, else the fallback} */
export function kept(name, fallback) {
  try {
    const text = localStorage.getItem(`songe.${name}`);
    return text === null ? fallback : JSON.parse(text);
  } catch {
    return fallback;
  }
}

/** Keeps a value in this browser; a browser that keeps nothing only forgets. */
export function keep(name, value) {
  try {
    if (value === null || value === undefined) {
      localStorage.removeItem(`songe.${name}`);
    } else {
      localStorage.setItem(`songe.${name}`, JSON.stringify(value));
    }
  } catch {
    // A private window: what was typed lives as long as the page.
  }
}
