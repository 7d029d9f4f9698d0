import { html, look, nothing } from "../shell/element.js";
import { api } from "../shell/api.js";
import { desk } from "../shell/desk.js";
import { moment, number, t } from "../shell/language.js";
import { pictures } from "../shell/pictures.js";
import { again, canBeDrawnAgain, copy, pictureActs } from "./acts.js";
import { act, pill } from "./controls.js";
import { kin } from "./kin.js";
import { settle } from "./sticker.js";
import { openSheet } from "./sheet.js";
import { complain } from "./toast.js";

/** Shows a picture large, with everything that made it. */
export function openMade(id) {
  pictures.load(id).catch(complain);
  const sheet = openSheet({
    title: () => t("made.title"),
    watches: [pictures],
    body: () => body(pictures.get(id)),
    closed: () => desk.removeEventListener("drawing", sheet.close),
  });
  desk.addEventListener("drawing", sheet.close);
}

function body(picture) {
  if (!picture) {
    return html`<p class="soft">${t("made.coming")}</p>`;
  }
  const made = picture.made ?? {};
  return html`
    <figure class="made-picture ${picture.transparent ? "sticker" : "full"}" ${look({ "--colour": picture.transparent ? picture.colour : null, "aspect-ratio": `${picture.width} / ${picture.height}` })}>
      <img src=${api.picture(picture.id)} alt=${picture.phrase} width=${picture.width} height=${picture.height} @load=${settle}>
    </figure>
    <div class="made-acts">${pictureActs(picture)}</div>
    <p class="made-phrase">${picture.phrase}</p>
    ${picture.negative ? html`<p class="made-negative"><span class="meta">${t("made.without")}</span> ${picture.negative}</p>` : nothing}
    <div class="made-row">
      ${canBeDrawnAgain(picture) ? pill({ icon: "refresh-cw", label: t("made.again"), act: () => again(picture.id) }) : nothing}
      ${pill({ icon: "copy", label: t("made.copyPhrase"), act: () => copy(picture.phrase, t("made.phraseCopied")) })}
    </div>
    <dl class="facts">
      ${facts(picture, made).map(([name, value, raw]) => html`<div>
        <dt>${name}</dt><dd><span>${value}</span>${act({ icon: "copy", label: t("made.copy", name), act: () => copy(String(raw ?? value), t("made.copied", name)), kind: "plain small" })}</dd>
      </div>`)}
    </dl>
    ${kin(picture, (other) => { sheet.close(); openMade(other); })}
    ${made.text ? html`<div class="made-text"><div class="made-text-head"><h3>${t("made.text")}</h3>${pill({ icon: "copy", label: t("made.copyAll"), act: () => copy(made.text, t("made.allCopied")) })}</div>
      <p class="meta">${t("made.textHint")}</p><pre tabindex="0">${made.text}</pre></div>` : nothing}
  `;
}

function facts(picture, made) {
  const rows = [
    [t("made.style"), picture.style],
    [t("made.model"), picture.model],
    [t("made.size"), `${picture.width} × ${picture.height}`],
    [t("made.seed"), picture.seed],
    [t("made.steps"), picture.steps],
    [t("made.guidance"), picture.guidance === null || picture.guidance === undefined ? null : number(picture.guidance), picture.guidance],
    [t("made.sampler"), picture.sampler],
    [t("made.schedule"), made.schedule],
    [t("made.created"), picture.created ? moment(picture.created) : null, picture.created],
  ];
  return rows.filter(([, value]) => value !== null && value !== undefined && value !== "");
}
