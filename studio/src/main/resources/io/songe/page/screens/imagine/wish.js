/** The number of pictures that one phrase gives, where nothing else is said. */
export const FOUR = 4;

/** {@return the style that draws: the chosen one, the model's first, or undefined where it is left to chance} */
export function styleOf(settings, model) {
  const names = (model?.styles ?? []).map((style) => style.name);
  if (settings.style === "any" || names.length === 0) {
    return undefined;
  }
  return names.includes(settings.style) ? settings.style : names[0];
}

/** {@return the wish that the desk's phrase and settings come to} */
export function wish(desk, models) {
  const { settings } = desk;
  const model = models.get(settings.model) ?? models.usual;
  const { width, height, steps, guidance, sampler, seed, negative, background } = settings;
  const asked = {
    phrase: desk.phrase.trim(),
    model: models.get(settings.model)?.name,
    style: styleOf(settings, model),
    count: settings.count ?? FOUR,
    width, height, steps, guidance, sampler, seed, negative, background,
  };
  if (settings.start) {
    asked.start = { ...settings.start, kind: "picture", strength: settings.strength ?? 0.6 };
  }
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
