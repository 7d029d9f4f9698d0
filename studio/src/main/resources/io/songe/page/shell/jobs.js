import { api } from "./api.js";
import { Store } from "./store.js";

const LISTED = 200;
const WAITING = ["queued", "held"];
const OVER = ["finished", "failed", "cancelled"];

/**
 * All jobs of this user, as the server tells them: `jobs.get(id)`, `jobs.waiting`, `jobs.running`.
 * A job has what the interface documents, and `live`: for each of its pictures that is being drawn
 * `{ step, preview }`. Events: "change" (anything), "ended" and "picture" (detail: what the server said).
 */
export const jobs = new (class extends Store {
  #jobs = new Map();
  #live = new Map();
  #source = null;
  #patience = 1000;
  #pending = false;
  paused = false;
  /** Whether the server is there; null before the first answer. */
  connected = null;
  /** Whether the list of jobs has come. */
  loaded = false;

  constructor() {
    super();
    // A page that the browser sets aside would keep one of the few connections that it has for us.
    addEventListener("pagehide", () => this.#source?.close());
    addEventListener("pageshow", (event) => event.persisted && this.connect());
  }

  /** Opens the stream of events and keeps it open. */
  connect() {
    this.#source?.close();
    const source = new EventSource(api.url("/events"));
    this.#source = source;
    source.onopen = () => {
      this.#patience = 1000;
      this.#reach(true);
      this.refresh();
    };
    source.onerror = () => {
      this.#reach(false);
      if (source.readyState === EventSource.CLOSED) {
        // The browser gives up when the answer is an error; a studio that is being started again gives one.
        setTimeout(() => this.connect(), this.#patience);
        this.#patience = Math.min(this.#patience * 2, 15000);
      }
    };
    const on = (name, act) => source.addEventListener(name, (event) => {
      act(JSON.parse(event.data));
      this.#changedSoon();
    });
    on("job", (job) => this.#take(job));
    on("step", (step) => this.#step(step));
    on("picture", (found) => {
      this.#take(found.job);
      this.dispatchEvent(new CustomEvent("picture", { detail: found }));
    });
    on("ended", (job) => {
      this.#take(job);
      this.dispatchEvent(new CustomEvent("ended", { detail: job }));
    });
    on("queue", (queue) => (this.paused = queue.paused));
  }

  /** Asks for the whole list. */
  async refresh() {
    try {
      const answer = await api.get(`/jobs?most=${LISTED}`);
      this.paused = answer.paused;
      const fresh = new Set(answer.jobs.map((job) => job.id));
      for (const [id, job] of this.#jobs) {
        if (!fresh.has(id) && !OVER.includes(job.state) && answer.jobs.length < LISTED) {
          this.#jobs.delete(id);
        }
      }
      answer.jobs.forEach((job) => this.#take(job));
      this.loaded = true;
      this.#reach(true);
    } catch (failure) {
      if (failure.code === "gone") {
        this.#reach(false);
      }
    }
    this.changed();
  }

  get(id) {
    return this.#jobs.get(id);
  }

  /** {@return what is known of picture number i of a job while it is drawn: { step, preview }, or undefined} */
  live(id, i) {
    return this.#live.get(id)?.[i];
  }

  /** {@return every job known, newest first} */
  get all() {
    return [...this.#jobs.values()].sort((a, b) => (a.submitted < b.submitted ? 1 : -1));
  }

  get running() {
    return this.all.filter((job) => job.state === "running");
  }

  /** {@return what waits or is held, in the order in which it will be drawn} */
  get waiting() {
    return this.all.filter((job) => WAITING.includes(job.state)).sort((a, b) => (a.position ?? 1e9) - (b.position ?? 1e9));
  }

  get over() {
    return this.all.filter((job) => OVER.includes(job.state));
  }

  /** Orders pictures. {@return the first job, as accepted} */
  async order(wish) {
    const job = await api.post("/jobs", wish);
    this.#take(job);
    this.changed();
    if (job.more?.length) {
      await this.refresh();
    }
    return job;
  }

  /** Asks for one job, which may be older than those of the list. */
  async load(id) {
    this.#take(await api.get(`/jobs/${id}`));
    this.changed();
  }

  /** Does something to a job: "cancel", "retry", "hold", "release". */
  async act(id, what) {
    const job = await api.post(`/jobs/${id}/${what}`);
    this.#take(job);
    this.changed();
    return job;
  }

  /** Moves a job before another, or to the end (null). */
  async move(id, before) {
    await api.post(`/jobs/${id}/move`, { before });
    await this.refresh();
  }

  async pause(paused) {
    this.paused = (await api.post(paused ? "/queue/pause" : "/queue/resume")).paused;
    this.changed();
  }

  /** A thousand jobs can be told of at once; the page is drawn once for all that came since it last was. */
  #changedSoon() {
    if (!this.#pending) {
      this.#pending = true;
      requestAnimationFrame(() => {
        this.#pending = false;
        this.changed();
      });
    }
  }

  #take(job) {
    this.#jobs.set(job.id, { ...this.#jobs.get(job.id), ...job });
    if (OVER.includes(job.state)) {
      this.#live.delete(job.id);
    }
  }

  #step({ id, image, step, stepsOfEach, timeLeft, frames, preview }) {
    const job = this.#jobs.get(id);
    if (!job) {
      this.refresh();
      return;
    }
    Object.assign(job, { image, step, stepsOfEach, timeLeft, frames });
    if (job.state !== "finished") {
      job.state = "running";
    }
    const live = this.#live.get(id) ?? [];
    live[image] = { step, preview: preview ?? live[image]?.preview ?? null };
    this.#live.set(id, live);
  }

  #reach(connected) {
    if (this.connected !== connected) {
      this.connected = connected;
      this.changed();
    }
  }
})();
