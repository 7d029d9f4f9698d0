const SIDE = 12;
const MOSTLY = 0.7;

let canvas = null;

/** {@return whether what is drawn reaches the edge nearly everywhere, so that it is a picture with a ground rather than a sticker} */
export function fills(drawing) {
  canvas ??= Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.clearRect(0, 0, SIDE, SIDE);
  context.drawImage(drawing, 0, 0, SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  let edge = 0;
  let opaque = 0;
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      if (x === 0 || y === 0 || x === SIDE - 1 || y === SIDE - 1) {
        edge += 1;
        opaque += data[4 * (y * SIDE + x) + 3] > 200 ? 1 : 0;
      }
    }
  }
  return opaque / edge > MOSTLY;
}

/** For `@load` of a picture inside a `.sticker`: one that fills its place lies there without a margin. */
export function settle(event) {
  event.target.closest(".sticker")?.toggleAttribute("data-filled", fills(event.target));
}
