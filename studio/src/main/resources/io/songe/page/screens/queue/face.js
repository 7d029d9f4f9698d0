import { html, look, SongeElement } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { jobs } from "../../shell/jobs.js";
import { pictures } from "../../shell/pictures.js";
import { settle } from "../../parts/sticker.js";
import { drawData, drawNoise } from "../../parts/noise.js";

/** The small picture of a job: its last drawing, what is being drawn, or noise. */
class JobFace extends SongeElement {
  static watches = [jobs, pictures];
  static properties = { job: { attribute: false } };

  #drawn = null;

  render() {
    const { job } = this;
    const id = job.state === "running" ? null : job.pictures?.at(-1);
    const known = id && pictures.known(id);
    if (id) {
      return html`<span class="face-of-job ${known && !known.transparent ? "full" : "sticker"}" ${look({ "--colour": known?.colour })}>
        <img src=${api.thumbnail(id, 128)} alt="" width="64" height="64" loading="lazy" @load=${settle}></span>`;
    }
    return html`<span class="face-of-job ${job.state}"><canvas></canvas></span>`;
  }

  updated() {
    const canvas = this.querySelector("canvas");
    if (!canvas) {
      return;
    }
    const preview = jobs.live(this.job.id, this.job.image)?.preview;
    if (preview && preview !== this.#drawn) {
      this.#drawn = preview;
      drawData(canvas, preview).catch(() => {});
    } else if (!preview && this.#drawn !== "noise") {
      this.#drawn = "noise";
      drawNoise(canvas, parseInt(this.job.id.slice(-6), 36) || 1, 24);
    }
  }
}
customElements.define("songe-job-face", JobFace);
