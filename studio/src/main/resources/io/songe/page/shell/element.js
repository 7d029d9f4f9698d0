import { LitElement } from "../vendor/lit/lit-element.js";
import { Directive, directive, PartType } from "../vendor/lit/directive.js";
import { noChange } from "../vendor/lit/lit-html.js";
import { language } from "./language.js";

export { html, svg, nothing } from "../vendor/lit/lit-html.js";
export { repeat } from "../vendor/lit/directives/repeat.js";
export { live } from "../vendor/lit/directives/live.js";
export { ref, createRef } from "../vendor/lit/directives/ref.js";

/**
 * An element of the page: drawn into the document itself, so that base.css holds everywhere, and
 * drawn again when the language or one of the stores in `static watches` changes.
 */
export class SongeElement extends LitElement {
  #redraw = () => this.requestUpdate();

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#stores().forEach((store) => store.addEventListener("change", this.#redraw));
    this.requestUpdate();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stores().forEach((store) => store.removeEventListener("change", this.#redraw));
  }

  #stores() {
    return [language, ...(this.constructor.watches ?? [])];
  }
}

/** `<p ${look({ "--tint": "#fff", width: "40%" })}>`: styles that depend on data, without a style attribute, which the security policy forbids. */
export const look = directive(
  class extends Directive {
    #names = new Set();

    constructor(part) {
      super(part);
      if (part.type !== PartType.ELEMENT) {
        throw new Error("look() stands in a tag, like ref()");
      }
    }

    update(part, [styles]) {
      for (const name of this.#names) {
        if (!(name in styles)) {
          part.element.style.removeProperty(name);
        }
      }
      this.#names = new Set(Object.keys(styles));
      for (const [name, value] of Object.entries(styles)) {
        if (value === null || value === undefined) {
          part.element.style.removeProperty(name);
        } else {
          part.element.style.setProperty(name, String(value));
        }
      }
      return noChange;
    }

    render() {
      return noChange;
    }
  },
);
