import { html, look, nothing } from "../../shell/element.js";
import { desk } from "../../shell/desk.js";
import { bytes, number, t } from "../../shell/language.js";
import { models } from "../../shell/models.js";
import { act, choice, field, pill, select, slider } from "../../parts/controls.js";
import { icon } from "../../parts/icon.js";
import { openSheet } from "../../parts/sheet.js";
import { backgroundExample, countExample, guidanceExample, samplerExample, seedExample, sizeExample, stepsExample, withoutExample } from "./examples.js";
import { FOUR } from "./wish.js";

const NAMES = ["width", "height", "steps", "guidance", "sampler", "seed", "count", "negative", "model", "background"];
const SHAPES = [["square", 1, 1], ["wide", 3, 2], ["tall", 2, 3], ["film", 16, 9], ["story", 9, 16]];
const PAPERS = { white: "#ffffff", sky: "#cfe4f7", sand: "#f3e6cf", rose: "#f7d6de", moss: "#d5e6cd", night: "#1d1b33" };

/** {@return the names of the settings that are not the model's own} */
export function changed(settings) {
  return NAMES.filter((name) => settings[name] !== undefined && name !== "height");
}

/** All that is one step away, each with one sentence and what it does. */
export function openSettings() {
  openSheet({
    title: () => t("settings.title"),
    watches: [desk, models],
    body: () => all(),
    foot: () => pill({ icon: "undo-2", label: t("settings.reset"), disabled: changed(desk.settings).length === 0, act: () => desk.set(Object.fromEntries(NAMES.map((name) => [name, undefined]))) }),
  });
}

function all() {
  const { settings } = desk;
  const model = models.get(settings.model) ?? models.usual ?? { side: 512, steps: 20, guidanceScale: 7, styles: [] };
  const steps = settings.steps ?? model.steps;
  const guidance = settings.guidance ?? model.guidanceScale;
  return html`<p class="soft settings-intro">${t("settings.intro")}</p>
    ${part("size", size(settings, model), sizeExample(settings.width ?? model.side, settings.height ?? model.side))}
    ${part("count", choice({ label: t("settings.count.label"), group: "count", value: settings.count ?? FOUR, options: [1, 2, 4, 6, 8].map((n) => ({ value: n, label: number(n) })),
      pick: (n) => desk.set({ count: n === FOUR ? undefined : n }), describedBy: "hint-count" }), countExample(settings.count ?? FOUR))}
    ${part("seed", seed(settings), seedExample(settings.seed))}
    ${part("guidance", slider({ id: "guidance", bare: true, label: t("settings.guidance.label"), value: guidance, min: 1, max: 15, step: 0.5, say: (value) => number(value), describedBy: "hint-guidance",
      low: t("settings.guidance.low"), high: t("settings.guidance.high"), input: (value) => desk.set({ guidance: value === model.guidanceScale ? undefined : value }) }), guidanceExample(guidance), number(guidance))}
    ${part("steps", slider({ id: "steps", bare: true, label: t("settings.steps.label"), value: steps, min: 1, max: Math.min(60, models.options?.limits?.maxSteps ?? 60), describedBy: "hint-steps",
      say: (value) => number(value), input: (value) => desk.set({ steps: value === model.steps ? undefined : value }) }), stepsExample(steps), number(steps))}
    ${part("sampler", select({ id: "sampler", label: t("settings.sampler.label"), hidden: true, value: settings.sampler ?? "", describedBy: "hint-sampler",
      options: [{ value: "", label: t("settings.sampler.usual") }, ...(models.options?.samplers ?? []).map(({ id, label }) => ({ value: id, label }))], pick: (sampler) => desk.set({ sampler }) }), samplerExample(settings.sampler))}
    ${part("negative", field({ id: "negative", label: t("settings.negative.label"), hidden: true, value: settings.negative ?? "", placeholder: t("settings.negative.placeholder"), describedBy: "hint-negative",
      input: (negative) => desk.set({ negative }) }), withoutExample(desk.phrase, settings.negative))}
    ${part("background", background(settings), backgroundExample(settings.background))}
    ${models.list.models.length > 1 ? part("model", choose(settings), nothing) : nothing}
    <p class="settings-more"><a href="#/models">${t("settings.model.more")}</a></p>`;
}

/** One setting: its name, one sentence, the control, and what it does. */
function part(name, control, example, value) {
  return html`<section class="setting" data-setting=${name}>
    <div class="setting-words">
      <h3>${t(`settings.${name}.label`)}${value ? html` <output>${value}</output>` : nothing}</h3>
      <p class="meta" id=${`hint-${name}`}>${t(`settings.${name}.hint`)}</p>
      ${control}
    </div>
    <div class="setting-example" aria-hidden="true">${example}</div>
  </section>`;
}

function size(settings, model) {
  const width = settings.width ?? model.side;
  const height = settings.height ?? model.side;
  const sizes = SHAPES.map(([name, across, up]) => ({ name, ...fit(model.side, across / up) }));
  const now = sizes.find((shape) => shape.width === width && shape.height === height)?.name;
  const own = (changes) => desk.set({ width, height, ...changes });
  return html`${choice({ label: t("settings.size.label"), group: "shape", kind: "shapes", value: now, describedBy: "hint-size",
    options: sizes.map(({ name, width: across, height: up }) => ({ value: name, label: t(`settings.size.${name}`), drawn: outline(across, up) })),
    pick: (name) => {
      const shape = sizes.find((one) => one.name === name);
      desk.set(shape.name === "square" ? { width: undefined, height: undefined } : { width: shape.width, height: shape.height });
    } })}
    <div class="setting-pair">
      ${field({ id: "width", label: t("settings.size.width"), type: "number", min: 64, max: 2048, step: 8, value: width, input: (value) => own({ width: Number(value) || undefined }) })}
      ${field({ id: "height", label: t("settings.size.height"), type: "number", min: 64, max: 2048, step: 8, value: height, input: (value) => own({ height: Number(value) || undefined }) })}
    </div>`;
}

function outline(across, up) {
  const scale = 20 / Math.max(across, up);
  return html`<span class="outline"><i ${look({ width: `${across * scale}px`, height: `${up * scale}px` })}></i></span>`;
}

/** {@return the size of about the model's area with this ratio, in eighths as models need} */
function fit(side, ratio) {
  const round = (length) => Math.max(64, Math.round(length / 32) * 32);
  return { width: round(side * Math.sqrt(ratio)), height: round(side / Math.sqrt(ratio)) };
}

function seed(settings) {
  const locked = settings.seed !== undefined;
  const roll = () => desk.set({ seed: Math.floor(Math.random() * 2 ** 31) });
  return html`<div class="setting-seed">
    ${field({ id: "seed", label: t("settings.seed.label"), hidden: true, value: settings.seed ?? "", placeholder: t("settings.seed.any"), describedBy: "hint-seed",
      input: (value) => desk.set({ seed: /^\d{1,19}$/.test(value.trim()) ? Number(value) : undefined }) })}
    ${act({ icon: "dices", label: t("settings.seed.roll"), act: roll, kind: "plain" })}
    ${act({ icon: locked ? "lock" : "lock-open", label: t(locked ? "settings.seed.unlock" : "settings.seed.lock"), pressed: String(locked), kind: "plain", act: () => (locked ? desk.set({ seed: undefined }) : roll()) })}
  </div>`;
}

function background(settings) {
  const own = settings.background?.startsWith("#") && !Object.values(PAPERS).includes(settings.background);
  const value = settings.background === undefined ? "drawn" : settings.background === "transparent" ? "clear" : (Object.entries(PAPERS).find(([, colour]) => colour === settings.background)?.[0] ?? "own");
  const swatch = (name) => html`<span class="swatch ${name}"></span>`;
  return html`${choice({ label: t("settings.background.label"), group: "background", kind: "swatches", value, describedBy: "hint-background",
    options: ["drawn", "clear", ...Object.keys(PAPERS)].map((name) => ({ value: name, label: html`<span class="unseen">${t(`settings.background.${name}`)}</span>`, hint: t(`settings.background.${name}`), drawn: swatch(name) })),
    pick: (name) => desk.set({ background: name === "drawn" ? undefined : name === "clear" ? "transparent" : PAPERS[name] }) })}
    <label class="own-colour"><input type="color" .value=${own ? settings.background : "#f3e6cf"} @input=${(event) => desk.set({ background: event.target.value })}><span>${t("settings.background.own")}</span></label>`;
}

function choose(settings) {
  const value = models.get(settings.model)?.name ?? models.usual?.name;
  return html`<div class="setting-models">${choice({ label: t("settings.model.label"), group: "model", kind: "rows", value, describedBy: "hint-model",
    options: models.list.models.map((model) => ({ value: model.name, drawn: icon("box"), label: html`${model.title ?? model.name}<small>${[model.licence ?? t("models.noLicence"), bytes(model.bytes)].join(" · ")}</small>` })),
    pick: (name) => desk.set({ model: name === models.usual?.name ? undefined : name, width: undefined, height: undefined, steps: undefined, guidance: undefined }) })}</div>`;
}
