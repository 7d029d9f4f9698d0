import { api } from "./api.js";
import { keep, kept, Store } from "./store.js";

/** The models that are installed and what can be chosen with them. The last answer is kept, so that the next visit draws its first screen at once. */
export const models = new (class extends Store {
  list = kept("models", { default: null, models: [] });
  options = kept("options", null);

  async load() {
    const [list, options] = await Promise.all([api.get("/models"), api.get("/options")]);
    this.list = list;
    this.options = options;
    keep("models", { ...list, models: list.models.map(({ card, parts, ...model }) => model) });
    keep("options", options);
    this.changed();
  }

  get(name) {
    return this.list.models.find((model) => model.name === name);
  }

  /** {@return the model that draws when none is named, or undefined before the list has come} */
  get usual() {
    return this.get(this.list.default) ?? this.list.models[0];
  }
})();
