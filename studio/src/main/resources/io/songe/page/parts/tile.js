import { html, look, nothing, SongeElement } from "../shell/element.js";
import { api } from "../shell/api.js";
import { jobs } from "../shell/jobs.js";
import { t } from "../shell/language.js";
import { pictures } from "../shell/pictures.js";
import { pictureActs } from "./acts.js";
import { icon } from "./icon.js";
import { openMade } from "./made.js";
import { drawData, living } from "./noise.js";
import { settle } from "./sticker.js";

/**
 * One place in a grid of pictures. `.job` and `.i`: picture i of a job, from noise over previews to the
 * drawing; or `.picture`: the id of one that is in the gallery. It keeps its size from the first moment.
 */
class Tile extends SongeElement {
  static watches = [jobs, pictures];
  static properties = { job: { attribute: false }, i: { attribute: false }, picture: { attribute: false }, quiet: { type: Boolean } };

  #stop = null;
  #drawn = null;
  #sticker = false;
  #arrived = null;
  #shows = "";

  constructor() {
    super();
    this.i = 0;
    this.quiet = false;
  }

  willUpdate() {
    const shows = `${this.job?.id} ${this.i} ${this.picture}`;
    if (shows !== this.#shows) {
      this.#shows = shows;
      this.#drawn = null;
      this.#sticker = false;
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = null;
  }

  get #job() {
    return this.job ? (jobs.get(this.job.id) ?? this.job) : null;
  }

  get #id() {
    return this.picture ?? this.#job?.pictures?.[this.i] ?? null;
  }

  render() {
    const job = this.#job;
    const id = this.#id;
    const made = id ? pictures.get(id) : undefined;
    const phrase = made?.phrase ?? job?.phrase ?? "";
    const live = job && !id ? jobs.live(job.id, this.i) : undefined;
    const width = made?.width ?? job?.width ?? 1;
    const height = made?.height ?? job?.height ?? 1;
    const failed = !id && (job?.state === "failed" || job?.state === "cancelled");
    const state = made ? "done" : failed ? "failed" : live || id ? "busy" : "waiting";
    const previewed = live || (this.#drawn && !failed && this.#arrived !== id);
    const sticker = made ? made.transparent : this.#sticker;
    return html`<figure class="tile ${state} ${sticker ? "sticker" : "full"}"
        ${look({ "aspect-ratio": `${width} / ${height}`, "--colour": made?.transparent ? made.colour : null })}>
      ${made || failed ? nothing : html`<canvas class="noise" aria-hidden="true"></canvas>`}
      ${previewed ? html`<canvas class="preview" aria-hidden="true"></canvas>` : nothing}
      ${made ? html`<button type="button" class="tile-face" aria-label=${t("tile.open", phrase)} @click=${this.#open}>
        <img src=${api.thumbnail(id, 512)} alt=${phrase} width=${width} height=${height} @load=${(event) => this.#arrive(event, id)}>
      </button>` : nothing}
      ${made?.seed !== undefined && made?.seed !== null && !this.quiet ? html`<span class="tag">${t("tile.seed", made.seed)}</span>` : nothing}
      ${made?.favourite ? html`<span class="kept" title=${t("tile.kept")}>${icon("heart")}</span>` : nothing}
      ${failed ? html`<div class="failed-note">${icon(job.state === "failed" ? "circle-alert" : "circle-stop")}<span>${t(`tile.${job.state}`)}</span></div>` : nothing}
      ${live ? html`<span class="ring">${live.step} / ${job.stepsOfEach || job.steps}</span>
        <span class="bar" role="progressbar" aria-label=${t("tile.progress", this.i + 1)} aria-valuemin="0" aria-valuemax=${job.stepsOfEach || job.steps} aria-valuenow=${live.step}
          ${look({ "--part": live.step / (job.stepsOfEach || job.steps || 1) })}></span>` : nothing}
      ${state === "waiting" ? html`<span class="ring wait">${job?.state === "held" ? t("tile.held") : t("tile.waiting")}</span>` : nothing}
      ${made && !this.quiet ? pictureActs(made) : nothing}
    </figure>`;
  }

  /** Until the drawing is wholly there, its last preview stays. */
  async #arrive(event, id) {
    settle(event);
    await Promise.allSettled(event.target.getAnimations().map((each) => each.finished));
    this.#arrived = id;
    this.requestUpdate();
  }

  updated() {
    const noise = this.querySelector("canvas.noise");
    if (noise && !this.#stop) {
      this.#stop = living(noise, seedOf(this.#job, this.i));
    } else if (!noise && this.#stop) {
      this.#stop();
      this.#stop = null;
    }
    this.#preview();
  }

  async #preview() {
    const canvas = this.querySelector("canvas.preview");
    const job = this.#job;
    const preview = canvas && jobs.live(job.id, this.i)?.preview;
    if (!preview || preview === this.#drawn) {
      return;
    }
    this.#drawn = preview;
    this.#sticker = await drawData(canvas, preview).catch(() => false);
    canvas.classList.add("shown");
    this.requestUpdate();
  }

  #open(event) {
    // With a finger the first touch shows what can be done, the second opens.
    if (event.pointerType === "touch" && !this.classList.contains("chosen")) {
      document.querySelectorAll("songe-tile.chosen").forEach((tile) => tile.classList.remove("chosen"));
      this.classList.add("chosen");
      event.currentTarget.focus();
      return;
    }
    openMade(this.#id);
  }
}
customElements.define("songe-tile", Tile);

document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest("songe-tile.chosen, .menu-host, dialog")) {
    document.querySelectorAll("songe-tile.chosen").forEach((tile) => tile.classList.remove("chosen"));
  }
});

function seedOf(job, i) {
  const letters = `${job?.id ?? ""}${i}`;
  return [...letters].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
}

/** Lets arrows move between the tiles of a grid: `<div class="four" @keydown=${arrows}>`. */
export function arrows(event) {
  if (!event.target.matches?.(".tile-face")) {
    return;
  }
  const faces = [...event.currentTarget.querySelectorAll(".tile-face")];
  const at = faces.indexOf(event.target);
  const top = faces[0].getBoundingClientRect().top;
  const across = Math.max(1, faces.filter((face) => Math.abs(face.getBoundingClientRect().top - top) < 4).length);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, ArrowDown: at + across, ArrowUp: at - across, Home: 0, End: faces.length - 1 }[event.key];
  if (to !== undefined && faces[to]) {
    event.preventDefault();
    faces[to].focus();
  }
}
