import { html, look, nothing, repeat, SongeElement } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { t } from "../../shell/language.js";
import { pictures } from "../../shell/pictures.js";
import { icon } from "../../parts/icon.js";
import { openMade } from "../../parts/made.js";
import { settle } from "../../parts/sticker.js";
import { found } from "./found.js";

const ROWS_BEYOND = 3;

/**
 * All pictures found, however many: only those near the window are in the document, and the wall is as
 * high as if all were. One of them is in the order of the Tab key; arrows move among them.
 */
class Wall extends SongeElement {
  static watches = [found, pictures];

  #across = 6;
  #row = 190;
  #from = 0;
  #to = 5;
  #at = 0;
  #size = new ResizeObserver(() => this.#measure());
  #scrolled = () => this.#measure();

  connectedCallback() {
    super.connectedCallback();
    this.#size.observe(this);
    addEventListener("scroll", this.#scrolled, { passive: true });
    addEventListener("resize", this.#scrolled);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size.disconnect();
    removeEventListener("scroll", this.#scrolled);
    removeEventListener("resize", this.#scrolled);
  }

  #measure() {
    const width = this.clientWidth;
    if (width === 0) {
      return;
    }
    const gap = width < 640 ? 8 : 12;
    const across = Math.max(3, Math.min(8, Math.floor((width + gap) / (164 + gap))));
    const row = (width + gap) / across;
    const above = -this.getBoundingClientRect().top;
    const from = Math.max(0, Math.floor(above / row) - ROWS_BEYOND);
    const to = Math.ceil((above + innerHeight) / row) + ROWS_BEYOND;
    if (across !== this.#across || row !== this.#row || from !== this.#from || to !== this.#to) {
      Object.assign(this, { gap });
      [this.#across, this.#row, this.#from, this.#to] = [across, row, from, to];
      this.requestUpdate();
    }
  }

  render() {
    const total = found.total ?? 0;
    const rows = Math.ceil(total / this.#across);
    const first = this.#from * this.#across;
    const last = Math.min(total, this.#to * this.#across);
    this.#at = Math.max(0, Math.min(this.#at, total - 1));
    const places = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
    return html`<div class="wall-whole" ${look({ height: `${Math.max(0, rows * this.#row - (this.gap ?? 12))}px` })}>
      <ul class="wall" aria-label=${t("gallery.wall", total)} @keydown=${this.#key}
        ${look({ transform: `translateY(${this.#from * this.#row}px)`, "--across": this.#across, "--gap": `${this.gap ?? 12}px` })}>
        ${repeat(places, (i) => i, (i) => this.#place(i))}
      </ul>
    </div>`;
  }

  #place(i) {
    const id = found.at(i);
    const picture = id ? pictures.known(id) : undefined;
    return html`<li class="wall-place ${picture && !picture.transparent ? "full" : "sticker"} ${picture ? "" : "coming"}" ${look({ "--colour": picture?.colour })}>
      ${picture
        ? html`<button type="button" class="wall-face" data-at=${i} tabindex=${i === this.#at ? 0 : -1} aria-label=${picture.phrase || t("gallery.nameless")} title=${picture.phrase || nothing}
            @focus=${() => this.#focused(i)} @click=${() => openMade(id)}>
            <img src=${api.thumbnail(id, 256)} alt="" width="256" height="256" decoding="async" @load=${settle}>
          </button>
          ${picture.favourite ? html`<span class="kept" aria-hidden="true">${icon("heart")}</span>` : nothing}`
        : nothing}
    </li>`;
  }

  #focused(i) {
    if (this.#at !== i) {
      this.#at = i;
      this.requestUpdate();
    }
  }

  #key = (event) => {
    const total = found.total ?? 0;
    const page = Math.max(1, Math.floor(innerHeight / this.#row)) * this.#across;
    const to = {
      ArrowRight: this.#at + 1, ArrowLeft: this.#at - 1, ArrowDown: this.#at + this.#across, ArrowUp: this.#at - this.#across,
      PageDown: Math.min(total - 1, this.#at + page), PageUp: Math.max(0, this.#at - page), Home: 0, End: total - 1,
    }[event.key];
    if (to === undefined || to < 0 || to >= total) {
      return;
    }
    event.preventDefault();
    this.#go(to);
  };

  /** The place may not be in the document yet: scrolls to it, and waits until its picture has come. */
  async #go(to) {
    this.#at = to;
    const top = this.getBoundingClientRect().top + scrollY + Math.floor(to / this.#across) * this.#row;
    const foot = innerWidth <= 700 ? 90 : 20;
    if (top < scrollY + 20) {
      scrollTo({ top: top - 20 });
    } else if (top + this.#row > scrollY + innerHeight - foot) {
      scrollTo({ top: top + this.#row - innerHeight + foot });
    }
    this.#measure();
    this.requestUpdate();
    for (let tries = 0; tries < 40 && this.#at === to; tries += 1) {
      await this.updateComplete;
      const face = this.querySelector(`[data-at="${to}"]`);
      if (face) {
        face.focus({ preventScroll: true });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
customElements.define("songe-wall", Wall);
