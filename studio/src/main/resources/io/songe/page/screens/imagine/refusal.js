import { html, nothing } from "../../shell/element.js";
import { desk } from "../../shell/desk.js";
import { t } from "../../shell/language.js";
import { pill } from "../../parts/controls.js";
import { icon } from "../../parts/icon.js";

const SETTINGS = ["style", "width", "height", "steps", "guidance", "sampler", "seed", "count", "negative", "model", "background"];

/** Why a phrase was not taken, below the box, with the way out as a button. */
export function refusal(screen) {
  const failure = screen.refusal;
  if (!failure) {
    return nothing;
  }
  return html`<div class="refusal" id="refusal" role="alert">${icon("circle-alert")}<p>${words(failure)}</p>${wayOut(failure, screen)}</div>`;
}

function words(failure) {
  if (failure.code === "gone") {
    return t("imagine.gone");
  }
  return failure.code === "full" ? t("imagine.full", failure.retryAfter ?? 5) : failure.message;
}

function wayOut(failure, screen) {
  const draw = (change) => () => {
    change();
    screen.refusal = null;
    screen.draw();
  };
  if (failure.code === "gone" || failure.code === "full") {
    return pill({ icon: "refresh-cw", label: t("imagine.fixes.again"), act: draw(() => {}) });
  }
  const wrong = wrongPart(desk.phrase, failure);
  if (wrong) {
    return pill({ icon: "undo-2", label: t("imagine.fixes.undo", wrong), act: draw(() => (desk.phrase = desk.phrase.replace(wrong, " ").replace(/\s+/g, " ").trim())) });
  }
  if (failure.parameter?.startsWith("start") && desk.settings.start) {
    return pill({ icon: "undo-2", label: t("imagine.withoutStart"), act: draw(() => desk.set({ start: undefined, strength: undefined })) });
  }
  if (SETTINGS.some((name) => desk.settings[name] !== undefined)) {
    return pill({ icon: "undo-2", label: t("imagine.fixes.reset"), act: draw(() => desk.set(Object.fromEntries(SETTINGS.map((name) => [name, undefined])))) });
  }
  return nothing;
}

/** {@return the part of the phrase that the refusal names, such as "--ar 0:3", or undefined} */
export function wrongPart(phrase, failure) {
  const parts = phrase.match(/(?:^|\s)--\S+(?:\s+(?!--)\S+)*/g) ?? [];
  const said = `${failure.parameter ?? ""} ${failure.message}`;
  return parts.map((part) => part.trim()).find((part) => new RegExp(`${part.split(/\s/)[0]}\\b`).test(said) || parts.length === 1);
}
