/**
 * What is drawn for each chapter of the story, from the wish that made the visitor's own picture. A
 * chapter has words in the messages under its name; `draws(wish, picture)` gives the wishes whose
 * pictures stand side by side, each with the number that its caption tells.
 */
export const CHAPTERS = [
  { name: "noise" },
  { name: "steps", traced: true },
  { name: "words", draws: (wish) => [{ wish }, { wish: { ...wish, phrase: ".", style: undefined, guidance: 1 } }] },
  { name: "guidance", draws: (wish) => [1, 2, 5, 10].map((guidance) => ({ wish: { ...wish, guidance }, said: guidance })) },
  { name: "seeds", draws: (wish) => [0, 1, 2, 3].map((more) => ({ wish: { ...wish, seed: wish.seed + more }, said: wish.seed + more })) },
  { name: "autoencoder", draws: (wish, picture) => [{ picture }, { wish: { ...wish, start: { picture, kind: "picture", strength: 0.01 } } }] },
  { name: "space", leads: true },
];
