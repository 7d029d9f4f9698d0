import { api } from "./api.js";
import { Store } from "./store.js";

/** What is known of pictures of the gallery: `pictures.get(id)` answers at once with what is there, and asks for the rest. */
export const pictures = new (class extends Store {
  #known = new Map();
  #asked = new Map();

  /** {@return the picture, or undefined until it has come (then "change")} */
  get(id) {
    if (!this.#known.has(id)) {
      this.load(id).catch(() => {});
    }
    return this.#known.get(id);
  }

  /** {@return the picture if it is known, without asking for it} */
  known(id) {
    return this.#known.get(id);
  }

  /** {@return the picture with everything that made it} */
  load(id) {
    if (!this.#asked.has(id)) {
      const asked = api.get(`/pictures/${id}`).then((picture) => this.#take(picture));
      this.#asked.set(id, asked);
      asked.catch(() => setTimeout(() => this.#asked.delete(id), 3000));
    }
    return this.#asked.get(id);
  }

  /** Takes pictures that came with a list. */
  take(list) {
    list.forEach((picture) => this.#known.set(picture.id, { ...this.#known.get(picture.id), ...picture }));
    this.changed();
  }

  async favour(id, favourite) {
    this.#take(await api.patch(`/pictures/${id}`, { favourite }));
  }

  async rate(id, stars) {
    this.#take(await api.patch(`/pictures/${id}`, { stars }));
  }

  /** Puts a picture into a collection, which is made by that, or takes it out. */
  async collect(id, collection, into) {
    const path = `/collections/${encodeURIComponent(collection)}/pictures/${id}`;
    this.#take(await (into ? api.put(path) : api.del(path)));
  }

  /** Takes a picture out of the trash. */
  async restore(id) {
    this.#take(await api.post(`/pictures/${id}/restore`));
  }

  /** Puts a picture in the trash. {@return how to take it out again} */
  async remove(id) {
    this.#take(await api.del(`/pictures/${id}`));
    return () => this.restore(id);
  }

  #take(picture) {
    const whole = { ...this.#known.get(picture.id), ...picture };
    this.#known.set(picture.id, whole);
    this.#asked.set(picture.id, Promise.resolve(whole));
    this.changed();
    return whole;
  }
})();
