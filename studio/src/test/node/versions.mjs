// Says which versions of the clients are here, after the word that it is given.
import { readFileSync } from "node:fs";
import "openai";
import "stable-diffusion-api";

const word = process.argv[2];
if (!word) {
  throw new Error("a word is needed");
}
const version = (name) =>
  JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url))).version;
const clients = ["openai", "stable-diffusion-api"];
console.log(word, clients.map((name) => `${name} ${version(name)}`).join(" "));
