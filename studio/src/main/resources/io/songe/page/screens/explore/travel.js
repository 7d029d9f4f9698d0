import { html, nothing, SongeElement } from "../../shell/element.js";
import { api } from "../../shell/api.js";
import { jobs } from "../../shell/jobs.js";
import { t } from "../../shell/language.js";
import { keep, kept } from "../../shell/store.js";
import { act, field, go, pill, slider } from "../../parts/controls.js";
import { openMenu } from "../../parts/menu.js";
import { drawNoise } from "../../parts/noise.js";
import { complain } from "../../parts/toast.js";
import { walk } from "./walk.js";

const STATE = "travel";
const FRAMES_A_SECOND = 12;

/** From one phrase and seed to another, frame by frame; the frames can be watched as they come, and saved as a film. */
class Travel extends SongeElement {
  static watches = [jobs];

  #ends = kept(STATE, { from: "", to: "", fromSeed: "", toSeed: "", frames: 16, job: null });
  #chosen = null;
  #playing = null;

  connectedCallback() {
    super.connectedCallback();
    if (!this.#ends.from) {
      this.#change({ from: walk.here?.wish.phrase ?? t("imagine.phrases")[0], to: t("explore.travel.to.example"), fromSeed: String(walk.here?.wish.seed ?? 4207) });
    }
    this.#load();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#play(false);
  }

  render() {
    const ends = this.#ends;
    const job = ends.job ? jobs.get(ends.job) : undefined;
    const busy = job && ["queued", "held", "running"].includes(job.state);
    return html`
      <div class="head"><h2>${t("explore.travel.title")}</h2><p class="meta">${t("explore.travel.hint")}</p></div>
      <div class="split">
        <div>
          <figure class="screening">
            ${this.#done > 0 ? html`<img src=${this.#url(this.#frame)} alt=${t("explore.travel.frame", this.#frame + 1, ends.frames)}>` : html`<canvas aria-hidden="true"></canvas>`}
            ${busy ? html`<span class="ring">${t("explore.travel.coming", this.#done, ends.frames)}</span>` : nothing}
          </figure>
          <div class="reel">
            ${act({ icon: this.#playing ? "pause" : "play", label: t(this.#playing ? "explore.travel.pause" : "explore.travel.play"), disabled: this.#done < 2, act: () => this.#play(!this.#playing) })}
            ${slider({ label: t("explore.travel.place"), bare: true, value: this.#frame, min: 0, max: Math.max(1, this.#done - 1), input: (n) => { this.#play(false); this.#show(n); }, say: (n) => `${n + 1} / ${ends.frames}` })}
            ${pill({ icon: "clapperboard", label: t("explore.travel.save"), disabled: this.#done < 2 || busy, act: (event) => this.#save(event.currentTarget) })}
          </div>
          ${job?.failure ? html`<p class="set-failed">${t("imagine.failed", job.failure)}</p>` : nothing}
        </div>
        <aside class="card">
          <form @submit=${this.#draw}>
            <h3>${t("explore.travel.from")}</h3>
            ${field({ label: t("imagine.phrase"), hidden: true, value: ends.from, input: (from) => this.#change({ from }) })}
            ${field({ label: t("made.seed"), type: "number", min: 0, value: ends.fromSeed, input: (fromSeed) => this.#change({ fromSeed }) })}
            <h3>${t("explore.travel.to.title")}</h3>
            ${field({ label: t("explore.travel.to.phrase"), hidden: true, value: ends.to, placeholder: t("explore.travel.to.same"), input: (to) => this.#change({ to }) })}
            ${field({ label: t("made.seed"), type: "number", min: 0, value: ends.toSeed, placeholder: t("explore.travel.to.sameSeed"), input: (toSeed) => this.#change({ toSeed }) })}
            ${slider({ label: t("explore.travel.frames"), value: ends.frames, min: 4, max: 60, input: (frames) => this.#change({ frames }) })}
            ${busy ? pill({ icon: "x", label: t("imagine.stop"), act: () => jobs.act(ends.job, "cancel").catch(complain) }) : go({ icon: "route", label: t("explore.travel.go"), type: "submit" })}
          </form>
        </aside>
      </div>`;
  }

  updated() {
    const canvas = this.querySelector(".screening canvas");
    if (canvas) {
      drawNoise(canvas, Number(this.#ends.fromSeed) || 1);
    }
  }

  #change(changes) {
    this.#ends = { ...this.#ends, ...changes };
    keep(STATE, this.#ends);
    this.requestUpdate();
  }

  #url(frame) {
    return api.url(`/jobs/${this.#ends.job}/frames/${frame}`);
  }

  #draw = async (event) => {
    event.preventDefault();
    const { from, to, fromSeed, toSeed, frames } = this.#ends;
    const { start, variation, ...settings } = walk.here?.wish ?? {};
    try {
      const travel = { frames };
      if (to.trim()) {
        travel.toPhrase = to.trim();
      }
      if (toSeed !== "") {
        travel.toSeed = Number(toSeed);
      }
      const job = await jobs.order({ ...settings, phrase: from.trim(), seed: fromSeed === "" ? undefined : Number(fromSeed), count: 1, kept: false, travel });
      this.#chosen = null;
      this.#change({ job: job.id });
    } catch (failure) {
      complain(failure);
    }
  };

  /** A travel of an earlier visit may be forgotten by now. */
  async #load() {
    try {
      await (this.#ends.job ? jobs.load(this.#ends.job) : null);
    } catch (failure) {
      if (failure.status === 404) {
        this.#change({ job: null });
      }
    }
  }

  /** {@return how many frames are there} */
  get #done() {
    return jobs.get(this.#ends.job)?.frames ?? 0;
  }

  /** {@return the frame that is shown: the newest, unless another was chosen} */
  get #frame() {
    return Math.max(0, Math.min(this.#chosen ?? Infinity, this.#done - 1));
  }

  #show(frame) {
    this.#chosen = frame;
    this.requestUpdate();
  }

  #play(on) {
    clearInterval(this.#playing);
    this.#playing = on ? setInterval(() => this.#show((this.#frame + 1) % this.#done), 1000 / FRAMES_A_SECOND) : null;
    this.requestUpdate();
  }

  #save(anchor) {
    const film = (format) => {
      const link = document.createElement("a");
      link.href = api.url(`/jobs/${this.#ends.job}/film?format=${format}&fps=${FRAMES_A_SECOND}&pingpong=true`);
      link.download = "";
      link.click();
    };
    openMenu(anchor, t("explore.travel.save"), ["gif", "mp4", "apng"].map((format) => ({ icon: "film", label: t(`explore.travel.as.${format}`), hint: t(`explore.travel.asHint.${format}`), act: () => film(format) })));
  }
}
customElements.define("songe-travel", Travel);
