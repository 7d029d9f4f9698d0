import { jobs } from "./jobs.js";
import { models } from "./models.js";
import { route } from "./route.js";
import { keep, kept, Store } from "./store.js";

/**
 * What lies on the desk: the phrase being written, the settings, and the jobs whose pictures are
 * shown. It outlives the page. Events: "change", and "drawing" when something is ordered.
 */
export const desk = new (class extends Store {
  #phrase = kept("phrase", "");
  #settings = kept("settings", {});
  /** What is shown: ids of jobs, or { phrase, pictures } of the gallery; empty before anything was drawn. */
  shown = kept("shown", []);
  /** The places of an order that the server has not taken yet, so that they are there at once; else null. */
  coming = null;

  get phrase() {
    return this.#phrase;
  }

  set phrase(phrase) {
    this.#phrase = phrase;
    keep("phrase", phrase);
    this.changed();
  }

  /** What differs from the model's own way: style, width, height, steps, guidance, sampler, seed, count, negative, model, background. */
  get settings() {
    return this.#settings;
  }

  /** Changes settings; undefined gives one back to the model. */
  set(changes) {
    const settings = { ...this.#settings, ...changes };
    this.#settings = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined && value !== ""));
    keep("settings", this.#settings);
    this.changed();
  }

  /** Orders a wish and shows what comes of it, on the first screen. {@return the job} */
  async draw(wish) {
    const usual = models.get(wish.model) ?? models.usual;
    this.coming = {
      id: "coming",
      state: "queued",
      pictures: [],
      ...wish,
      phrase: wish.phrase.replace(/\s+--.*$/s, ""),
      count: wish.count ?? 1,
      width: wish.width ?? usual?.side,
      height: wish.height ?? usual?.side,
      steps: wish.steps ?? usual?.steps,
    };
    this.changed();
    this.dispatchEvent(new Event("drawing"));
    if (route.screen !== "imagine") {
      route.go("imagine");
    }
    try {
      const job = await jobs.order(wish);
      this.coming = null;
      this.show([job.id, ...(job.more ?? [])]);
      return job;
    } finally {
      this.coming = null;
      this.changed();
    }
  }

  /** Shows the pictures of these jobs. */
  show(ids) {
    this.shown = ids;
    keep("shown", ids);
    this.changed();
  }
})();
