import { html, look, nothing, repeat } from "../shell/element.js";
import { api } from "../shell/api.js";
import { t } from "../shell/language.js";
import { pictures } from "../shell/pictures.js";
import { act, choice, name, pill } from "./controls.js";
import { icon } from "./icon.js";
import { settle } from "./sticker.js";
import { complain, say } from "./toast.js";

const MOST = 6;
const similar = new Map();

/** What one thinks of a picture, where one put it, and what is like it: for the sheet that shows it. */
export function kin(picture, open) {
  if (picture.trashed) {
    return pill({ icon: "archive-restore", label: t("gallery.trash.restore"), act: () => restore(picture.id) });
  }
  return html`
    <section class="kin"><h3 class="sheet-part">${t("gallery.kin.rate")}</h3>${stars(picture)}</section>
    <section class="kin"><h3 class="sheet-part">${t("gallery.kin.collections")}</h3>${collections(picture)}</section>
    ${alike(picture, open)}
  `;
}

function stars(picture) {
  return choice({
    label: t("gallery.kin.rate"),
    group: `stars-${picture.id}`,
    kind: "star-row",
    options: [0, 1, 2, 3, 4, 5].map((n) => {
      const words = n === 0 ? t("gallery.kin.unrated") : t("gallery.kin.star", n);
      return { value: n, icon: n === 0 ? "x" : "star", hint: words, label: html`<span class="unseen">${words}</span>` };
    }),
    value: picture.stars ?? 0,
    pick: (n) => pictures.rate(picture.id, n).catch(complain),
  });
}

function collections(picture) {
  const id = name("collection");
  const put = async (event) => {
    event.preventDefault();
    const field = event.currentTarget.elements.namedItem("collection");
    const wanted = field.value.trim();
    if (wanted) {
      field.value = "";
      await pictures.collect(picture.id, wanted, true).catch(complain);
    }
  };
  return html`
    <ul class="kin-collections">${(picture.collections ?? []).map((one) => html`<li class="pill soft"><span>${one}</span>
      ${act({ icon: "x", label: t("gallery.kin.uncollect", one), kind: "plain small", act: () => pictures.collect(picture.id, one, false).catch(complain) })}</li>`)}</ul>
    <form class="kin-collect" @submit=${put}>
      <label class="unseen" for=${id}>${t("gallery.kin.collectName")}</label>
      <input id=${id} class="line" name="collection" maxlength="60" autocomplete="off" placeholder=${t("gallery.kin.collect")}>
      <button type="submit" class="act" title=${t("gallery.kin.collect")} aria-label=${t("gallery.kin.collect")}>${icon("folder-plus")}</button>
    </form>`;
}

function alike(picture, open) {
  if (!similar.has(picture.id)) {
    similar.set(picture.id, []);
    api.get(`/pictures/${picture.id}/similar?most=${MOST}`).then(
      (answer) => {
        similar.set(picture.id, answer.pictures.map(({ id }) => id));
        pictures.take(answer.pictures);
      },
      () => similar.delete(picture.id),
    );
  }
  const near = similar.get(picture.id).map((id) => pictures.known(id)).filter((one) => one && !one.trashed);
  return near.length === 0 ? nothing : html`<section class="kin"><h3 class="sheet-part">${t("gallery.kin.similar")}</h3>
    <ul class="kin-near">${repeat(near, (one) => one.id, (one) => html`<li class=${one.transparent ? "sticker" : "full"} ${look({ "--colour": one.colour })}>
      <button type="button" aria-label=${t("gallery.kin.open", one.phrase)} title=${one.phrase} @click=${() => open(one.id)}><img src=${api.thumbnail(one.id, 128)} alt="" width="96" height="96" decoding="async" @load=${settle}></button>
    </li>`)}</ul></section>`;
}

async function restore(id) {
  try {
    await pictures.restore(id);
    say(t("gallery.trash.restored"));
  } catch (failure) {
    complain(failure);
  }
}
