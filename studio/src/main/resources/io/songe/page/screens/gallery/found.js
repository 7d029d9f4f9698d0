import { api } from "../../shell/api.js";
import { pictures } from "../../shell/pictures.js";
import { Store } from "../../shell/store.js";

const PAGE = 60;
const WEEK = 7 * 24 * 3600 * 1000;

/** What is looked for, and what of it has come: `found.at(i)` answers with what is there and asks for the rest, a page at a time. */
export const found = new (class extends Store {
  words = "";
  /** favourite, edited, week, trashed: true; model, style, sampler, shape, collection: a value; stars: at least so many. */
  filters = {};
  total = null;
  milliseconds = 0;
  facets = {};
  failure = null;
  #pages = new Map();
  #search = 0;

  /** {@return the i-th picture of those found, undefined until it has come} */
  at(i) {
    const page = Math.floor(i / PAGE);
    const there = this.#pages.get(page);
    if (!there) {
      this.#fetch(page);
      return undefined;
    }
    return there[i % PAGE];
  }

  /** Looks for other words. */
  say(words) {
    this.words = words;
    this.again();
  }

  /** Changes filters; undefined takes one away. */
  filter(changes) {
    this.filters = Object.fromEntries(Object.entries({ ...this.filters, ...changes }).filter(([, value]) => value !== undefined && value !== false));
    this.again();
  }

  /** Shows all that is not in the trash. */
  clear() {
    this.filters = {};
    this.again();
  }

  get narrowed() {
    return this.words.trim() !== "" || Object.keys(this.filters).length > 0;
  }

  /** Asks anew; what is shown stays until the answer comes. */
  again() {
    this.#search += 1;
    this.#fetch(0, true);
  }

  async #fetch(page, anew = false) {
    const search = this.#search;
    if (!anew) {
      this.#pages.set(page, []);
    }
    try {
      const answer = await api.get(`/pictures?${this.#query(page)}`);
      if (search !== this.#search) {
        return; // something else is looked for by now
      }
      if (anew) {
        this.#pages.clear();
      }
      this.#pages.set(page, answer.pictures.map(({ id }) => id));
      this.total = answer.total;
      if (page === 0) {
        this.milliseconds = answer.milliseconds;
        this.facets = answer.facets;
      }
      this.failure = null;
      pictures.take(answer.pictures);
    } catch (failure) {
      this.#pages.delete(page);
      this.failure = failure;
    }
    this.changed();
  }

  #query(page) {
    const { week, ...rest } = this.filters;
    const query = new URLSearchParams({ offset: page * PAGE, most: PAGE });
    if (this.words.trim()) {
      query.set("q", this.words.trim());
    }
    Object.entries(rest).forEach(([name, value]) => query.set(name, String(value)));
    if (week) {
      query.set("since", new Date(Date.now() - WEEK).toISOString().slice(0, 10));
    }
    return query;
  }
})();
