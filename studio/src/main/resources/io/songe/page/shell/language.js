import { keep, kept, Store } from "./store.js";

const SPOKEN = ["en", "fr"];

/** The language of the page: the one chosen here before, else the browser's, else English. */
export const language = new (class extends Store {
  code = "en";
  messages = {};

  async speak(code, remember = true) {
    this.messages = (await import(`../messages/${code}.js`)).default;
    this.code = code;
    document.documentElement.lang = code;
    if (remember) {
      keep("language", code);
    }
    this.changed();
  }

  other() {
    return SPOKEN.find((code) => code !== this.code);
  }

  first() {
    const chosen = kept("language", null);
    const wanted = [chosen, ...navigator.languages].filter(Boolean).map((tag) => tag.slice(0, 2).toLowerCase());
    return wanted.find((code) => SPOKEN.includes(code)) ?? "en";
  }
})();

/** {@return the text of this key ("queue.title"); messages that need arguments are functions of them} */
export function t(key, ...args) {
  const message = key.split(".").reduce((from, part) => from?.[part], language.messages);
  if (message === undefined) {
    console.error(`no message ${key} in ${language.code}`);
    return key;
  }
  return typeof message === "function" ? message(...args) : message;
}

/** {@return whether there is such a message} */
export function has(key) {
  return key.split(".").reduce((from, part) => from?.[part], language.messages) !== undefined;
}

/** {@return a number as this language writes it} */
export function number(value, options = {}) {
  return new Intl.NumberFormat(language.code, options).format(value);
}

/** {@return a size on disk: 53.5 MB} */
export function bytes(count) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  const power = count < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(count) / 3));
  return number(count / 1000 ** power, { style: "unit", unit: units[power], unitDisplay: "short", maximumFractionDigits: count / 1000 ** power < 100 ? 1 : 0 });
}

/** {@return a length of time in words short enough for a line: "2 s", "3 min"} */
export function duration(seconds) {
  if (seconds < 90) {
    return `${number(Math.max(1, Math.round(seconds)))} s`;
  }
  if (seconds < 5400) {
    return `${number(Math.round(seconds / 60))} min`;
  }
  return `${number(seconds / 3600, { maximumFractionDigits: 1 })} h`;
}

/** {@return how long ago, in words: "3 minutes ago", "hier"} */
export function ago(instant) {
  const seconds = (new Date(instant) - Date.now()) / 1000;
  const format = new Intl.RelativeTimeFormat(language.code, { numeric: "auto" });
  const [unit, size] = [["day", 86400], ["hour", 3600], ["minute", 60]].find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return unit === "second" ? format.format(0, "second") : format.format(Math.round(seconds / size), unit);
}

/** {@return a day and an hour} */
export function moment(instant) {
  return new Intl.DateTimeFormat(language.code, { dateStyle: "long", timeStyle: "short" }).format(new Date(instant));
}
