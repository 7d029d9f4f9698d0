import { html, look, nothing, repeat } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { t } from "../../shell/language.js";
import { pictures } from "../../shell/pictures.js";
import { settle } from "../../parts/sticker.js";

const MOST = 24;

/**
 * {@return the phrases drawn before, newest first, each with its pictures: from the jobs, then from
 * pictures of the gallery whose jobs are forgotten, without what is shown already}
 */
export function groups(over, gallery, shown) {
  const seen = new Set(shown.flatMap((entry) => entry.pictures ?? []));
  const shownJobs = new Set(shown.map((entry) => entry.id));
  const rows = [];
  for (const job of over) {
    const found = (job.pictures ?? []).filter((id) => !pictures.known(id)?.trashed);
    if (!shownJobs.has(job.id) && found.length > 0) {
      rows.push({ id: job.id, phrase: job.phrase, pictures: found });
    }
    (job.pictures ?? []).forEach((id) => seen.add(id));
  }
  let last = null;
  for (const picture of gallery) {
    if (seen.has(picture.id) || picture.trashed || !picture.phrase) {
      continue;
    }
    if (last?.phrase === picture.phrase && last.pictures.length < 4) {
      last.pictures.push(picture.id);
    } else {
      last = { phrase: picture.phrase, pictures: [picture.id] };
      rows.push(last);
    }
  }
  return rows.slice(0, MOST);
}

/** The rows beneath: a phrase and its pictures; a click brings both back. */
export function earlier(rows, bringBack) {
  return html`<section class="earlier">
    <div class="head"><h2>${t("imagine.earlier")}</h2></div>
    <ul>
      ${repeat(rows, (row) => row.id ?? row.pictures[0], (row) => html`<li>
        <button type="button" class="past" title=${t("imagine.bringBack", row.phrase)} @click=${() => bringBack(row)}>
          <span class="past-phrase">${row.phrase}</span>
          <span class="thumbs">${row.pictures.slice(0, 4).map((id) => thumb(id))}</span>
        </button>
      </li>`)}
    </ul>
  </section>`;
}

/** {@return a small picture on its tint} */
export function thumb(id) {
  const known = pictures.known(id);
  return html`<span class="thumb ${known && !known.transparent ? "full" : "sticker"}" ${look({ "--colour": known?.colour })}>
    ${id ? html`<img src=${api.thumbnail(id, 128)} alt="" width="56" height="56" loading="lazy" @load=${settle}>` : nothing}
  </span>`;
}
