import { api } from "../../shell/api.js";
import { jobs } from "../../shell/jobs.js";
import { pictures } from "../../shell/pictures.js";
import { keep, kept, Store } from "../../shell/store.js";
import { wishAgain } from "../../parts/acts.js";
import { draftUrl } from "../../parts/draft.js";

const RING = 8;
const LONGEST = 24;

/**
 * A walk through the pictures that are near one another. Each place of the path is a picture that was
 * drawn, with the wish that drew it; around the present one a ring of neighbours is drawn. None of
 * them goes into the gallery by itself.
 */
export const walk = new (class extends Store {
  /** Places: { src, wish, id? (of the gallery), ring? (the job of its neighbours), look (what the ring was drawn with) }. */
  path = kept("walk", []);
  at = kept("walkAt", 0);
  /** 0 near to 1 far. */
  distance = kept("walkDistance", 0.38);
  /** Words that neighbours are pulled towards. */
  towards = kept("walkTowards", []);

  get here() {
    return this.path[this.at];
  }

  /** Begins anew from a picture of the gallery. */
  async begin(id) {
    const picture = await pictures.load(id);
    this.path = [{ src: api.picture(id), id, wish: wishAgain(picture) }];
    this.at = 0;
    this.#keep();
    await this.look();
  }

  /** Goes back, or on, to a place of the path. */
  go(at) {
    this.at = at;
    this.#keep();
    this.look();
  }

  /** Goes to neighbour i; what lay further on the path is left behind. */
  async step(i) {
    const { here } = this;
    const wish = { ...here.look, count: 1 };
    wish.variation = wish.variation && { ...wish.variation, seed: wish.variation.seed + i };
    if (wish.start) {
      wish.seed += i;
    }
    this.path = [...this.path.slice(0, this.at + 1), { src: draftUrl(here.ring, i), wish }].slice(-LONGEST);
    this.at = this.path.length - 1;
    this.#keep();
    await this.look();
  }

  near(distance) {
    this.distance = distance;
    this.#keep();
  }

  /** Pulls towards words, or no longer. */
  pull(words, on) {
    this.towards = on ? [...this.towards, words] : this.towards.filter((one) => one !== words);
    this.#keep();
  }

  /** Draws the ring around the present place, unless it is there already; `anew` draws another. */
  async look(anew = false) {
    const { here } = this;
    if (!here || (here.ring && !anew)) {
      return;
    }
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { variation, ...wish } = here.wish;
    const phrase = [wish.phrase, ...this.towards.filter((words) => !wish.phrase?.includes(words))].filter(Boolean).join(", ");
    here.look = { ...wish, phrase, count: RING };
    if (variation || wish.start) {
      // Its noise is mixed already: from here on the picture itself is where neighbours begin.
      const input = await api.send("/inputs", await (await fetch(here.src)).blob());
      Object.assign(here.look, { seed, start: { input: input.id, kind: "picture", strength: 0.3 + 0.65 * this.distance } });
    } else {
      here.look.variation = { seed, strength: 0.06 + 0.84 * this.distance };
    }
    const job = await jobs.order({ ...here.look, kept: false });
    here.ring = job.id;
    this.#keep();
  }

  /** Puts the present picture into the gallery. */
  async keepHere() {
    const { here } = this;
    const file = new File([await (await fetch(here.src)).blob()], "songe.png", { type: "image/png" });
    const { added, refused } = await api.send("/pictures", { file });
    if (added.length === 0) {
      throw new Error(refused[0]?.message ?? "");
    }
    pictures.take(added);
    here.id = added[0].id;
    await pictures.favour(here.id, true);
    this.#keep();
  }

  #keep() {
    keep("walk", this.path);
    keep("walkAt", this.at);
    keep("walkDistance", this.distance);
    keep("walkTowards", this.towards);
    this.changed();
  }
})();
