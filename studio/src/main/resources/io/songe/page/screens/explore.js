import { html, SongeElement } from "../shell/element.js";
import { t } from "../shell/language.js";
import { route } from "../shell/route.js";
import { keep, kept } from "../shell/store.js";
import { choice } from "../parts/controls.js";
import "./explore/around.js";
import "./explore/compare.js";
import "./explore/travel.js";

export const tag = "songe-explore";

const WAYS = [["around", "compass"], ["travel", "spline"], ["compare", "grid-3x3"]];

/** Three ways through the space of pictures: around one, from one to another, and one beside another. */
class Explore extends SongeElement {
  static watches = [route];

  #way = kept("explore", "around");

  render() {
    const way = route.query.picture ? "around" : this.#way;
    return html`
      <h1 class="unseen">${t("explore.title")}</h1>
      ${choice({ label: t("explore.ways.label"), group: "explore-way", options: WAYS.map(([value, icon]) => ({ value, icon, label: t(`explore.ways.${value}`) })), value: way, pick: (picked) => this.#go(picked) })}
      ${way === "around" ? html`<songe-around></songe-around>` : way === "travel" ? html`<songe-travel></songe-travel>` : html`<songe-compare></songe-compare>`}`;
  }

  #go(way) {
    this.#way = way;
    keep("explore", way);
    if (route.query.picture) {
      route.go("explore");
    }
    this.requestUpdate();
  }
}
customElements.define(tag, Explore);
