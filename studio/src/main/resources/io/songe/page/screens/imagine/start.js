import { html, nothing, ref, repeat } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { desk } from "../../shell/desk.js";
import { number, t } from "../../shell/language.js";
import { pictures } from "../../shell/pictures.js";
import { act, slider } from "../../parts/controls.js";
import { icon } from "../../parts/icon.js";
import { openSheet } from "../../parts/sheet.js";
import { complain, say } from "../../parts/toast.js";
import { thumb } from "./earlier.js";

const KINDS = ["image/png", "image/jpeg", "image/webp"];
const USUAL_STRENGTH = 0.6;

/** Sends a dropped, pasted or chosen picture and begins from it. */
export async function takeFile(file) {
  if (!KINDS.includes(file.type)) {
    say(t("imagine.startWith.notPicture"), { kind: "warn" });
    return;
  }
  try {
    const input = await api.send("/inputs", file);
    desk.set({ start: { input: input.id }, strength: desk.settings.strength ?? USUAL_STRENGTH });
    if (input.made?.phrase) {
      say(t("imagine.startWith.tells"), { label: t("imagine.startWith.takePhrase"), act: () => (desk.phrase = input.made.phrase) });
    }
  } catch (failure) {
    complain(failure);
  }
}

/** Where to begin from: a file, or one of the last pictures. */
export async function openStart() {
  const latest = await api.get("/pictures?most=24").catch(() => ({ pictures: [] }));
  pictures.take(latest.pictures);
  openSheet({
    title: () => t("imagine.start"),
    watches: [pictures],
    body: (sheet) => html`
      <p class="soft">${t("imagine.startWith.hint")}</p>
      <label class="drop" @dragover=${(event) => event.preventDefault()} @drop=${(event) => { event.preventDefault(); take(event.dataTransfer.files[0], sheet); }}>
        ${icon("image-plus")}
        <span>${t("imagine.startWith.drop")} <b>${t("imagine.startWith.file")}</b></span>
        <input type="file" class="unseen" accept=${KINDS.join()} @change=${(event) => take(event.target.files[0], sheet)}>
      </label>
      <h3 class="sheet-part">${t("imagine.startWith.gallery")}</h3>
      ${latest.pictures.length === 0 ? html`<p class="soft">${t("imagine.startWith.none")}</p>` : nothing}
      <ul class="picks">
        ${repeat(latest.pictures, (picture) => picture.id, (picture) => html`<li>
          <button type="button" class="pick" aria-label=${picture.phrase} title=${picture.phrase}
            @click=${() => { desk.set({ start: { picture: picture.id }, strength: desk.settings.strength ?? USUAL_STRENGTH }); sheet.close(); }}>${thumb(picture.id)}</button>
        </li>`)}
      </ul>`,
  });
}

function take(file, sheet) {
  if (file) {
    sheet.close();
    takeFile(file);
  }
}

/** What the drawing begins from, in the card: the picture and how far to go from it. */
export function startBar() {
  const { start, strength = USUAL_STRENGTH } = desk.settings;
  if (!start) {
    return nothing;
  }
  const address = start.picture ? api.thumbnail(start.picture, 128) : api.url(`/inputs/${start.input}`);
  return html`<div class="start-bar">
    <img src=${address} alt=${t("imagine.startWith.alt")} width="64" height="64" ${ref((image) => image && (image.onerror = forget))}>
    ${slider({ id: "strength", label: t("imagine.startWith.strength"), value: strength, min: 0.05, max: 1, step: 0.05,
      say: (value) => number(value, { style: "percent" }), low: t("imagine.startWith.near"), high: t("imagine.startWith.far"), input: (value) => desk.set({ strength: value }) })}
    ${act({ icon: "x", label: t("imagine.startWith.remove"), kind: "plain", act: forget })}
  </div>`;
}

function forget() {
  desk.set({ start: undefined, strength: undefined });
}
