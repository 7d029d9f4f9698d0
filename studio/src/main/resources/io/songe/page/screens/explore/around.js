import { html, look, nothing, repeat, SongeElement, svg } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { jobs } from "../../shell/jobs.js";
import { has, number, t } from "../../shell/language.js";
import { pictures } from "../../shell/pictures.js";
import { route } from "../../shell/route.js";
import { act, go, pill, slider } from "../../parts/controls.js";
import { complain, say } from "../../parts/toast.js";
import "../../parts/draft.js";
import { walk } from "./walk.js";

/** Where the neighbours stand, in parts of the sky from its middle: not quite a circle. */
const PLACES = [[-6, -36], [17, -33], [34, -12], [33, 19], [13, 37], [-13, 36], [-33, 17], [-31, -15]];

/** The chosen picture in the middle, eight neighbours around it: a click goes there. */
class Around extends SongeElement {
  static watches = [walk, jobs, pictures];

  #own = "";

  connectedCallback() {
    super.connectedCallback();
    this.#begin();
  }

  async #begin() {
    const asked = route.query.picture;
    try {
      if (asked && walk.here?.id !== asked) {
        await walk.begin(asked);
      } else if (!walk.here) {
        const latest = await api.get("/pictures?most=1");
        if (latest.pictures.length > 0) {
          await walk.begin(latest.pictures[0].id);
        }
      } else if (walk.here.ring && jobs.loaded && !jobs.get(walk.here.ring)) {
        await walk.look(true); // the queue has forgotten that job, and its pictures with it
      }
    } catch (failure) {
      complain(failure);
    }
  }

  render() {
    const { here } = walk;
    if (!here) {
      return html`<div class="empty"><h2>${t("explore.empty.title")}</h2><p>${t("explore.empty.text")}</p>${go({ icon: "sparkles", label: t("queue.empty.go"), act: () => route.go("imagine") })}</div>`;
    }
    const phrase = here.wish.phrase ?? "";
    return html`
      <div class="head"><h2>${t("explore.around.title", phrase)}</h2><p class="meta">${t("explore.around.hint")}</p></div>
      <div class="split">
        <div>
          <div class="sky" role="group" aria-label=${t("explore.around.sky")} @keydown=${this.#key}>
            <svg class="sky-lines" viewBox="-50 -50 100 100" preserveAspectRatio="none" aria-hidden="true">${PLACES.map(([x, y]) => svg`<line x1="0" y1="0" x2=${x} y2=${y}></line>`)}</svg>
            <span class="star middle"><img src=${here.src} alt=${phrase} decoding="async"></span>
            ${here.ring ? repeat(PLACES, (_, i) => `${here.ring}/${i}`, ([x, y], i) => this.#neighbour(here, x, y, i)) : nothing}
          </div>
          <div class="trail">
            <span class="meta">${t("explore.around.path")}</span>
            <ol>${walk.path.map((place, i) => html`<li><button type="button" class="trail-place" aria-current=${i === walk.at ? "step" : nothing} aria-label=${t("explore.around.place", i + 1)} @click=${() => walk.go(i)}><img src=${place.src} alt=""></button></li>`)}</ol>
          </div>
        </div>
        <aside class="card">
          <h3>${t("explore.around.distance")}</h3>
          <p class="meta">${t("explore.around.distanceHint")}</p>
          ${slider({ label: t("explore.around.distance"), bare: true, value: Math.round(walk.distance * 100), min: 0, max: 100, input: (n) => walk.near(n / 100), change: () => walk.look(true).catch(complain), say: (n) => `${n} %`, low: t("explore.around.near"), high: t("explore.around.far") })}
          <h3>${t("explore.around.direction")}</h3>
          <p class="meta">${t("explore.around.directionHint")}</p>
          <div class="directions">
            ${[...new Set([...t("explore.around.words"), ...walk.towards])].map((words) => pill({ label: words, pressed: String(walk.towards.includes(words)), act: () => this.#pull(words, !walk.towards.includes(words)) }))}
            <form @submit=${this.#add}><label class="unseen" for="explore-own">${t("explore.around.own")}</label>
              <input id="explore-own" class="line" maxlength="60" autocomplete="off" placeholder=${t("explore.around.own")} .value=${this.#own}>
              ${act({ icon: "plus", label: t("explore.around.add"), act: (event) => event.currentTarget.closest("form").requestSubmit() })}</form>
          </div>
          <dl class="facts">${facts(here.wish).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
          <div class="made-row">
            ${here.id ? pill({ icon: "info", label: t("acts.made"), act: () => import("../../parts/made.js").then(({ openMade }) => openMade(here.id)) }) : pill({ icon: "heart", label: t("acts.keep"), act: () => this.#keepHere() })}
            ${pill({ icon: "refresh-cw", label: t("explore.around.again"), act: () => walk.look(true).catch(complain) })}
          </div>
        </aside>
      </div>`;
  }

  #neighbour(here, x, y, i) {
    const done = (jobs.get(here.ring)?.pictures?.length ?? 0) > i;
    return html`<button type="button" class="star" ?disabled=${!done} aria-label=${t("explore.around.go", i + 1)} data-at=${i}
      ${look({ left: `${50 + x}%`, top: `${50 + y}%` })} @click=${() => walk.step(i).catch(complain)}><songe-draft .job=${here.ring} .i=${i}></songe-draft></button>`;
  }

  /** Arrows go round the ring. */
  #key = (event) => {
    const turn = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const at = Number(event.target.dataset?.at);
    if (turn && !Number.isNaN(at)) {
      event.preventDefault();
      const next = (at + turn + PLACES.length) % PLACES.length;
      this.querySelector(`.star[data-at="${next}"]`)?.focus();
    }
  };

  #pull(words, on) {
    walk.pull(words, on);
    walk.look(true).catch(complain);
  }

  #add = (event) => {
    event.preventDefault();
    const field = event.currentTarget.querySelector("input");
    const words = field.value.trim();
    if (words && !walk.towards.includes(words)) {
      field.value = "";
      this.#pull(words, true);
    }
  };

  async #keepHere() {
    try {
      await walk.keepHere();
      say(t("explore.around.kept"));
    } catch (failure) {
      complain(failure);
    }
  }
}
customElements.define("songe-around", Around);

function facts(wish) {
  const style = wish.style && (has(`imagine.styleNames.${wish.style}`) ? t(`imagine.styleNames.${wish.style}`) : wish.style);
  return [[t("explore.around.phrase"), wish.phrase], [t("made.style"), style], [t("made.seed"), wish.seed], [t("made.guidance"), wish.guidance && number(wish.guidance)]].filter(([, value]) => value !== undefined && value !== "");
}
