import { html, nothing, ref, SongeElement } from "../shell/element.js";
import { api } from "../shell/api.js";
import { jobs } from "../shell/jobs.js";
import { number, t } from "../shell/language.js";
import { pictures } from "../shell/pictures.js";
import { route } from "../shell/route.js";
import { keep, kept } from "../shell/store.js";
import { wishAgain } from "../parts/acts.js";
import "../parts/draft.js";
import { go, pill, slider } from "../parts/controls.js";
import { drawNoise } from "../parts/noise.js";
import { settle } from "../parts/sticker.js";
import { complain } from "../parts/toast.js";
import { CHAPTERS } from "./learn/chapters.js";

export const tag = "songe-learn";


/** How a picture comes out of noise, told on the visitor's own last picture. */
class Learn extends SongeElement {
  static watches = [jobs, pictures];

  /** The picture that the story is told on, and the jobs drawn for its chapters. */
  #told = kept("learn", null);
  #frame = null;
  #nothing = false;

  async connectedCallback() {
    super.connectedCallback();
    try {
      const latest = await api.get("/pictures?most=1");
      const [picture] = latest.pictures;
      this.#nothing = !picture;
      if (picture && picture.id !== this.#told?.picture) {
        pictures.take([picture]);
        this.#tell({ picture: picture.id, jobs: {} });
      }
      await (this.#told && !this.#nothing ? pictures.load(this.#told.picture) : null);
      await this.#load();
    } catch (failure) {
      complain(failure);
    }
    this.requestUpdate();
  }

  #tell(told) {
    this.#told = told;
    keep("learn", told);
    this.requestUpdate();
  }

  get #picture() {
    return this.#told && !this.#nothing ? pictures.known(this.#told.picture) : undefined;
  }

  render() {
    const picture = this.#picture;
    return html`<article class="story">
      <header class="story-head">
        <div><h1>${t("learn.title")}</h1><p>${t("learn.intro")}</p>${picture ? html`<p class="story-phrase">${picture.phrase}</p>` : nothing}</div>
        ${picture ? html`<figure class="sticker story-own"><img src=${api.thumbnail(picture.id, 512)} alt=${picture.phrase} width="220" height="220" @load=${settle}></figure>` : nothing}
      </header>
      ${this.#nothing ? html`<div class="empty"><h2>${t("explore.empty.title")}</h2><p>${t("learn.empty")}</p>${go({ icon: "sparkles", label: t("queue.empty.go"), act: () => route.go("imagine") })}</div>` : nothing}
      ${picture ? CHAPTERS.map((chapter, i) => this.#chapter(chapter, i, picture)) : nothing}
    </article>`;
  }

  #chapter(chapter, i, picture) {
    return html`<section class="chapter"><h2><span class="chapter-number" aria-hidden="true">${i + 1}</span>${t(`learn.${chapter.name}.title`)}</h2>
      <p>${t(`learn.${chapter.name}.text`)}</p>
      ${this.#shown(chapter, picture)}</section>`;
  }

  #shown(chapter, picture) {
    if (chapter.leads) {
      return html`<div class="made-row">${pill({ icon: "compass", label: t("learn.space.around"), act: () => route.go("explore", { picture: picture.id }) })}${pill({ icon: "spline", label: t("learn.space.travel"), act: () => { keep("explore", "travel"); route.go("explore"); } })}</div>`;
    }
    if (chapter.traced) {
      return this.#steps(chapter, picture);
    }
    if (!chapter.draws) {
      return html`<div class="panes">${[0, 1, 2, 3].map((k) => html`<figure class="pane"><canvas ${ref((canvas) => canvas && drawNoise(canvas, (picture.seed ?? 1) + k, 48))} aria-hidden="true"></canvas><figcaption class="meta">${t("tile.seed", (picture.seed ?? 0) + k)}</figcaption></figure>`)}</div>`;
    }
    const draws = chapter.draws(wishAgain(picture), picture.id);
    const drawn = this.#told.jobs[chapter.name];
    return html`<div class="panes">${draws.map((one, k) => html`<figure class="pane">
        ${one.picture ? html`<span class="draft"><img src=${api.picture(one.picture)} alt=${picture.phrase}></span>`
          : drawn?.[k] ? html`<songe-draft .job=${drawn[k]} .i=${0} .words=${t(`learn.${chapter.name}.caption`, k, one.said)}></songe-draft>` : html`<span class="draft"></span>`}
        <figcaption class="meta">${t(`learn.${chapter.name}.caption`, k, one.said === undefined ? undefined : number(one.said, { useGrouping: false }))}</figcaption></figure>`)}</div>
      ${drawn && drawn.every((id) => id === null || jobs.get(id)) ? nothing : html`<div class="made-row">${pill({ icon: "eye", label: t("learn.show"), act: () => this.#draw(chapter, draws) })}</div>`}`;
  }

  #steps(chapter, picture) {
    const [id] = this.#told.jobs[chapter.name] ?? [];
    const frames = jobs.get(id)?.frames ?? 0;
    if (!id || frames === 0) {
      return html`<div class="panes wide"><figure class="pane"><canvas ${ref((canvas) => canvas && drawNoise(canvas, picture.seed ?? 1, 48))} aria-hidden="true"></canvas></figure></div>
        <div class="made-row">${pill({ icon: "eye", label: t("learn.show"), disabled: Boolean(id) && ["queued", "running"].includes(jobs.get(id)?.state), act: () => this.#draw(chapter, [{ wish: { ...wishAgain(picture), traced: true } }]) })}</div>`;
    }
    const frame = Math.min(this.#frame ?? frames - 1, frames - 1);
    return html`<div class="panes wide"><figure class="pane"><span class="draft"><img src=${api.url(`/jobs/${id}/frames/${frame}`)} alt=${t("learn.steps.frame", frame, frames - 1)}></span></figure></div>
      ${slider({ label: t("learn.steps.slider"), value: frame, min: 0, max: Math.max(1, frames - 1), input: (n) => { this.#frame = n; this.requestUpdate(); }, say: (n) => t("learn.steps.frame", n, frames - 1), low: t("learn.steps.low"), high: t("learn.steps.high") })}`;
  }

  async #draw(chapter, draws) {
    try {
      const ids = [];
      for (const { wish } of draws) {
        ids.push(wish ? (await jobs.order({ ...wish, count: 1, kept: false })).id : null);
      }
      this.#tell({ ...this.#told, jobs: { ...this.#told.jobs, [chapter.name]: ids } });
    } catch (failure) {
      complain(failure);
    }
  }

  /** The steps of an earlier visit may be forgotten by now. */
  async #load() {
    const [id] = this.#told?.jobs.steps ?? [];
    try {
      await (id ? jobs.load(id) : null);
    } catch (failure) {
      if (failure.status === 404) {
        this.#tell({ ...this.#told, jobs: { ...this.#told.jobs, steps: undefined } });
      }
    }
  }
}
customElements.define(tag, Learn);
