import { html, live, nothing, repeat } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { desk } from "../../shell/desk.js";
import { language, t } from "../../shell/language.js";
import { models } from "../../shell/models.js";
import { pill } from "../../parts/controls.js";
import { openSheet } from "../../parts/sheet.js";
import { complain } from "../../parts/toast.js";
import { wish } from "./wish.js";

/** The button that shows what a model was taught; nothing where the model does not say. */
export function known(model, kind = "soft") {
  return model?.names > 0 ? pill({ icon: "book-open", label: t("known.open"), kind, act: () => openKnown(model) }) : nothing;
}

/** Shows the names that a model was taught; the one that is picked is drawn. */
function openKnown(model) {
  let things = null;
  let words = "";
  const sheet = openSheet({
    title: () => t("known.title", model.name),
    body: () => (things === null ? html`<p class="soft">${t("made.coming")}</p>` : body(named(things, words))),
  });

  const body = (names) => html`
    <p class="soft">${t("known.hint")}</p>
    <div class="field known-search">
      <label class="unseen" for="known-words">${t("known.search")}</label>
      <input id="known-words" type="search" autocomplete="off" spellcheck="false" placeholder=${t("known.search")} .value=${live(words)}
        @input=${(event) => { words = event.target.value; sheet.update(); }}>
    </div>
    <ul class="known-names">${repeat(names, (name) => name, (name) => html`<li>${pill({ label: name, act: () => draw(name, model, sheet) })}</li>`)}</ul>
    ${names.length === 0 ? html`<p class="soft" role="status">${t("known.none")}</p>` : nothing}`;

  api.get(`/models/${encodeURIComponent(model.name)}`).then((whole) => {
    ({ things } = whole);
    sheet.update();
  }, complain);
}

/** {@return the names in the language of the page, or in the first that there is, with these words in them, as its dictionaries order them} */
function named(things, words) {
  const names = things[language.code] ?? Object.values(things)[0] ?? [];
  return names.filter((name) => plain(name).includes(plain(words.trim()))).sort((one, other) => one.localeCompare(other, language.code));
}

/** Without accents and capitals, as people search. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function draw(name, model, sheet) {
  sheet.close();
  const chosen = models.get(desk.settings.model) ?? models.usual;
  if (chosen?.name !== model.name) {
    desk.set({ model: model.name === models.usual?.name ? undefined : model.name, width: undefined, height: undefined, steps: undefined, guidance: undefined });
  }
  desk.phrase = name;
  desk.draw(wish(desk, models)).catch(complain);
}
