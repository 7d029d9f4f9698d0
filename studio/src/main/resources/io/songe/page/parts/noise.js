import { fills } from "./sticker.js";

const GRAIN = 56;
const still = matchMedia("(prefers-reduced-motion: reduce)");

/** {@return a stream of numbers in [0, 1) that this seed always gives (mulberry32)} */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws the noise that a picture starts from: not the engine's numbers, but one picture for each seed. */
export function drawNoise(canvas, seed, grain = GRAIN) {
  if (canvas.width !== grain) {
    canvas.width = grain;
    canvas.height = grain;
  }
  const context = canvas.getContext("2d");
  const image = context.createImageData(grain, grain);
  const next = chance(Number(seed) || 1);
  for (let i = 0; i < image.data.length; i += 4) {
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[i + channel] = 26 + 228 * ((2 * next() + next()) / 3);
    }
    image.data[i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/** Lets noise live while something waits: a new grain a few times a second, still where motion is not wanted or not seen. {@return how to stop} */
export function living(canvas, seed) {
  let at = Number(seed) || 1;
  drawNoise(canvas, at);
  if (still.matches) {
    return () => {};
  }
  const timer = setInterval(() => {
    if (!document.hidden) {
      at += 1;
      drawNoise(canvas, at);
    }
  }, 180);
  return () => clearInterval(timer);
}

/** Draws a picture that came as a data: address, which the page may not load as one. {@return whether it is a sticker: transparent around} */
export async function drawData(canvas, address) {
  const [head, body] = address.split(",", 2);
  const bytes = Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  return drawBlob(canvas, new Blob([bytes], { type: head.slice(5).split(";")[0] }));
}

/** Draws a file, such as one that was dropped. {@return whether it is a sticker: transparent around} */
export async function drawBlob(canvas, blob) {
  const bitmap = await createImageBitmap(blob);
  if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
  }
  const context = canvas.getContext("2d");
  context.clearRect(0, 0, canvas.width, canvas.height);
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return !fills(canvas);
}
