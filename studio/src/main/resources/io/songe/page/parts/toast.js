import { t } from "../shell/language.js";
import { html, nothing, SongeElement, repeat } from "../shell/element.js";
import { icon } from "./icon.js";

const STAYS = 7000;

class Toasts extends SongeElement {
  items = [];

  render() {
    return html`<div class="toasts" role="status" aria-live="polite">
      ${repeat(this.items, (item) => item.id, (item) => html`<div class="toast ${item.kind}">
        ${item.kind === "warn" ? icon("circle-alert") : nothing}<p>${item.text}</p>
        ${item.undo ? html`<button type="button" class="toast-act" @click=${() => this.#take(item, item.undo)}>${t("parts.undo")}</button>` : nothing}
        ${item.act ? html`<button type="button" class="toast-act" @click=${() => this.#take(item, item.act)}>${item.label}</button>` : nothing}
        <button type="button" class="toast-close" aria-label=${t("parts.close")} @click=${() => this.drop(item)}>${icon("x")}</button>
      </div>`)}
    </div>`;
  }

  show(item) {
    this.items = [...this.items.slice(-2), item];
    this.requestUpdate();
    const wait = () => setTimeout(() => (this.matches(":hover, :focus-within") ? wait() : this.drop(item)), STAYS);
    wait();
  }

  drop(item) {
    this.items = this.items.filter((other) => other !== item);
    this.requestUpdate();
  }

  #take(item, act) {
    this.drop(item);
    Promise.resolve(act()).catch(complain);
  }
}
customElements.define("songe-toasts", Toasts);

let toasts = null;
let counted = 0;

/** Says something at the foot for a few seconds: say(text, { undo: async () => ... }) or { label, act }. */
export function say(text, { undo, label, act, kind = "" } = {}) {
  toasts ??= document.createElement("songe-toasts");
  // An open dialog makes the rest of the page inert, so they are said inside it.
  const place = document.querySelector("dialog[open]") ?? document.body;
  if (toasts.parentElement !== place) {
    place.append(toasts);
  }
  counted += 1;
  toasts.show({ id: counted, text, undo, label, act, kind });
}

/** Says what failed, in the server's words where it has some. */
export function complain(failure) {
  const text = failure.code === "gone" ? t("parts.gone") : failure.code === "full" ? t("parts.full", failure.retryAfter ?? 5) : failure.message;
  say(text, { kind: "warn" });
}
