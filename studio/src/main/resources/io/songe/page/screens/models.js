import { html, look, nothing, repeat, SongeElement } from "../shell/element.js";
import { api } from "../shell/api.js";
import { desk } from "../shell/desk.js";
import { bytes, has, number, t } from "../shell/language.js";
import { models } from "../shell/models.js";
import { route } from "../shell/route.js";
import { pill } from "../parts/controls.js";
import { icon } from "../parts/icon.js";
import { markdown } from "../parts/markdown.js";
import { openSheet } from "../parts/sheet.js";
import { complain, say } from "../parts/toast.js";
import { known } from "./imagine/known.js";

export const tag = "songe-models";

const DRAWN = ["3d", "noto", "blob", "flat", "classic", "fx", "twemoji", "cartoon"];

/** Who can draw: each model with its licence first; a dropped file becomes one more. */
class Models extends SongeElement {
  static watches = [models, desk];

  /** The file that is being sent: { name, part }, or null. */
  #coming = null;
  #refused = null;

  connectedCallback() {
    super.connectedCallback();
    models.load().catch(complain);
  }

  render() {
    const { list } = models;
    return html`
      <header class="models-head"><h1>${t("models.title")}</h1><p class="meta">${list.models.length ? t("models.summary", list.models.length) : nothing}</p></header>
      <ul class="cards">
        ${repeat(list.models, (model) => model.name, (model) => this.#card(model, list.default))}
        <li>${this.#add()}</li>
      </ul>
    `;
  }

  #card(model, usual) {
    const chosen = (models.get(desk.settings.model)?.name ?? usual) === model.name;
    const facts = [
      model.parameters ? t("models.parameters", number(model.parameters, { notation: "compact", maximumFractionDigits: 1 })) : null,
      bytes(model.bytes),
      model.side ? t("models.side", model.side) : null,
      model.steps ? t("models.steps", model.steps) : null,
    ].filter(Boolean);
    return html`<li><article class="model ${chosen ? "chosen" : ""}">
      <p class="licence ${model.licence ? "" : "unknown"}" title=${model.licence ? nothing : t("models.noLicenceHint")}>${icon(model.licence ? "file-text" : "circle-alert")}${model.licence || t("models.noLicence")}</p>
      <h2>${model.title ?? model.name}</h2>
      <p class="meta">${[model.bundled ? t("models.bundled") : null, model.name === usual ? t("models.usual") : null].filter(Boolean).join(" · ")}</p>
      ${model.summary ? html`<p class="soft">${model.summary}</p>` : nothing}
      ${model.styles?.length ? html`<ul class="model-styles" aria-label=${t("models.styles")}>${model.styles.map(({ name }) => this.#style(name))}</ul>` : nothing}
      <p class="model-facts">${facts.map((fact) => html`<span>${fact}</span>`)}</p>
      <div class="model-acts">
        ${pill({ icon: "sparkles", label: t("models.choose"), kind: chosen ? "soft" : "", pressed: String(chosen), act: () => this.#choose(model, usual) })}
        ${pill({ icon: "file-text", label: t("models.card"), act: () => this.#open(model) })}
        ${known(model, "")}
      </div>
    </article></li>`;
  }

  #style(name) {
    const label = has(`imagine.styleNames.${name}`) ? t(`imagine.styleNames.${name}`) : name;
    return html`<li title=${label}>${DRAWN.includes(name) ? html`<img src=${`styles/${name}.webp`} alt=${label} width="40" height="40" loading="lazy">` : html`<span class="pill">${label}</span>`}</li>`;
  }

  #add() {
    const coming = this.#coming;
    return html`<label class="drop model-drop" @dragover=${this.#over} @dragleave=${this.#leave} @drop=${this.#drop}>
      ${icon("upload")}
      <b>${t("models.add")}</b>
      <span>${t("models.addHint")}</span>
      ${coming ? html`<span class="coming" role="status">${coming.part < 1 ? t("models.adding", coming.name, number(coming.part, { style: "percent" })) : t("models.checking", coming.name)}
          <span class="coming-bar" role="progressbar" aria-label=${coming.name} aria-valuemin="0" aria-valuemax="100" aria-valuenow=${Math.round(coming.part * 100)} ${look({ "--part": coming.part })}></span></span>`
        : html`<span class="pill">${icon("folder-plus")}${t("models.file")}</span>`}
      ${this.#refused ? html`<span class="model-refused" role="alert">${this.#refused}</span>` : nothing}
      <input type="file" class="unseen" accept=".safetensors,.ckpt,.gguf,.pt" ?disabled=${coming !== null} @change=${(event) => this.#send([...event.target.files])}>
    </label>`;
  }

  #choose(model, usual) {
    desk.set({ model: model.name === usual ? undefined : model.name, width: undefined, height: undefined, steps: undefined, guidance: undefined });
    say(t("models.chosen", model.title ?? model.name), { label: t("imagine.go"), act: () => route.go("imagine") });
  }

  #open(model) {
    let whole = null;
    const sheet = openSheet({
      title: () => model.title ?? model.name,
      body: () => (whole === null ? html`<p class="soft">${t("made.coming")}</p>` : html`
        <p class="licence ${whole.licence ? "" : "unknown"}">${icon(whole.licence ? "file-text" : "circle-alert")}${whole.licence || t("models.noLicence")}</p>
        ${whole.licence ? nothing : html`<p class="meta">${t("models.noLicenceHint")}</p>`}
        ${whole.parts?.length ? html`<h3 class="sheet-part">${t("models.parts")}</h3><dl class="facts">${whole.parts.map((part) => html`<div><dt>${part.name}</dt>
          <dd>${[part.type, part.parameters ? number(part.parameters, { notation: "compact", maximumFractionDigits: 1 }) : null, part.bytes ? bytes(part.bytes) : null].filter(Boolean).join(" · ")}</dd></div>`)}</dl>` : nothing}
        ${whole.card ? markdown(whole.card) : html`<p class="soft">${t("models.noCard")}</p>`}`),
    });
    api.get(`/models/${encodeURIComponent(model.name)}`).then((answer) => {
      whole = answer;
      sheet.update();
    }, complain);
  }

  #over = (event) => {
    event.preventDefault();
    event.currentTarget.classList.add("dropping");
  };

  #leave = (event) => event.currentTarget.classList.remove("dropping");

  #drop = (event) => {
    event.preventDefault();
    event.currentTarget.classList.remove("dropping");
    this.#send([...event.dataTransfer.files]);
  };

  async #send(files) {
    if (files.length === 0 || this.#coming) {
      return;
    }
    if (files.length > 1) {
      this.#refused = t("models.oneFile");
      this.requestUpdate();
      return;
    }
    const [file] = files;
    this.#refused = null;
    const show = (part) => {
      this.#coming = { name: file.name, part };
      this.requestUpdate();
    };
    show(0);
    try {
      const model = await api.send("/models", { file }, show);
      await models.load();
      say(t("models.added", model.title ?? model.name), { label: t("models.choose"), act: () => this.#choose(model, models.list.default) });
    } catch (failure) {
      this.#refused = failure.code === "gone" ? t("parts.gone") : failure.message;
    }
    this.#coming = null;
    this.requestUpdate();
  }
}
customElements.define(tag, Models);
