import { html } from "../shell/element.js";

/** Puts the sprite of all icons into the document, so that no icon comes later than its button. */
export async function bringIcons() {
  const answer = await fetch("icons.svg");
  const sprite = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  sprite.setAttribute("hidden", "");
  sprite.setAttribute("aria-hidden", "true");
  document.body.prepend(sprite);
}

/** {@return a Lucide icon; it only decorates, the control that holds it has the name} */
export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="#${name}"></use></svg>`;
}
