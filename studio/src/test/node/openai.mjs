// Makes each call of the official client to the server at the given address, with the given mask as
// base64, and prints what came back as one line of JSON. Read by ClientsTest.
import OpenAI, { toFile } from "openai";

const client = new OpenAI({ baseURL: process.argv[2], apiKey: "sk-any", maxRetries: 0 });
const quality = "low";
const said = {};

const generated = await client.images.generate({
  model: "gpt-image-1",
  prompt: "a fox",
  size: "64x64",
  quality,
  user: "ada",
});
said.b64 = generated.data[0].b64_json;

const linked = await client.images.generate({ prompt: "a fox", quality });
const fetched = await fetch(linked.data[0].url);
said.link = Buffer.from(await fetched.arrayBuffer()).toString("base64");

said.stream = [];
const stream = await client.images.generate({
  prompt: "a fox",
  stream: true,
  partial_images: 1,
});
for await (const event of stream) {
  said.stream.push(event.type);
}

const png = (base64, name) => toFile(Buffer.from(base64, "base64"), name, { type: "image/png" });
const fox = () => png(said.b64, "fox.png");
const masked = await client.images.edit({
  model: "gpt-image-1",
  image: await fox(),
  mask: await png(process.argv[3], "mask.png"),
  prompt: "a meadow",
  size: "64x64",
  quality,
});
said.mask = masked.data[0].b64_json;

const edited = await client.images.edit({
  model: "gpt-image-1",
  image: [await fox()],
  prompt: "a fox with a hat",
  input_fidelity: "high",
  quality,
});
said.edit = edited.data[0].b64_json;

said.editStream = [];
const editStream = await client.images.edit({
  image: await fox(),
  prompt: "a fox in snow",
  quality,
  stream: true,
});
for await (const event of editStream) {
  said.editStream.push(event.type);
}

const varied = await client.images.createVariation({
  image: await fox(),
  response_format: "b64_json",
});
said.variation = varied.data[0].b64_json;

said.models = [];
for await (const model of client.models.list()) {
  said.models.push(model.id);
}
said.models.push((await client.models.retrieve("gpt-image-1")).id);

try {
  await client.images.generate({ prompt: "a fox", size: "large" });
} catch (error) {
  said.mistake = `${error.status} ${error.param} ${error.error.message}`;
}

console.log(JSON.stringify(said));
