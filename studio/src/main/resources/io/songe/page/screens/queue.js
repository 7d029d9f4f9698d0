import { html, look, nothing, repeat, SongeElement } from "../shell/element.js";
import { desk } from "../shell/desk.js";
import { jobs } from "../shell/jobs.js";
import { ago, duration, has, t } from "../shell/language.js";
import { pictures } from "../shell/pictures.js";
import { route } from "../shell/route.js";
import { act, go, pill } from "../parts/controls.js";
import { icon } from "../parts/icon.js";
import { complain, say } from "../parts/toast.js";
import "./queue/face.js";

export const tag = "songe-queue";

const OVER_SHOWN = 20;
const WAITING_SHOWN = 60;

/** What runs, what waits in which order, and what was done lately. */
class Queue extends SongeElement {
  static watches = [jobs, pictures];

  #dragged = null;
  #over = null;
  #said = "";

  render() {
    const { running, waiting } = jobs;
    const over = jobs.over.slice(0, OVER_SHOWN);
    const busy = running.length + waiting.length > 0;
    return html`
      <header class="queue-head">
        <h1>${t("queue.title")}</h1>
        <p class="meta">${busy ? t("queue.summary", running.length, waiting.length) : nothing}</p>
        ${busy || jobs.paused ? pill({ icon: jobs.paused ? "play" : "pause", label: t(jobs.paused ? "queue.resume" : "queue.pause"), pressed: String(jobs.paused), act: () => jobs.pause(!jobs.paused).catch(complain) }) : nothing}
      </header>
      ${jobs.paused ? html`<p class="resting">${icon("pause")}${t("queue.paused")}</p>` : nothing}
      <p class="unseen" role="status">${this.#said}</p>
      ${running.length ? this.#part("now", running.map((job) => this.#row(job))) : nothing}
      ${waiting.length ? html`<section><h2 class="queue-part">${t("queue.next")}</h2>
        <ol class="rows-of-jobs" @dragover=${this.#drag} @drop=${this.#drop}>${repeat(waiting.slice(0, WAITING_SHOWN), (job) => job.id, (job, i) => this.#row(job, i, waiting))}</ol>
        ${waiting.length > WAITING_SHOWN ? html`<p class="meta further">${t("queue.further", waiting.length - WAITING_SHOWN)}</p>` : nothing}</section>` : nothing}
      ${!busy && jobs.loaded ? html`<div class="empty"><h2>${t("queue.empty.title")}</h2><p>${t("queue.empty.text")}</p>
        ${go({ icon: "sparkles", label: t("queue.empty.go"), act: () => route.go("imagine") })}</div>` : nothing}
      ${over.length ? this.#part("over", over.map((job) => this.#row(job))) : nothing}
    `;
  }

  #part(name, rows) {
    return html`<section><h2 class="queue-part">${t(`queue.${name}`)}</h2><ol class="rows-of-jobs">${rows}</ol></section>`;
  }

  #row(job, at, waiting) {
    const movable = waiting !== undefined;
    const place = this.#over?.id === job.id ? `drop-${this.#over.side}` : "";
    return html`<li class="job ${job.state} ${place} ${this.#dragged === job.id ? "dragged" : ""}" data-job=${job.id}>
      ${movable ? html`<button type="button" class="grip" draggable="true" aria-label=${t("queue.move", job.phrase)} title=${t("queue.move", job.phrase)}
        @keydown=${(event) => this.#key(event, job, at, waiting)} @dragstart=${(event) => this.#take(event, job)} @dragend=${() => this.#let()}>${icon("grip-vertical")}</button>` : html`<span class="grip-room"></span>`}
      <button type="button" class="job-open" title=${t("queue.show", job.phrase)} @click=${() => this.#show(job)}>
        <songe-job-face .job=${job}></songe-job-face>
        <span class="job-words">
          <span class="job-phrase">${job.phrase}</span>
          <span class="meta">${[...this.#facts(job)].join(" · ")}</span>
          ${job.failure ? html`<span class="job-failure">${job.failure}</span>` : nothing}
        </span>
      </button>
      <div class="job-acts">${this.#acts(job)}</div>
      ${job.state === "running" ? html`<span class="job-bar" ${look({ "--part": part(job) })}></span>` : nothing}
    </li>`;
  }

  *#facts(job) {
    if (job.state !== "finished") {
      yield t(`queue.state.${job.state}`);
    }
    if (job.state === "running") {
      yield t("queue.picture", Math.min(job.image + 1, job.count), job.count);
      yield `${job.step} / ${job.stepsOfEach || job.steps}`;
    } else {
      yield t("queue.pictures", job.state === "finished" ? job.pictures.length || job.count : job.count);
      if (job.style) {
        yield has(`imagine.styleNames.${job.style}`) ? t(`imagine.styleNames.${job.style}`) : job.style;
      }
    }
    if (job.timeLeft && ["running", "queued"].includes(job.state)) {
      yield t("queue.left", duration(job.timeLeft));
    }
    if (job.ended) {
      yield ago(job.ended);
    }
  }

  #acts(job) {
    const does = (what) => () => jobs.act(job.id, what).catch(complain);
    switch (job.state) {
      case "running":
        return act({ icon: "x", label: t("queue.cancel"), act: () => this.#cancel(job), kind: "plain" });
      case "queued":
        return html`${act({ icon: "pause", label: t("queue.hold"), act: does("hold"), kind: "plain" })}${act({ icon: "x", label: t("queue.cancel"), act: () => this.#cancel(job), kind: "plain" })}`;
      case "held":
        return html`${act({ icon: "play", label: t("queue.release"), act: does("release"), kind: "plain" })}${act({ icon: "x", label: t("queue.cancel"), act: () => this.#cancel(job), kind: "plain" })}`;
      case "failed":
      case "cancelled":
        return pill({ icon: "rotate-ccw", label: t("queue.retry"), act: does("retry") });
      default:
        return nothing;
    }
  }

  async #cancel(job) {
    try {
      await jobs.act(job.id, "cancel");
      say(t("queue.cancelled"), { undo: () => jobs.act(job.id, "retry") });
    } catch (failure) {
      complain(failure);
    }
  }

  #show(job) {
    desk.show([job.id]);
    desk.phrase = job.phrase;
    route.go("imagine");
  }

  async #key(event, job, at, waiting) {
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: waiting.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= waiting.length || to === at) {
      return;
    }
    event.preventDefault();
    await this.#move(job, to, waiting);
    this.querySelector(`[data-job="${job.id}"] .grip`)?.focus();
  }

  /** Puts a job at place `to` of those that wait. */
  async #move(job, to, waiting) {
    const others = waiting.filter((other) => other.id !== job.id);
    try {
      await jobs.move(job.id, others[to]?.id ?? null);
      this.#said = t("queue.moved", to + 1, waiting.length);
    } catch (failure) {
      complain(failure);
    }
    this.requestUpdate();
    await this.updateComplete;
  }

  #take(event, job) {
    this.#dragged = job.id;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", job.phrase);
    event.dataTransfer.setDragImage(event.target.closest(".job"), 24, 30);
    this.requestUpdate();
  }

  #let() {
    this.#dragged = null;
    this.#over = null;
    this.requestUpdate();
  }

  #drag = (event) => {
    const row = event.target.closest(".job");
    if (!this.#dragged || !row) {
      return;
    }
    event.preventDefault();
    const box = row.getBoundingClientRect();
    this.#over = { id: row.dataset.job, side: event.clientY < box.top + box.height / 2 ? "before" : "after" };
    this.requestUpdate();
  };

  #drop = (event) => {
    event.preventDefault();
    const waiting = jobs.waiting;
    const job = waiting.find(({ id }) => id === this.#dragged);
    const over = this.#over;
    this.#let();
    if (!job || !over || over.id === job.id) {
      return;
    }
    const others = waiting.filter(({ id }) => id !== job.id);
    const to = others.findIndex(({ id }) => id === over.id) + (over.side === "after" ? 1 : 0);
    this.#move(job, to, waiting);
  };
}
customElements.define(tag, Queue);

function part(job) {
  const steps = job.stepsOfEach || job.steps || 1;
  return Math.min(1, (job.image * steps + job.step) / (steps * job.count));
}
