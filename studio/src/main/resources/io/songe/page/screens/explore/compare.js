import { html, nothing, SongeElement } from "../../shell/element.js";
import { jobs } from "../../shell/jobs.js";
import { number, t } from "../../shell/language.js";
import { models } from "../../shell/models.js";
import { keep, kept } from "../../shell/store.js";
import { choice, field, go, pill, select } from "../../parts/controls.js";
import { complain, say } from "../../parts/toast.js";
import "../../parts/draft.js";
import { walk } from "./walk.js";

const STATE = "compare";
const MOST = 100;
const NUMBERS = ["guidance", "steps", "seed"];
const AXES = ["guidance", "steps", "seed", "sampler", "schedule", "style", "phrase", "negative"];
const USUAL = { guidance: "1; 3; 5; 8", steps: "5; 10; 20; 40", seed: "1; 2; 3; 4" };

/** One picture drawn again and again with something changed: by columns, by rows, and by sheets. */
class Compare extends SongeElement {
  static watches = [jobs, models];

  #asked = kept(STATE, { phrase: "", x: "guidance", xs: USUAL.guidance, y: "style", ys: "", z: "", zs: "", cells: null, sheet: 0 });

  render() {
    const asked = this.#asked;
    return html`
      <div class="head"><h2>${t("explore.compare.title")}</h2><p class="meta">${t("explore.compare.hint")}</p></div>
      <form class="card compare-form" @submit=${this.#draw}>
        ${field({ label: t("imagine.phrase"), value: asked.phrase || (walk.here?.wish.phrase ?? t("imagine.phrases")[0]), input: (phrase) => this.#change({ phrase }) })}
        ${["x", "y", "z"].map((axis) => this.#axis(axis))}
        <div class="compare-go">${this.#busy() ? pill({ icon: "x", label: t("imagine.stop"), act: () => this.#stop() }) : nothing}${go({ icon: "grid-3x3", label: t("explore.compare.go", this.#count()), type: "submit" })}</div>
      </form>
      ${asked.cells ? this.#table() : nothing}`;
  }

  #axis(axis) {
    const asked = this.#asked;
    const options = [...(axis === "x" ? [] : [{ value: "", label: t("explore.compare.nothing") }]), ...AXES.map((name) => ({ value: name, label: t(`explore.compare.axes.${name}`) }))];
    return html`<div class="compare-axis">
      ${select({ label: t(`explore.compare.${axis}`), value: asked[axis], options, pick: (name) => this.#change({ [axis]: name, [`${axis}s`]: this.#usual(name) }) })}
      ${asked[axis] ? field({ label: t("explore.compare.values"), value: asked[`${axis}s`] || this.#usual(asked[axis]), input: (values) => this.#change({ [`${axis}s`]: values }) }) : nothing}
    </div>`;
  }

  #usual(name) {
    const model = models.usual;
    return { ...USUAL, style: (model?.styles ?? []).slice(0, 4).map((style) => style.name).join("; "), sampler: (models.options?.samplers ?? []).slice(0, 4).map(({ id }) => id).join("; "), schedule: (models.options?.schedules ?? []).slice(0, 3).map(({ id }) => id).join("; ") }[name] ?? "";
  }

  #values(axis) {
    const asked = this.#asked;
    if (!asked[axis]) {
      return [null];
    }
    const values = (asked[`${axis}s`] || this.#usual(asked[axis])).split(";").map((value) => value.trim()).filter(Boolean);
    return values.length ? values : [null];
  }

  #count() {
    return ["x", "y", "z"].reduce((product, axis) => product * this.#values(axis).length, 1);
  }

  #change(changes) {
    this.#asked = { ...this.#asked, ...changes };
    keep(STATE, this.#asked);
    this.requestUpdate();
  }

  #draw = async (event) => {
    event.preventDefault();
    const count = this.#count();
    if (count > MOST) {
      say(t("explore.compare.tooMany", count, MOST), { kind: "warn" });
      return;
    }
    const { start, variation, ...settings } = walk.here?.wish ?? {};
    const base = { ...settings, phrase: this.#asked.phrase || (walk.here?.wish.phrase ?? t("imagine.phrases")[0]), seed: settings.seed ?? 4207, count: 1, kept: false };
    const [xs, ys, zs] = ["x", "y", "z"].map((axis) => this.#values(axis));
    const cells = { x: this.#asked.x, y: this.#asked.y, z: this.#asked.z, xs, ys, zs, jobs: {} };
    this.#change({ cells, sheet: 0 });
    try {
      for (const [k, z] of zs.entries()) {
        for (const [j, y] of ys.entries()) {
          for (const [i, x] of xs.entries()) {
            const wish = { ...base };
            [[cells.x, x], [cells.y, y], [cells.z, z]].forEach(([name, value]) => name && value !== null && (wish[name] = NUMBERS.includes(name) ? Number(value.replace(",", ".")) : value));
            const job = await jobs.order(wish);
            cells.jobs[`${i}/${j}/${k}`] = job.id;
            this.#change({ cells });
          }
        }
      }
    } catch (failure) {
      complain(failure);
    }
  };

  #busy() {
    return Object.values(this.#asked.cells?.jobs ?? {}).some((id) => ["queued", "held", "running"].includes(jobs.get(id)?.state));
  }

  #stop() {
    Object.values(this.#asked.cells.jobs).filter((id) => ["queued", "held", "running"].includes(jobs.get(id)?.state)).forEach((id) => jobs.act(id, "cancel").catch(() => {}));
  }

  #table() {
    const { cells, sheet } = this.#asked;
    const name = (axis, value) => (value === null ? "" : `${t(`explore.compare.axes.${cells[axis]}`)} ${NUMBERS.includes(cells[axis]) ? number(Number(value.replace(",", ".")), { useGrouping: false }) : value}`);
    return html`
      ${cells.zs.length > 1 ? choice({ label: t("explore.compare.z"), group: "compare-sheet", options: cells.zs.map((z, k) => ({ value: k, label: name("z", z) })), value: sheet, pick: (k) => this.#change({ sheet: k }) }) : nothing}
      <div class="compare-room" tabindex="0" role="region" aria-label=${t("explore.compare.title")}><table class="compare-table">
        <thead><tr>${cells.y ? html`<td></td>` : nothing}${cells.xs.map((x) => html`<th scope="col">${name("x", x)}</th>`)}</tr></thead>
        <tbody>${cells.ys.map((y, j) => html`<tr>${cells.y ? html`<th scope="row">${name("y", y)}</th>` : nothing}
          ${cells.xs.map((x, i) => {
            const id = cells.jobs[`${i}/${j}/${sheet}`];
            const failure = id && jobs.get(id)?.failure;
            return html`<td>${failure ? html`<span class="compare-failed">${failure}</span>` : id ? html`<songe-draft .job=${id} .i=${0} .words=${[name("x", x), name("y", y)].filter(Boolean).join(", ")}></songe-draft>` : html`<span class="draft waiting"></span>`}</td>`;
          })}</tr>`)}</tbody>
      </table></div>`;
  }
}
customElements.define("songe-compare", Compare);
