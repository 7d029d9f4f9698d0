import { html, live, nothing, ref } from "../../shell/element.js";
import { desk } from "../../shell/desk.js";
import { has, t } from "../../shell/language.js";
import { models } from "../../shell/models.js";
import { choice, go, pill } from "../../parts/controls.js";
import { icon } from "../../parts/icon.js";
import { refusal } from "./refusal.js";
import { changed, openSettings } from "./settings.js";
import { openStart, startBar } from "./start.js";
import { styleOf } from "./wish.js";

const DRAWN = ["3d", "noto", "blob", "flat", "classic", "fx", "twemoji", "cartoon"];

/** The card with the phrase, the styles and the one button. */
export function ask(screen) {
  const count = changed(desk.settings).length;
  return html`<form class="ask" @submit=${(event) => { event.preventDefault(); screen.draw(); }}>
    <label class="unseen" for="phrase">${t("imagine.phrase")}</label>
    <textarea id="phrase" rows="1" maxlength="4000" autocomplete="off" spellcheck="true" enterkeyhint="go"
      placeholder=${t("imagine.placeholder")} aria-describedby=${screen.refusal ? "refusal" : "phrase-hint"} aria-invalid=${screen.refusal ? "true" : nothing}
      .value=${live(desk.phrase)} ${ref(grow)} @input=${(event) => { desk.phrase = event.target.value; screen.refusal = null; grow(event.target); }}
      @keydown=${(event) => enter(event, screen)}></textarea>
    <span id="phrase-hint" class="unseen">${t("imagine.goHint")}</span>
    ${refusal(screen)}
    ${styles()}
    ${startBar()}
    <div class="ask-row">
      ${pill({ icon: "sliders-horizontal", label: t("imagine.settings"), act: openSettings, extra: count ? html`<span class="n">${count}</span>` : nothing })}
      ${pill({ icon: "image-plus", label: t("imagine.start"), kind: "tight", hint: t("imagine.start"), act: openStart })}
      ${pill({ icon: "dices", label: t("imagine.surprise"), kind: "tight", hint: t("imagine.surprise"), act: () => screen.surprise() })}
      ${go({ icon: "sparkles", label: t("imagine.go"), type: "submit" })}
    </div>
  </form>`;
}

/** Each style shown by the same small drawing. */
function styles() {
  const model = models.get(desk.settings.model) ?? models.usual;
  if (model && model.styles.length === 0) {
    return nothing;
  }
  const options = (model?.styles ?? []).map(({ name }) => ({
    value: name,
    label: has(`imagine.styleNames.${name}`) ? t(`imagine.styleNames.${name}`) : name,
    drawn: DRAWN.includes(name) ? html`<img src=${`styles/${name}.webp`} alt="" width="56" height="56">` : html`<span class="unseen-style">${icon("palette")}</span>`,
  }));
  options.push({ value: "any", label: t("imagine.free"), hint: t("imagine.freeHint"), drawn: html`<span class="unseen-style">${icon("dices")}</span>` });
  return html`<div class="styles">${choice({ label: t("imagine.styles"), group: "style", kind: "style-row", options, value: styleOf(desk.settings, model) ?? "any", pick: (style) => desk.set({ style }) })}</div>`;
}

function enter(event, screen) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    screen.draw();
  }
}

/** The box is as high as what it holds. */
export function grow(box) {
  if (box) {
    requestAnimationFrame(() => {
      box.style.setProperty("height", "0");
      box.style.setProperty("height", `${box.scrollHeight}px`);
    });
  }
}
