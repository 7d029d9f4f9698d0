import { html, nothing, ref } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { desk } from "../../shell/desk.js";
import { t } from "../../shell/language.js";
import { models } from "../../shell/models.js";
import { route } from "../../shell/route.js";
import { go, pill } from "../../parts/controls.js";
import { openSheet } from "../../parts/sheet.js";
import { complain, say } from "../../parts/toast.js";
import { found } from "./found.js";

export const KINDS = ["image/png", "image/jpeg", "image/webp", "image/gif"];

/** Takes files that were dropped or chosen: of one it tells how it was made, several are added at once. */
export async function take(files) {
  const given = [...files].filter((file) => KINDS.includes(file.type));
  if (given.length === 0) {
    say(t("gallery.drop.notPicture"), { kind: "warn" });
  } else if (given.length === 1) {
    await tell(given[0]);
  } else {
    await add(given);
  }
}

async function add(files) {
  let added = 0;
  const refused = [];
  for (const file of files) {
    try {
      const answer = await api.send("/pictures", { file });
      added += answer.added.length;
      refused.push(...answer.refused);
    } catch (failure) {
      refused.push({ file: file.name, message: failure.message });
    }
  }
  if (added > 0) {
    say(t("gallery.drop.added", added));
    found.again();
  }
  refused.slice(0, 2).forEach(({ file, message }) => say(t("gallery.drop.refused", file, message), { kind: "warn" }));
}

async function tell(file) {
  try {
    const { made, software } = await api.send("/read", file);
    openSheet({
      title: () => t("gallery.drop.title"),
      body: () => html`
        <figure class="made-picture full"><canvas ${ref((canvas) => canvas && draw(canvas, file))} aria-label=${file.name} role="img"></canvas></figure>
        ${made?.phrase ? html`<p class="made-phrase">${made.phrase}</p>` : html`<p class="soft">${t("gallery.drop.silent")}</p>`}
        ${made?.negative ? html`<p class="made-negative"><span class="meta">${t("made.without")}</span> ${made.negative}</p>` : nothing}
        ${made ? html`<dl class="facts">${facts(made, software).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>` : nothing}`,
      foot: (sheet) => html`
        ${made?.phrase ? go({ icon: "sparkles", label: t("gallery.drop.reuse"), act: () => { sheet.close(); reuse(made); } }) : nothing}
        ${pill({ icon: "plus", label: t("gallery.drop.add"), act: () => { sheet.close(); add([file]); } })}`,
    });
  } catch (failure) {
    complain(failure);
  }
}

/** The policy of the page allows no address of a file on this machine, so it goes on a canvas. */
async function draw(canvas, file) {
  const bitmap = await createImageBitmap(file).catch(() => null);
  if (bitmap) {
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
  }
}

/** Lays the phrase and the settings that made a picture on the desk. */
function reuse(made) {
  desk.phrase = made.phrase;
  const known = (name) => (made[name] === null || made[name] === "" ? undefined : made[name]);
  desk.set({
    negative: known("negative"),
    model: models.get(made.model) ? made.model : undefined,
    style: known("style") ?? "any",
    steps: known("steps"),
    guidance: known("guidance"),
    seed: known("seed"),
    width: known("width"),
    height: known("height"),
    sampler: models.options?.samplers.some((sampler) => sampler.id === made.sampler) ? made.sampler : undefined,
  });
  route.go("imagine");
}

function facts(made, software) {
  const rows = [
    [t("made.style"), made.style], [t("made.model"), made.model], [t("made.seed"), made.seed], [t("made.steps"), made.steps],
    [t("made.guidance"), made.guidance], [t("made.sampler"), made.sampler], [t("made.schedule"), made.schedule],
    [t("made.size"), made.width && made.height ? `${made.width} × ${made.height}` : null], [t("gallery.drop.software"), software],
  ];
  return rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
}
