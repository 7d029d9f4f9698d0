import { html, nothing, SongeElement } from "../shell/element.js";
import { api } from "../shell/api.js";
import { jobs } from "../shell/jobs.js";
import { drawData, living } from "./noise.js";

/** {@return where picture i of a job lies that is not kept in the gallery} */
export function draftUrl(job, i) {
  return api.url(`/jobs/${job}/pictures/${i}`);
}

/** A picture that is tried out, from noise to the drawing, without anything around it: `.job` (its id), `.i`, `.words`. */
class Draft extends SongeElement {
  static watches = [jobs];
  static properties = { job: { attribute: false }, i: { attribute: false }, words: { attribute: false } };

  #stop = null;
  #drawn = null;

  get #state() {
    const job = jobs.get(this.job);
    if ((job?.pictures?.length ?? 0) > this.i) {
      return "done";
    }
    if (job?.state === "failed" || job?.state === "cancelled") {
      return "failed";
    }
    return jobs.live(this.job, this.i)?.preview ? "busy" : "waiting";
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  render() {
    const state = this.#state;
    return html`<span class="draft ${state}">
      ${state === "done" ? html`<img src=${draftUrl(this.job, this.i)} alt=${this.words ?? ""} decoding="async">` : nothing}
      ${state === "waiting" ? html`<canvas class="noise" aria-hidden="true"></canvas>` : nothing}
      ${state === "busy" ? html`<canvas class="preview" aria-hidden="true"></canvas>` : nothing}
    </span>`;
  }

  updated() {
    const noise = this.querySelector("canvas.noise");
    if (noise && !this.#stop) {
      this.#stop = living(noise, 1 + this.i);
    } else if (!noise) {
      this.#stop?.();
      this.#stop = null;
    }
    const canvas = this.querySelector("canvas.preview");
    const preview = jobs.live(this.job, this.i)?.preview;
    if (canvas && preview && (preview !== this.#drawn || canvas.dataset.drawn === undefined)) {
      this.#drawn = preview;
      canvas.dataset.drawn = "";
      drawData(canvas, preview).catch(() => {});
    }
  }
}
customElements.define("songe-draft", Draft);
