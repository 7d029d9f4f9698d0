import { html, live, nothing, SongeElement } from "../shell/element.js";
import { api } from "../shell/api.js";
import { desk } from "../shell/desk.js";
import { jobs } from "../shell/jobs.js";
import { has, number, t } from "../shell/language.js";
import { pictures } from "../shell/pictures.js";
import { route } from "../shell/route.js";
import { go, pill } from "../parts/controls.js";
import { icon } from "../parts/icon.js";
import { openMenu } from "../parts/menu.js";
import { complain, say } from "../parts/toast.js";
import { take } from "./gallery/dropped.js";
import { found } from "./gallery/found.js";
import "./gallery/wall.js";

export const tag = "songe-gallery";

const STYLES_SHOWN = 6;
const PAUSE_OF_TYPING = 180;
const SURE = 4000;

/** Everything that was kept: one search field, what narrows it, a wall of pictures. */
class Gallery extends SongeElement {
  static watches = [found];

  #typing = null;
  #over = false;
  #emptying = false;
  #renew = () => this.isConnected && !found.filters.trashed && found.again();

  connectedCallback() {
    super.connectedCallback();
    jobs.addEventListener("picture", this.#renew);
    pictures.addEventListener("change", this.#moved);
    if (found.total === null || !found.narrowed) {
      found.again();
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    jobs.removeEventListener("picture", this.#renew);
    pictures.removeEventListener("change", this.#moved);
  }

  render() {
    const { trashed } = found.filters;
    const bare = found.total === 0 && !found.narrowed;
    return html`<div class="gallery" @dragover=${this.#drag} @dragleave=${this.#leave} @drop=${this.#drop}>
      <h1 class="unseen">${t("gallery.title")}</h1>
      <search class="gallery-search">
        ${icon("search")}
        <label class="unseen" for="gallery-words">${t("gallery.search")}</label>
        <input id="gallery-words" type="search" autocomplete="off" spellcheck="false" placeholder=${t("gallery.placeholder")} .value=${live(found.words)}
          @input=${this.#type} @keydown=${(event) => event.key === "Enter" && this.#look(event.target.value)}>
        <span class="meta" role="status">${found.total === null ? nothing : t("gallery.found", found.total, number(Math.max(1, Math.round(found.milliseconds))))}</span>
      </search>
      ${bare ? nothing : html`<div class="gallery-facets" role="group" aria-label=${t("gallery.narrow")}>${this.#facets()}</div>`}
      ${found.failure ? html`<p class="gallery-note">${found.failure.message} ${pill({ icon: "rotate-ccw", label: t("queue.retry"), act: () => found.again() })}</p>` : nothing}
      ${trashed && found.total > 0 ? html`<p class="gallery-note">${t("gallery.trash.note")} ${pill({ icon: "trash-2", label: t(this.#emptying ? "gallery.trash.sure" : "gallery.trash.empty", found.total), kind: "warn", act: () => this.#empty() })}</p>` : nothing}
      ${bare ? this.#first() : found.total === 0 ? this.#nothing() : html`<songe-wall></songe-wall>`}
      ${this.#over ? html`<div class="gallery-over" aria-hidden="true"><span>${icon("image-plus")}${t("gallery.drop.here")}</span></div>` : nothing}
    </div>`;
  }

  #facets() {
    const { filters, facets } = found;
    const styles = Object.entries(facets.style ?? {}).filter(([name]) => name !== "").sort((a, b) => b[1] - a[1]).map(([name]) => name);
    const shown = [...new Set([...styles.slice(0, STYLES_SHOWN), ...(filters.style ? [filters.style] : [])])];
    const flag = (name, label, drawn) => pill({ icon: drawn, label, pressed: String(filters[name] === true), act: () => found.filter({ [name]: filters[name] ? undefined : true }) });
    return html`
      ${pill({ label: t("gallery.all"), pressed: String(Object.keys(filters).length === 0), act: () => found.clear() })}
      ${flag("favourite", t("gallery.favourites"))}
      ${shown.map((style) => pill({ label: styleName(style), pressed: String(filters.style === style), act: () => found.filter({ style: filters.style === style ? undefined : style }) }))}
      ${flag("week", t("gallery.week"))}
      ${flag("edited", t("gallery.edited"))}
      ${this.#menu("shape", "square", Object.keys(facets.shape ?? {}), (shape) => t(`gallery.shapes.${shape}`))}
      ${this.#menu("collection", "folder", Object.keys(facets.collection ?? {}), (name) => name)}
      ${this.#menu("model", "box", Object.keys(facets.model ?? {}), (name) => name)}
      ${this.#menu("stars", "star", found.total > 0 || filters.stars ? ["3", "4", "5"] : [], (stars) => t("gallery.stars", Number(stars)))}
      ${pill({ icon: "trash-2", label: t("gallery.trash.name"), pressed: String(Boolean(filters.trashed)), act: () => found.filter({ trashed: filters.trashed ? undefined : true }) })}
    `;
  }

  /** A pill that opens a menu, where there is more than one value to choose from. */
  #menu(facet, drawn, values, say) {
    const chosen = found.filters[facet];
    if (values.length < 2 && !chosen && facet !== "collection") {
      return nothing;
    }
    if (values.length === 0 && !chosen) {
      return nothing;
    }
    return pill({
      icon: drawn,
      label: chosen ? say(String(chosen)) : t(`gallery.by.${facet}`),
      pressed: String(Boolean(chosen)),
      act: (event) => openMenu(event.currentTarget, t(`gallery.by.${facet}`), [
        { label: t("gallery.any"), pressed: String(!chosen), act: () => found.filter({ [facet]: undefined }) },
        ...values.map((value) => ({ label: say(value), hint: count(facet, value), pressed: String(String(chosen) === value), act: () => found.filter({ [facet]: value }) })),
      ]),
    });
  }

  #first() {
    return html`<div class="empty"><h2>${t("gallery.empty.title")}</h2><p>${t("gallery.empty.text")}</p>
      <div class="gallery-tries">${t("imagine.phrases").slice(0, 3).map((phrase) => pill({ icon: "sparkles", label: phrase, act: () => { desk.phrase = phrase; route.go("imagine"); } }))}</div>
    </div>`;
  }

  #nothing() {
    return html`<div class="empty"><h2>${t("gallery.none.title")}</h2><p>${t(found.filters.trashed ? "gallery.none.trash" : "gallery.none.text")}</p>
      ${go({ icon: "images", label: t("gallery.none.go"), act: () => { found.words = ""; found.clear(); } })}</div>`;
  }

  #type(event) {
    const { value } = event.target;
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#look(value), PAUSE_OF_TYPING);
  }

  #look(words) {
    clearTimeout(this.#typing);
    if (words !== found.words) {
      found.say(words);
      scrollTo(0, 0);
    }
  }

  /** A picture that went into the trash, or came out of it, leaves the wall. */
  #moved = () => {
    const first = Array.from({ length: Math.min(found.total ?? 0, 60) }, (_, i) => found.at(i));
    const wanted = Boolean(found.filters.trashed);
    if (first.some((id) => id && pictures.known(id) && Boolean(pictures.known(id).trashed) !== wanted)) {
      found.again();
    }
  };

  async #empty() {
    if (!this.#emptying) {
      this.#emptying = true;
      setTimeout(() => { this.#emptying = false; this.requestUpdate(); }, SURE);
      this.requestUpdate();
      return;
    }
    this.#emptying = false;
    try {
      const { removed } = await api.del("/trash");
      say(t("gallery.trash.emptied", removed));
      found.again();
    } catch (failure) {
      complain(failure);
    }
  }

  #drag(event) {
    if ([...event.dataTransfer.types].includes("Files")) {
      event.preventDefault();
      this.#over = true;
      this.requestUpdate();
    }
  }

  #leave(event) {
    if (!event.currentTarget.contains(event.relatedTarget)) {
      this.#over = false;
      this.requestUpdate();
    }
  }

  #drop(event) {
    event.preventDefault();
    this.#over = false;
    this.requestUpdate();
    take(event.dataTransfer.files);
  }
}
customElements.define(tag, Gallery);

function styleName(style) {
  return has(`imagine.styleNames.${style}`) ? t(`imagine.styleNames.${style}`) : style;
}

function count(facet, value) {
  const n = found.facets[facet]?.[value];
  return n === undefined ? undefined : t("imagine.pictures", n);
}
