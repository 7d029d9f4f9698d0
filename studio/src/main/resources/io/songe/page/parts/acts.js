import { html } from "../shell/element.js";
import { api } from "../shell/api.js";
import { desk } from "../shell/desk.js";
import { t } from "../shell/language.js";
import { models } from "../shell/models.js";
import { pictures } from "../shell/pictures.js";
import { route } from "../shell/route.js";
import { act } from "./controls.js";
import { openMade } from "./made.js";
import { openMenu } from "./menu.js";
import { complain, say } from "./toast.js";

const SUBTLE = 0.15;
const STRONG = 0.45;

/** What one does with a picture, always in this order: keep, vary, enlarge, retouch, save, more. */
export function pictureActs(picture) {
  const { id } = picture;
  return html`<div class="acts" role="toolbar" aria-label=${t("acts.all")}>
    ${act({ icon: "heart", label: t(picture.favourite ? "acts.unkeep" : "acts.keep"), pressed: String(Boolean(picture.favourite)), act: () => pictures.favour(id, !picture.favourite).catch(complain) })}
    ${act({ icon: "shuffle", label: t("acts.vary"), menu: true, act: (event) => openMenu(event.currentTarget, t("acts.vary"), [
      { label: t("acts.subtle"), hint: t("acts.subtleHint"), act: () => vary(id, SUBTLE) },
      { label: t("acts.strong"), hint: t("acts.strongHint"), act: () => vary(id, STRONG) },
    ]) })}
    ${act({ icon: "maximize", label: t("acts.enlarge"), act: () => enlarge(id) })}
    ${act({ icon: "brush", label: t("acts.retouch"), act: () => route.go("edit", { picture: id }) })}
    ${act({ icon: "download", label: t("acts.save"), menu: picture.transparent, act: (event) => save(event.currentTarget, picture) })}
    ${act({ icon: "ellipsis", label: t("acts.more"), menu: true, act: (event) => openMenu(event.currentTarget, t("acts.more"), [
      { icon: "info", label: t("acts.made"), act: () => openMade(id) },
      { icon: "image-plus", label: t("acts.start"), act: () => route.go("imagine", { start: id }) },
      { icon: "copy", label: t("acts.copySeed"), act: () => copy(String(picture.seed), t("acts.seedCopied", picture.seed)) },
      { icon: "trash-2", label: t("acts.remove"), act: () => remove(id) },
    ]) })}
  </div>`;
}

/** {@return the wish that would draw this picture again, from what made it} */
export function wishAgain(picture) {
  const made = picture.made ?? picture;
  const wish = {};
  for (const key of ["phrase", "negative", "model", "style", "sampler", "schedule", "steps", "guidance", "guidanceRescale", "seed", "width", "height"]) {
    if (made[key] !== null && made[key] !== undefined && made[key] !== "") {
      wish[key] = made[key];
    }
  }
  if (wish.model && !models.get(wish.model)) {
    delete wish.model;
  }
  return wish;
}

/** {@return whether phrase, seed and settings are all that the picture came from, and its model is here} */
export function canBeDrawnAgain(picture) {
  return !picture.edited && models.get(picture.model) !== undefined && picture.seed !== null && picture.seed !== undefined;
}

/** Draws neighbours of a picture: strength 0 is the picture itself, 1 another one. */
export async function vary(id, strength) {
  try {
    const picture = await pictures.load(id);
    const wish = { ...wishAgain(picture), count: 4 };
    if (picture.edited || !canBeDrawnAgain(picture)) {
      // Its noise is not all that it came from, so its neighbours begin from the picture itself.
      delete wish.seed;
      await desk.draw({ ...wish, start: { picture: id, kind: "picture", strength: 2 * strength } });
      return;
    }
    await desk.draw({ ...wish, variation: { seed: Math.floor(Math.random() * 2 ** 31), strength } });
  } catch (failure) {
    complain(failure);
  }
}

/** Draws a picture twice as large. */
export async function enlarge(id) {
  try {
    const picture = await pictures.load(id);
    const wish = wishAgain(picture);
    delete wish.width;
    delete wish.height;
    delete wish.steps;
    await desk.draw({ ...wish, phrase: wish.phrase ?? "", count: 1, start: { picture: id, kind: "enlarge", by: 2 } });
  } catch (failure) {
    complain(failure);
  }
}

/** Draws once more, exactly so. */
export async function again(id) {
  try {
    await desk.draw({ ...wishAgain(await pictures.load(id)), count: 1 });
  } catch (failure) {
    complain(failure);
  }
}

/** Puts a picture in the trash; it says how to take it out again. */
export async function remove(id) {
  try {
    const undo = await pictures.remove(id);
    say(t("acts.removed"), { undo });
  } catch (failure) {
    complain(failure);
  }
}

function save(anchor, picture) {
  if (!picture.transparent) {
    download(picture.id);
    return;
  }
  openMenu(anchor, t("acts.save"), [
    { label: t("acts.saveClear"), hint: t("acts.saveClearHint"), act: () => download(picture.id) },
    { label: t("acts.saveWhite"), hint: t("acts.saveWhiteHint"), act: () => download(picture.id, "white") },
  ]);
}

function download(id, background) {
  const link = document.createElement("a");
  link.href = `${api.picture(id)}?download=true${background ? `&background=${background}` : ""}`;
  link.download = "";
  link.click();
}

/** Copies a text and says so. */
export async function copy(text, said) {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch {
    say(t("acts.notCopied", text));
  }
}
