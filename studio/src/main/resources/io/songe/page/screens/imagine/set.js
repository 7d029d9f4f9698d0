import { html, nothing, repeat } from "../../shell/element.js";
import { jobs } from "../../shell/jobs.js";
import { duration, has, t } from "../../shell/language.js";
import { models } from "../../shell/models.js";
import { pictures } from "../../shell/pictures.js";
import { pill } from "../../parts/controls.js";
import { arrows } from "../../parts/tile.js";
import { complain } from "../../parts/toast.js";
import { known } from "./known.js";

/** One phrase and its pictures: a job, or pictures of the gallery that were drawn together. */
export function set(entry) {
  const count = entry.pictures && !entry.id ? entry.pictures.length : Math.max(entry.count ?? 1, entry.pictures?.length ?? 0);
  const places = Array.from({ length: count }, (_, i) => i).filter((i) => !pictures.known(entry.pictures?.[i])?.trashed);
  return html`<article class="set">
    <div class="head">
      <h2>${entry.phrase}</h2>
      <p class="meta">${[...meta(entry)].join(" · ")}</p>
      ${deeds(entry)}
    </div>
    <div class="four" @keydown=${arrows}>
      ${repeat(places, (i) => (entry.id ? `${entry.id}/${i}` : entry.pictures[i]), (i) => (entry.id
        ? html`<songe-tile .job=${entry} .i=${i}></songe-tile>`
        : html`<songe-tile .picture=${entry.pictures[i]}></songe-tile>`))}
    </div>
    ${entry.taught === false ? html`<p class="set-untaught"><span>${t("imagine.untaught", entry.model)}</span> ${known(models.get(entry.model))}</p>` : nothing}
    ${entry.state === "failed" ? html`<p class="set-failed">${t("imagine.failed", entry.failure ?? "")}</p>` : nothing}
  </article>`;
}

function* meta(entry) {
  if (!entry.id) {
    yield t("imagine.pictures", entry.pictures.length);
    return;
  }
  if (entry.style) {
    yield has(`imagine.styleNames.${entry.style}`) ? t(`imagine.styleNames.${entry.style}`) : entry.style;
  }
  if (entry.width) {
    yield `${entry.width} × ${entry.height}`;
  }
  if (entry.steps) {
    yield t("imagine.steps", entry.steps);
  }
  if (entry.state === "running" && entry.timeLeft) {
    yield t("imagine.left", duration(entry.timeLeft));
  } else if (entry.state === "queued" && before(entry) > 0) {
    yield t("imagine.waitsFor", before(entry));
  } else if (entry.state === "held") {
    yield t("imagine.onHold");
  } else if (entry.state === "cancelled") {
    yield t("imagine.stopped");
  }
}

/** {@return how many jobs come before this one} */
function before(entry) {
  return (entry.position ?? 0) + jobs.running.length;
}

function deeds(entry) {
  if (entry.id === "coming") {
    return nothing;
  }
  if (["queued", "held", "running"].includes(entry.state)) {
    return pill({ icon: "x", label: t("imagine.stop"), kind: "quiet", act: () => jobs.act(entry.id, "cancel").catch(complain) });
  }
  if (["failed", "cancelled"].includes(entry.state)) {
    return pill({ icon: "rotate-ccw", label: t("imagine.retry"), kind: "quiet", act: () => jobs.act(entry.id, "retry").catch(complain) });
  }
  return nothing;
}
