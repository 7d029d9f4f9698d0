import { language, t } from "../shell/language.js";
import { html, nothing } from "../shell/element.js";
import { render } from "../vendor/lit/lit-html.js";
import { route } from "../shell/route.js";
import { act } from "./controls.js";

/**
 * Opens a sheet from the right (from the foot on a phone), or a dialog in the middle.
 *
 * openSheet({ title: () => text, body: (sheet) => html`...`, kind?: "side"|"middle", watches?: [store], closed?: () => {}, foot? })
 * {@return { close(), update() }}; it is drawn again when the language or a watched store changes.
 */
export function openSheet({ title, body, foot, kind = "side", watches = [], closed = () => {} }) {
  const dialog = document.createElement("dialog");
  dialog.className = `sheet ${kind}`;
  const back = document.activeElement;
  const sheet = { close: () => dialog.close(), update, dialog };

  function update() {
    dialog.setAttribute("aria-label", title());
    render(
      html`<header><h2>${title()}</h2>${act({ icon: "x", label: t("parts.close"), act: sheet.close, kind: "plain" })}</header>
        <div class="sheet-body" tabindex="-1" autofocus>${body(sheet)}</div>
        ${foot ? html`<footer>${foot(sheet)}</footer>` : nothing}`,
      dialog,
    );
  }

  const stores = [language, ...watches];
  stores.forEach((store) => store.addEventListener("change", update));
  route.addEventListener("change", sheet.close);
  dialog.addEventListener("click", (event) => event.target === dialog && outside(dialog, event) && dialog.close());
  dialog.addEventListener("close", () => {
    stores.forEach((store) => store.removeEventListener("change", update));
    route.removeEventListener("change", sheet.close);
    dialog.querySelectorAll("songe-toasts").forEach((toasts) => document.body.append(toasts));
    dialog.remove();
    if (back?.isConnected) {
      back.focus();
    }
    closed();
  });
  update();
  document.body.append(dialog);
  dialog.showModal();
  return sheet;
}

function outside(dialog, event) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
