import { html, nothing, SongeElement } from "../shell/element.js";
import { api } from "../shell/api.js";
import { jobs } from "../shell/jobs.js";
import { t } from "../shell/language.js";
import { pictures } from "../shell/pictures.js";
import { route } from "../shell/route.js";
import { keep, kept } from "../shell/store.js";
import { act, choice, go, pill, slider } from "../parts/controls.js";
import { icon } from "../parts/icon.js";
import { openSheet } from "../parts/sheet.js";
import { thumb } from "./imagine/earlier.js";
import { arrows } from "../parts/tile.js";
import { complain, say } from "../parts/toast.js";
import "./edit/easel.js";

export const tag = "songe-edit";

const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];
const SIDES = ["left", "right", "top", "bottom"];
const MARGIN_STEP = 64;

/** A picture on the easel: paint what shall be drawn anew, say what, and look at it beside what was. */
class Edit extends SongeElement {
  static watches = [jobs, pictures, route];

  /** What is on the easel: { picture | input, width, height, phrase, style, model }. */
  #on = kept("easel", null);
  #jobs = kept("easelJobs", []);
  #tool = "brush";
  #size = 48;
  #softness = 0.4;
  #strength = 0.75;
  #content = "original";
  #count = 2;
  #margins = { left: 0, right: 0, top: 0, bottom: 0 };
  #before = false;
  #phrase = kept("easelPhrase", "");
  #busy = false;
  #pasted = (event) => this.#file([...event.clipboardData.files][0]);
  #held = (event) => event.key === "b" && !event.target.closest("input, textarea") && this.#compare(event.type === "keydown");

  connectedCallback() {
    super.connectedCallback();
    addEventListener("paste", this.#pasted);
    addEventListener("keydown", this.#held);
    addEventListener("keyup", this.#held);
    route.addEventListener("change", this.#asked);
    this.#asked();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener("paste", this.#pasted);
    removeEventListener("keydown", this.#held);
    removeEventListener("keyup", this.#held);
    route.removeEventListener("change", this.#asked);
  }

  get #easel() {
    return this.querySelector("songe-easel");
  }

  #asked = () => {
    const { picture } = route.query;
    if (route.screen === "edit" && picture && picture !== this.#on?.picture) {
      this.#take(picture);
    }
  };

  /** Puts a picture of the gallery on the easel. */
  async #take(id) {
    try {
      const { phrase, style, model, width, height } = await pictures.load(id);
      this.#put({ picture: id, phrase, style, model, width, height });
    } catch (failure) {
      complain(failure);
    }
  }

  /** Puts a file on the easel. */
  async #file(file) {
    if (!file) {
      return;
    }
    if (!KINDS.includes(file.type)) {
      say(t("gallery.drop.notPicture"), { kind: "warn" });
      return;
    }
    try {
      const { id, width, height, made } = await api.send("/inputs", file);
      this.#put({ input: id, width, height, phrase: made?.phrase ?? "" });
    } catch (failure) {
      complain(failure);
    }
  }

  #put(on) {
    this.#on = on;
    this.#jobs = [];
    this.#margins = { left: 0, right: 0, top: 0, bottom: 0 };
    this.#say(on.phrase ?? "");
    keep("easel", on);
    keep("easelJobs", []);
    this.requestUpdate();
  }

  #say(phrase) {
    this.#phrase = phrase;
    keep("easelPhrase", phrase);
    this.requestUpdate();
  }

  get #extends() {
    return SIDES.some((side) => this.#margins[side] > 0);
  }

  render() {
    return html`<div class="edit" @dragover=${(event) => event.preventDefault()} @drop=${(event) => { event.preventDefault(); this.#file(event.dataTransfer.files[0]); }}>
      <h1 class="unseen">${t("edit.title")}</h1>
      ${this.#on ? this.#desk() : this.#nothing()}
    </div>`;
  }

  #nothing() {
    return html`<div class="empty"><h2>${t("edit.empty.title")}</h2><p>${t("edit.empty.text")}</p></div>
      <label class="drop">${icon("image-plus")}<span>${t("imagine.startWith.drop")} <b>${t("imagine.startWith.file")}</b></span>
        <input type="file" class="unseen" accept=${KINDS.join()} @change=${(event) => this.#file(event.target.files[0])}></label>
      <p class="edit-choose">${pill({ icon: "images", label: t("imagine.startWith.gallery"), act: () => this.#choose() })}</p>`;
  }

  #desk() {
    const on = this.#on;
    const src = on.picture ? api.picture(on.picture) : api.url(`/inputs/${on.input}`);
    const easel = this.#easel;
    const results = this.#jobs.map((id) => jobs.get(id)).filter(Boolean);
    return html`
      <div class="workbench">
        <div class="palette" role="toolbar" aria-label=${t("edit.tools.label")}>
          ${choice({ label: t("edit.tools.label"), group: "edit-tool", kind: "tools", options: [["brush", "brush"], ["eraser", "eraser"], ["hand", "hand"]].map(([value, drawn]) => ({ value, icon: drawn, hint: t(`edit.tools.${value}`), label: html`<span class="unseen">${t(`edit.tools.${value}`)}</span>` })), value: this.#tool, pick: (tool) => this.#set(() => (this.#tool = tool)) })}
          ${act({ icon: "undo-2", label: t("edit.undo"), disabled: !easel?.canUndo, act: () => this.#easel.undo(), kind: "plain" })}
          ${act({ icon: "redo-2", label: t("edit.redo"), disabled: !easel?.canRedo, act: () => this.#easel.redo(), kind: "plain" })}
          ${act({ icon: "contrast", label: t("edit.invert"), act: () => this.#easel.invert(), kind: "plain" })}
          ${act({ icon: "x", label: t("edit.clear"), disabled: !easel?.canUndo, act: () => this.#easel.clear(), kind: "plain" })}
          ${act({ icon: "zoom-in", label: t("edit.nearer"), act: () => this.#easel.zoom(1.25), kind: "plain" })}
          ${act({ icon: "zoom-out", label: t("edit.farther"), act: () => this.#easel.zoom(0.8), kind: "plain" })}
          ${act({ icon: "maximize", label: t("edit.fit"), act: () => this.#easel.fit(), kind: "plain" })}
          ${act({ icon: "columns-2", label: t("edit.before"), pressed: String(this.#before), disabled: results.every((job) => job.pictures.length === 0), act: () => this.#compare(!this.#before), kind: "plain" })}
        </div>
        <songe-easel class="easel" .src=${src} .width=${on.width} .height=${on.height} .tool=${this.#tool} .size=${this.#size} .softness=${this.#softness} .margins=${this.#margins}
          .before=${this.#before ? this.#latest(results) : undefined} @painted=${() => this.requestUpdate()}></songe-easel>
        <aside class="card">
          ${slider({ label: t("edit.size"), value: this.#size, min: 4, max: Math.max(64, Math.round(Math.max(on.width, on.height) / 2)), input: (n) => this.#set(() => (this.#size = n)), say: (n) => `${n} px` })}
          ${slider({ label: t("edit.softness"), value: Math.round(this.#softness * 100), min: 0, max: 100, input: (n) => this.#set(() => (this.#softness = n / 100)), say: (n) => `${n} %` })}
          ${slider({ label: t("edit.strength"), value: Math.round(this.#strength * 100), min: 5, max: 100, input: (n) => this.#set(() => (this.#strength = n / 100)), say: (n) => `${n} %`, low: t("edit.little"), high: t("edit.much") })}
          <fieldset class="edit-margins"><legend>${t("edit.extend")}</legend>
            ${SIDES.map((side) => html`<div>${act({ icon: "minus", label: t("edit.narrower", t(`edit.sides.${side}`)), disabled: this.#margins[side] === 0, act: () => this.#grow(side, -MARGIN_STEP), kind: "plain small" })}
              <span>${t(`edit.sides.${side}`)} <output>${this.#margins[side]}</output></span>
              ${act({ icon: "plus", label: t("edit.wider", t(`edit.sides.${side}`)), act: () => this.#grow(side, MARGIN_STEP), kind: "plain small" })}</div>`)}
          </fieldset>
          ${easel?.painted ? choice({ label: t("edit.content.label"), group: "edit-content", options: ["original", "fill", "noise"].map((value) => ({ value, label: t(`edit.content.${value}`), hint: t(`edit.contentHint.${value}`) })), value: this.#content, pick: (content) => this.#set(() => (this.#content = content)) }) : nothing}
          <div class="made-row">${pill({ icon: "image-plus", label: t("edit.another"), act: () => this.#choose() })}</div>
        </aside>
      </div>
      <form class="ask edit-ask" @submit=${this.#draw}>
        <label class="unseen" for="edit-phrase">${t("edit.phrase")}</label>
        <input id="edit-phrase" class="edit-phrase" autocomplete="off" placeholder=${t("edit.phrase")} .value=${this.#phrase} @input=${(event) => this.#say(event.target.value)}>
        <p class="meta">${this.#extends ? t("edit.will.extend") : easel?.painted ? t("edit.will.inpaint") : t("edit.will.redraw")}</p>
        ${go({ icon: "brush", label: t("edit.go"), type: "submit", disabled: this.#busy })}
      </form>
      ${results.map((job) => html`<article class="set"><div class="head"><h2>${job.phrase}</h2><p class="meta">${t("edit.result")}</p></div>
        <div class="four" @keydown=${arrows}>${Array.from({ length: job.count }, (_, i) => html`<div class="edit-result"><songe-tile .job=${job} .i=${i}></songe-tile>
          ${job.pictures[i] ? pill({ icon: "arrow-up", label: t("edit.onto"), act: () => this.#take(job.pictures[i]) }) : nothing}</div>`)}</div>
        ${job.failure ? html`<p class="set-failed">${t("imagine.failed", job.failure)}</p>` : nothing}</article>`)}`;
  }

  #set(change) {
    change();
    this.requestUpdate();
  }

  #grow(side, by) {
    this.#margins = { ...this.#margins, [side]: Math.max(0, this.#margins[side] + by) };
    this.requestUpdate();
  }

  /** The newest drawing, to lay it over what was. */
  #latest(results) {
    const id = results.flatMap((job) => job.pictures)[0];
    return id ? api.picture(id) : undefined;
  }

  #compare(on) {
    this.#before = on;
    this.requestUpdate();
  }

  async #choose() {
    const latest = await api.get("/pictures?most=36").catch(() => ({ pictures: [] }));
    pictures.take(latest.pictures);
    openSheet({
      title: () => t("edit.another"),
      watches: [pictures],
      body: (sheet) => html`<label class="drop">${icon("image-plus")}<span>${t("imagine.startWith.drop")} <b>${t("imagine.startWith.file")}</b></span>
          <input type="file" class="unseen" accept=${KINDS.join()} @change=${(event) => { sheet.close(); this.#file(event.target.files[0]); }}></label>
        <h3 class="sheet-part">${t("imagine.startWith.gallery")}</h3>
        <ul class="picks">${latest.pictures.map((picture) => html`<li><button type="button" class="pick" aria-label=${picture.phrase} title=${picture.phrase} @click=${() => { sheet.close(); this.#take(picture.id); }}>${thumb(picture.id)}</button></li>`)}</ul>`,
    });
  }

  #draw = async (event) => {
    event.preventDefault();
    const on = this.#on;
    const start = { ...(on.picture ? { picture: on.picture } : { input: on.input }), strength: this.#strength };
    this.#set(() => (this.#busy = true));
    try {
      if (this.#extends) {
        Object.assign(start, { kind: "extend", margins: this.#margins });
      } else if (this.#easel.painted) {
        const { id } = await api.send("/inputs", await this.#easel.mask());
        Object.assign(start, { kind: "inpaint", mask: { input: id, content: this.#content } });
      } else {
        start.kind = "picture";
      }
      const job = await jobs.order({ phrase: this.#phrase.trim(), model: on.model || undefined, count: this.#count, start });
      this.#jobs = [job.id, ...this.#jobs].slice(0, 6);
      keep("easelJobs", this.#jobs);
    } catch (failure) {
      complain(failure);
    } finally {
      this.#set(() => (this.#busy = false));
    }
  };
}
customElements.define(tag, Edit);
