import { html } from "../shell/element.js";

/** {@return a Lucide icon; it only decorates, the control that holds it has the name} */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="icons.svg#${name}"></use></svg>`;
}
