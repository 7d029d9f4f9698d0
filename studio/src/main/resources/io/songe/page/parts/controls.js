import { html, live, look, nothing } from "../shell/element.js";
import { icon } from "./icon.js";

let made = 0;

/** {@return a name for an element that another points at} */
export function name(prefix) {
  made += 1;
  return `${prefix}-${made}`;
}

/** A quiet button with words: pill({ icon: "dices", label, act, pressed?, expanded?, disabled?, kind?: "soft"|"warn", extra? }). */
export function pill({ icon: drawn, label, act: does, pressed, expanded, disabled = false, kind = "", extra = nothing, hint }) {
  return html`<button type="button" class="pill ${kind}" ?disabled=${disabled} title=${hint ?? nothing}
      aria-pressed=${pressed ?? nothing} aria-expanded=${expanded ?? nothing} @click=${does}>
    ${drawn ? icon(drawn) : nothing}<span>${label}</span>${extra}
  </button>`;
}

/** The one button that a screen is about. */
export function go({ icon: drawn, label, act: does, disabled = false, type = "button" }) {
  return html`<button type=${type} class="go" ?disabled=${disabled} @click=${does ?? nothing}>${drawn ? icon(drawn) : nothing}<span>${label}</span></button>`;
}

/** A round button that is only an icon; its label is its name and its hint. */
export function act({ icon: drawn, label, act: does, pressed, menu = false, expanded, disabled = false, kind = "" }) {
  return html`<button type="button" class="act ${kind}" title=${label} aria-label=${label} ?disabled=${disabled}
      aria-pressed=${pressed ?? nothing} aria-haspopup=${menu ? "menu" : nothing} aria-expanded=${expanded ?? nothing} @click=${does}>${icon(drawn)}</button>`;
}

/** A slider with its value beside it, or bare where these stand elsewhere. `say` turns the value into words. */
export function slider({ id = name("slider"), label, value, min, max, step = 1, input, change, say = String, low, high, describedBy, bare = false }) {
  const part = (100 * (value - min)) / (max - min);
  return html`<div class="slider">
    ${bare ? html`<label class="unseen" for=${id}>${label}</label>` : html`<div class="slider-head"><label for=${id}>${label}</label><output for=${id}>${say(value)}</output></div>`}
    <input id=${id} type="range" min=${min} max=${max} step=${step} .value=${live(String(value))} aria-valuetext=${say(value)}
      aria-describedby=${describedBy ?? nothing} ${look({ "--part": `${part}%` })}
      @input=${(event) => input(Number(event.target.value))} @change=${(event) => change?.(Number(event.target.value))}>
    ${low || high ? html`<div class="slider-ends" aria-hidden="true"><span>${low}</span><span>${high}</span></div>` : nothing}
  </div>`;
}

/** One of a few: real radio buttons, so arrows work. options: [{ value, label, icon?, drawn? (a template) }]. */
export function choice({ label, group, options, value, pick, kind = "segments", describedBy }) {
  return html`<div class="choice ${kind}" role="radiogroup" aria-label=${label} aria-describedby=${describedBy ?? nothing}>
    ${options.map((option) => html`<label class="option" title=${option.hint ?? nothing}>
      <input type="radio" name=${group} .checked=${live(option.value === value)} @change=${() => pick(option.value)}>
      <span class="face">${option.drawn ?? (option.icon ? icon(option.icon) : nothing)}${option.label ? html`<span class="word">${option.label}</span>` : nothing}</span>
    </label>`)}
  </div>`;
}

/** A line of text or a number with its name above. */
export function field({ id = name("field"), label, value, input, type = "text", min, max, step, placeholder, hidden = false, describedBy, invalid }) {
  return html`<div class="field">
    <label for=${id} class=${hidden ? "unseen" : nothing}>${label}</label>
    <input id=${id} type=${type} .value=${live(String(value ?? ""))} min=${min ?? nothing} max=${max ?? nothing} step=${step ?? nothing}
      placeholder=${placeholder ?? nothing} aria-describedby=${describedBy ?? nothing} aria-invalid=${invalid ? "true" : nothing} @change=${(event) => input(event.target.value)}>
  </div>`;
}

/** A list to choose from. options: [{ value, label }]. */
export function select({ id = name("select"), label, value, options, pick, describedBy, hidden = false }) {
  return html`<div class="field">
    <label for=${id} class=${hidden ? "unseen" : nothing}>${label}</label>
    <select id=${id} aria-describedby=${describedBy ?? nothing} @change=${(event) => pick(event.target.value)}>
      ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.label}</option>`)}
    </select>
  </div>`;
}

/** A switch that is on or off. */
export function toggle({ label, on, flip, describedBy }) {
  return html`<label class="toggle"><input type="checkbox" role="switch" .checked=${live(on)} aria-describedby=${describedBy ?? nothing} @change=${(event) => flip(event.target.checked)}><span>${label}</span></label>`;
}
