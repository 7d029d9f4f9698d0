// Speaks to a server with the npm package stable-diffusion-api as its users do.
// Arguments: the server's port, a user's token.
import assert from "node:assert/strict";
import client from "stable-diffusion-api";
import sharp from "sharp";

const [port, token] = process.argv.slice(2);
const api = new client.StableDiffusionApi({ port: Number(port) }).setAuth("user", token);
const small = { width: 64, height: 64, steps: 2, cfg_scale: 4 };

const passed = [];
async function check(name, body) {
  await body();
  passed.push(name);
}

await check("lists", async () => {
  assert.ok((await api.getSamplers()).some((sampler) => sampler.name === "DPM++ 2M"));
  assert.equal((await api.getUpscalers())[0].name, "None");
  assert.equal((await api.getSdModels())[0].model_name, "songe-mini");
  assert.deepEqual(await api.getHypernetworks(), []);
  assert.deepEqual(await api.getFaceRestorers(), []);
  assert.deepEqual(await api.getRealesrganModels(), []);
  assert.ok((await api.getPromptStyles()).length > 0);
  assert.equal((await api.getCmdFlags()).api, true);
  assert.deepEqual(await api.ControlNet.getModels(), []);
  await api.refreshCheckpoints();
});

await check("options", async () => {
  await api.setOptions({ CLIP_stop_at_last_layers: 2 });
  assert.equal((await api.getOptions()).CLIP_stop_at_last_layers, 2);
  await api.setOptions(await api.getOptions());
  await api.setOptions({ CLIP_stop_at_last_layers: 1 });
  assert.equal(await api.getCurrentModel(), (await api.getSdModels())[0].title);
});

let fox;
await check("txt2img", async () => {
  const drawn = await api.txt2img({ prompt: "a fox", negative_prompt: "blur", seed: 5, batch_size: 2, ...small });
  assert.equal(drawn.images.length, 2);
  fox = drawn.image;
  const { width, height, format } = await fox.metadata();
  assert.deepEqual({ width, height, format }, { width: 64, height: 64, format: "png" });
  assert.deepEqual(JSON.parse(drawn.info).all_seeds, [5, 6]);
});

await check("samplers", async () => {
  for (const sampler_name of ["Euler", "DPM++ 2M Karras", "Heun", "UniPC"]) {
    const drawn = await api.txt2img({ prompt: "a fox", sampler_name, ...small });
    assert.ok(sampler_name.startsWith(JSON.parse(drawn.info).sampler_name));
  }
});

await check("img2img", async () => {
  const drawn = await api.img2img({ init_images: [fox.clone()], prompt: "a cat", ...small });
  assert.equal((await drawn.image.metadata()).width, 64);
  const mask = sharp({ create: { width: 64, height: 64, channels: 3, background: "white" } });
  const painted = await api.img2img({
    init_images: [fox.clone()], mask_image: mask, inpaint_full_res: false, prompt: "a cat", ...small,
  });
  assert.equal((await painted.image.metadata()).width, 64);
});

await check("png-info", async () => {
  assert.match((await api.pngInfo(fox.clone())).info, /^a fox\nNegative prompt: blur\nSteps: 2, /);
});

await check("extras", async () => {
  const options = { upscaler_1: "Lanczos", upscaling_resize: 2 };
  const larger = await api.extraSingle({ image: fox.clone(), ...options });
  assert.equal((await larger.image.metadata()).width, 128);
  const batch = await api.extraBatch({ images: [fox.clone(), fox.clone()], name_list: ["a", "b"], ...options });
  assert.equal(batch.images.length, 2);
});

await check("progress and interrupt", async () => {
  const drawing = api.txt2img({ prompt: "a fox", ...small, width: 256, height: 256, steps: 150 });
  let progress = await api.getProgress();
  for (let i = 0; i < 200 && progress.state.sampling_step === 0; i++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    progress = await api.getProgress();
  }
  assert.ok(progress.progress > 0 && progress.progress <= 1);
  assert.equal(progress.state.sampling_steps, 150);
  await api.api.post("/sdapi/v1/interrupt"); // the client has no method for it
  assert.equal((await drawing).images.length, 0);
  assert.equal(await api.waitForReady(0.05), true);
});

console.log(passed.join("\n"));
