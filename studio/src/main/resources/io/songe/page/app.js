/*
 * The page of the studio. No build step: these files are what the browser runs.
 *
 *   index.html, base.css   the document; colours, type, and what holds everywhere
 *   shell/                 the frame: element.js (base class), language.js (t), api.js, jobs.js (live
 *                          events), pictures.js, models.js, route.js, theme.js, store.js
 *   parts/                 what screens are made of: controls.js (pill, act, slider, choice, field),
 *                          tile.js (<songe-tile>), sheet.js, menu.js, toast.js, icon.js, noise.js,
 *                          sticker.js, acts.js (what one does with a picture), made.js (the "i" sheet)
 *   screens/               one folder or file for each screen;  messages/ en.js and fr.js
 *
 * To add a screen "garden":
 *   1. Its line in SCREENS below, with a Lucide icon that is in icons.svg (copy the <symbol>).
 *   2. screens/garden.js exports `tag` and defines it: class Garden extends SongeElement, with
 *      `static watches = [jobs]` for the stores that redraw it, and render() returning html`...`.
 *      The router makes the element when first visited and keeps it, so its state outlives a visit to
 *      another screen; it listens to `route` (a store too) for `route.query`.
 *   3. screens/garden.css, named in the same line: loaded before the screen is shown, so that nothing jumps.
 *   4. Its words under `garden` in messages/en.js and fr.js; t("garden.title"), t("garden.found", 3).
 *      No text stands in a template. A message with arguments is a function. A test compares the keys.
 *
 * Rules that tests hold: no inline style or script (use look() for styles that depend on data), only
 * requests to this server, every control has a name and a visible focus, targets of var(--target).
 * Pictures and previews that are not files go on a canvas (parts/noise.js), since the security policy
 * allows no data: or blob: address. Failures are shown by `complain(failure)` (parts/toast.js), undo by
 * `say(text, { undo })`; a question is never asked before deleting. Errors of a form are shown by it.
 * jobs.order(wish) orders pictures (see the interface's document at /api/openapi.yaml).
 */
import { html, nothing, SongeElement } from "./shell/element.js";
import { language, t } from "./shell/language.js";
import { jobs } from "./shell/jobs.js";
import { models } from "./shell/models.js";
import { route } from "./shell/route.js";
import { theme } from "./shell/theme.js";
import { bringIcons, icon } from "./parts/icon.js";
import { openMenu } from "./parts/menu.js";

const SCREENS = [
  { name: "imagine", icon: "sparkles", load: () => import("./screens/imagine.js"), css: "screens/imagine.css" },
  { name: "explore", icon: "compass", load: () => import("./screens/explore.js"), css: "screens/explore.css" },
  { name: "edit", icon: "brush", load: () => import("./screens/edit.js"), css: "screens/edit.css" },
  { name: "gallery", icon: "images", load: () => import("./screens/gallery.js"), css: "screens/gallery.css" },
  { name: "queue", icon: "list-ordered", load: () => import("./screens/queue.js"), css: "screens/queue.css", wide: true },
  { name: "models", icon: "box", load: () => import("./screens/models.js"), css: "screens/models.css", wide: true, end: true },
  { name: "learn", icon: "book-open", load: () => import("./screens/learn.js"), css: "screens/learn.css", wide: true },
];

class SongeApp extends SongeElement {
  static watches = [jobs, route, theme];

  #made = new Map();
  #shown = null;

  connectedCallback() {
    super.connectedCallback();
    route.addEventListener("change", () => this.#show());
    language.addEventListener("change", () => this.#name());
  }

  firstUpdated() {
    this.#show();
  }

  render() {
    const waiting = jobs.running.length + jobs.waiting.length;
    return html`
      <a class="skip pill" href="#stage" @click=${this.#skip}>${t("shell.skip")}</a>
      <nav class="rail" aria-label=${t("shell.rail")}>
        <a class="mark" href="#/imagine" aria-label="Songe"><svg aria-hidden="true"><use href="#songe"></use></svg></a>
        <ul>
          ${SCREENS.map((screen) => this.#place(screen, waiting))}
          <li class="more">
            <button class="place" type="button" aria-haspopup="menu" aria-current=${this.#isMore() ? "true" : nothing} @click=${this.#more}>
              <span class="badge">${icon("menu")}${this.#count(waiting)}</span>${t("shell.more")}
            </button>
          </li>
        </ul>
        <div class="switches">
          <button class="switch" type="button" title=${t("shell.turn." + theme.current)} aria-label=${t("shell.turn." + theme.current)} @click=${() => theme.turn()}>
            ${icon(theme.current === "dark" ? "sun" : "moon")}
          </button>
          <button class="switch" type="button" lang=${language.other()} title=${t("shell.speak")} @click=${() => language.speak(language.other())}>
            ${language.other().toUpperCase()}<span class="unseen">: ${t("shell.speak")}</span>
          </button>
        </div>
      </nav>
      <main class="stage" id="stage" tabindex="-1"></main>
      ${jobs.connected === false ? html`<div class="gone" role="status">${icon("wifi-off")}${t("shell.gone")}</div>` : nothing}
    `;
  }

  #place(screen, waiting) {
    const here = route.screen === screen.name;
    return html`<li class=${[screen.wide ? "wide" : "", screen.end ? "end" : ""].join(" ").trim() || nothing}>
      <a class="place" href=${route.to(screen.name)} aria-current=${here ? "page" : nothing}>
        <span class="badge">${icon(screen.icon)}${screen.name === "queue" ? this.#count(waiting) : nothing}</span>${t(`shell.places.${screen.name}`)}
      </a>
    </li>`;
  }

  #count(waiting) {
    return waiting === 0 ? nothing : html`<i class="count"><span aria-hidden="true">${waiting > 99 ? "99+" : waiting}</span><span class="unseen">${t("shell.waiting", waiting)}</span></i>`;
  }

  #isMore() {
    return SCREENS.some((screen) => screen.wide && screen.name === route.screen);
  }

  #more(event) {
    openMenu(event.currentTarget, t("shell.more"), [
      ...SCREENS.filter((screen) => screen.wide).map((screen) => ({ icon: screen.icon, label: t(`shell.places.${screen.name}`), act: () => route.go(screen.name) })),
      { icon: theme.current === "dark" ? "sun" : "moon", label: t("shell.turn." + theme.current), act: () => theme.turn() },
      { icon: "languages", label: t("shell.speak"), act: () => language.speak(language.other()) },
    ]);
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector("#stage").focus();
  }

  async #show() {
    const screen = named(route.screen);
    this.#name();
    if (this.#shown === screen.name) {
      return;
    }
    const moved = this.#shown !== null;
    this.#shown = screen.name;
    if (!this.#made.has(screen.name)) {
      const [module] = await fetched(screen);
      const element = document.createElement(module.tag);
      element.classList.add("screen");
      this.#made.set(screen.name, element);
    }
    if (this.#shown !== screen.name) {
      return; // gone elsewhere while this one was being fetched
    }
    const stage = this.querySelector("#stage");
    stage.replaceChildren(this.#made.get(screen.name));
    if (!moved) {
      performance.mark("songe-usable"); // the first screen can be used from here on
    }
    scrollTo(0, 0);
    if (moved) {
      stage.focus({ preventScroll: true });
    }
  }

  #name() {
    const screen = named(route.screen);
    document.title = `${t(`shell.places.${screen.name}`)} · Songe`;
  }
}

function stylesheet(href) {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = resolve;
    link.onerror = resolve;
    document.head.append(link);
  });
}

/** {@return the screen that the address names, being fetched} */
function fetched(screen) {
  screen.coming ??= Promise.all([screen.load(), stylesheet(screen.css)]).catch((failure) => {
    screen.coming = undefined;
    throw failure;
  });
  return screen.coming;
}

function named(name) {
  return SCREENS.find((screen) => screen.name === name) ?? SCREENS[0];
}

fetched(named(route.screen));
await Promise.all([language.speak(language.first(), false), bringIcons()]);
jobs.connect();
models.load().catch(() => {});
jobs.addEventListener("change", () => {
  // A studio that was started again may know other models.
  if (jobs.connected && !models.options) {
    models.load().catch(() => {});
  }
});
customElements.define("songe-app", SongeApp);
