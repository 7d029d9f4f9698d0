import { html, nothing, repeat, SongeElement } from "../shell/element.js";
import { api } from "../shell/api.js";
import { desk } from "../shell/desk.js";
import { jobs } from "../shell/jobs.js";
import { t } from "../shell/language.js";
import { models } from "../shell/models.js";
import { pictures } from "../shell/pictures.js";
import { route } from "../shell/route.js";
import { pill } from "../parts/controls.js";
import { ask } from "./imagine/ask.js";
import { earlier, groups } from "./imagine/earlier.js";
import { set } from "./imagine/set.js";
import { known } from "./imagine/known.js";
import { takeFile } from "./imagine/start.js";
import { wish } from "./imagine/wish.js";

export const tag = "songe-imagine";

/** The first screen: a phrase, the four pictures that come of it, and the phrases before. */
class Imagine extends SongeElement {
  static watches = [jobs, desk, pictures, models];

  /** Why the last wish was not taken, or null. */
  refusal = null;
  #past = [];
  #pastOf = -1;
  #given = 0;

  connectedCallback() {
    super.connectedCallback();
    this.addEventListener("paste", this.#paste);
    this.addEventListener("dragover", this.#over);
    this.addEventListener("dragleave", this.#leave);
    this.addEventListener("drop", this.#drop);
    document.addEventListener("keydown", this.#slash);
    this.#takeStart();
    route.addEventListener("change", this.#takeStart);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#slash);
    route.removeEventListener("change", this.#takeStart);
  }

  render() {
    const shown = this.#shown();
    const rows = groups(jobs.over, this.#past, shown);
    return html`
      <h1 class="unseen">${t("shell.places.imagine")}</h1>
      ${ask(this)}
      <section class="shown" aria-label=${t("imagine.pictures", 4)}>${repeat(shown, (entry) => entry.id ?? entry.pictures[0], (entry) => set(entry))}</section>
      ${shown.length === 0 && jobs.loaded ? this.#empty() : nothing}
      ${rows.length > 0 ? earlier(rows, (row) => this.#bringBack(row)) : nothing}
    `;
  }

  updated() {
    const finished = jobs.over.length;
    if (jobs.connected && finished !== this.#pastOf) {
      this.#pastOf = finished;
      this.#recall();
    }
  }

  /** Orders what the box says. */
  async draw() {
    const phrase = desk.phrase.trim();
    if (!phrase) {
      this.querySelector("#phrase").focus();
      return;
    }
    try {
      await desk.draw(wish(desk, models));
      this.refusal = null;
    } catch (failure) {
      this.refusal = failure;
    }
    this.requestUpdate();
  }

  /** Writes another phrase into the box. */
  surprise() {
    const phrases = t("imagine.phrases");
    this.#given = this.#given || Math.floor(Math.random() * phrases.length);
    this.#given = (this.#given + 1 + Math.floor(Math.random() * (phrases.length - 2))) % phrases.length;
    this.write(phrases[this.#given]);
  }

  write(phrase) {
    desk.phrase = phrase;
    this.refusal = null;
    const box = this.querySelector("#phrase");
    box.focus();
    this.updateComplete.then(() => box.setSelectionRange(phrase.length, phrase.length));
  }

  #shown() {
    if (desk.coming) {
      return [desk.coming];
    }
    const entries = desk.shown.map((entry) => (typeof entry === "string" ? jobs.get(entry) : entry)).filter(Boolean);
    if (entries.length > 0 || !jobs.loaded) {
      return entries;
    }
    const latest = jobs.all.find((job) => !job.travel && (job.state === "running" || job.pictures.length > 0));
    return latest ? [latest] : this.#past.length > 0 ? groups([], this.#past, []).slice(0, 1) : [];
  }

  #empty() {
    const phrases = t("imagine.phrases");
    return html`<section class="empty">
      <h2>${t("imagine.empty.title")}</h2>
      <p>${t("imagine.empty.text")}</p>
      <ul class="tries" aria-label=${t("imagine.empty.try")}>
        ${[0, 1, 2].map((i) => html`<li>${pill({ label: phrases[i], act: () => { this.write(phrases[i]); this.draw(); }, kind: "phrase" })}</li>`)}
      </ul>
      ${known(models.get(desk.settings.model) ?? models.usual)}
    </section>`;
  }

  #bringBack(row) {
    desk.phrase = row.phrase;
    desk.show([row.id ?? { phrase: row.phrase, pictures: row.pictures }]);
    scrollTo({ top: 0, behavior: "smooth" });
  }

  async #recall() {
    const answer = await api.get("/pictures?most=60").catch(() => null);
    if (answer) {
      this.#past = answer.pictures;
      pictures.take(answer.pictures);
      this.requestUpdate();
    }
  }

  #takeStart = () => {
    if (route.screen === "imagine" && route.query.start) {
      desk.set({ start: { picture: route.query.start }, strength: desk.settings.strength ?? 0.6 });
      history.replaceState(null, "", route.to("imagine"));
    }
  };

  #slash = (event) => {
    const writing = event.target.closest?.("input, textarea, select, dialog");
    if (event.key === "/" && !writing && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.querySelector("#phrase").focus();
    }
  };

  #paste = (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((one) => one.type.startsWith("image/"));
    if (file) {
      event.preventDefault();
      takeFile(file);
    }
  };

  #over = (event) => {
    if ([...event.dataTransfer.types].includes("Files")) {
      event.preventDefault();
      this.querySelector(".ask").classList.add("dropping");
    }
  };

  #leave = (event) => {
    if (!this.contains(event.relatedTarget)) {
      this.querySelector(".ask").classList.remove("dropping");
    }
  };

  #drop = (event) => {
    const [file] = event.dataTransfer.files;
    this.querySelector(".ask").classList.remove("dropping");
    if (file) {
      event.preventDefault();
      takeFile(file);
    }
  };
}
customElements.define(tag, Imagine);
