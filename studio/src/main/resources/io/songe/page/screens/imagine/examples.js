import { html, look, ref, svg } from "../../shell/element.js";
import { jobs } from "../../shell/jobs.js";
import { duration, t } from "../../shell/language.js";
import { chance, drawNoise } from "../../parts/noise.js";
import { desk } from "../../shell/desk.js";
import { FOUR } from "./wish.js";

const DRAWING = "styles/3d.webp";

/** A frame of the chosen shape around the drawing. */
export function sizeExample(width, height) {
  const scale = 84 / Math.max(width, height);
  return html`<span class="frame" ${look({ width: `${width * scale}px`, height: `${height * scale}px` })}><img src=${DRAWING} alt=""></span>`;
}

/** As many small places as there will be pictures. */
export function countExample(count) {
  return html`<span class="places" ${look({ "--across": count > 4 ? 4 : Math.min(count, 2) })}>${Array.from({ length: count }, () => html`<span></span>`)}</span>`;
}

/** The noise of this seed: another number, another noise. */
export function seedExample(seed) {
  return html`<canvas class="grain" ${ref((canvas) => canvas && drawNoise(canvas, seed ?? 1, 28))}></canvas>`;
}

/** Paths from noise to the words, drawn closer together by guidance. */
export function guidanceExample(guidance) {
  const spread = 34 / (0.6 + guidance / 3);
  const next = chance(5);
  const paths = Array.from({ length: 9 }, () => {
    const from = 8 + next() * 80;
    const to = 48 + (next() - 0.5) * 2 * spread;
    const bend = (next() - 0.5) * 60;
    return { path: `M2 ${from.toFixed(1)} C 34 ${(from + bend).toFixed(1)}, 54 ${(to + bend / guidance).toFixed(1)}, 88 ${to.toFixed(1)}`, to };
  });
  return html`<svg class="paths" viewBox="0 0 96 96">${paths.map(({ path, to }) => svg`<path d=${path}></path><circle cx="88" cy=${to} r="2.2"></circle>`)}</svg>`;
}

/** How long all of it takes, learned from the last jobs. */
export function stepsExample(steps) {
  const per = secondsPerStep();
  const count = desk.settings.count ?? FOUR;
  return html`<span class="strip">${[1, 0.62, 0.3, 0].map((veil, i) => html`<span class="frame small" ${look({ "--veil": i === 3 ? Math.max(0, 0.5 - steps / 28) : veil })}>
      <img src=${DRAWING} alt=""><canvas ${ref((canvas) => canvas && drawNoise(canvas, i + 3, 20))}></canvas></span>`)}</span>
    <span class="meta">${per ? t("settings.steps.example", duration(per * steps * count)) : t("settings.steps.unknown")}</span>`;
}

/** A way through the noise with as many turns as this sampler is known to look twice. */
export function samplerExample(sampler) {
  const next = chance([...(sampler ?? "")].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 11));
  const ancestral = /ancestral|sde|lcm|ddpm/.test(sampler ?? "");
  const points = Array.from({ length: 8 }, (_, i) => `${6 + i * 12},${(82 - 66 * (1 - Math.exp(-i / 2.6)) + (next() - 0.5) * (ancestral ? 22 : 5)).toFixed(1)}`);
  return html`<svg class="paths" viewBox="0 0 96 96"><polyline points=${points.join(" ")}></polyline>${points.map((point) => svg`<circle cx=${point.split(",")[0]} cy=${point.split(",")[1]} r="2.2"></circle>`)}</svg>`;
}

/** The phrase, and what is struck out of it. */
export function withoutExample(phrase, negative) {
  return html`<span class="struck">${phrase.slice(0, 40) || t("imagine.placeholder")}${negative ? html` <s>${negative.slice(0, 40)}</s>` : ""}</span>`;
}

/** The drawing on the chosen paper. */
export function backgroundExample(background) {
  return html`<span class="frame paper ${background === "transparent" ? "clear" : ""}" ${look({ "background-color": background?.startsWith("#") ? background : null })}><img src=${DRAWING} alt=""></span>`;
}

function secondsPerStep() {
  const done = jobs.over.find((job) => job.state === "finished" && job.started && job.ended && job.steps && job.count);
  return done ? (new Date(done.ended) - new Date(done.started)) / 1000 / done.steps / done.count : null;
}
