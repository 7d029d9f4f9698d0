import { html, look, nothing, ref, SongeElement } from "../../shell/element.js";
import { t } from "../../shell/language.js";

const MOST_UNDO = 24;
const NEAREST = 0.1;
const FARTHEST = 8;

/**
 * The picture with the mask that is painted over it. `.src`, `.width`, `.height`: the picture; `.tool`:
 * "brush", "eraser" or "hand"; `.size`: of the brush, in pixels of the picture; `.softness`: 0 to 1;
 * `.margins`: what is drawn on beyond its edges; `.before`: shows another picture instead. Says "painted"
 * when the mask has changed. What is opaque in the mask will be drawn anew.
 */
export class Easel extends SongeElement {
  static properties = {
    src: { attribute: false }, width: { attribute: false }, height: { attribute: false }, tool: { attribute: false },
    size: { attribute: false }, softness: { attribute: false }, margins: { attribute: false }, before: { attribute: false },
  };

  #mask = null;
  #shown = null;
  #done = [];
  #undone = [];
  #last = null;
  #drag = null;
  #zoom = 1;
  #pan = [0, 0];
  #cursor = null;
  #fitted = "";
  #room = new ResizeObserver(() => this.fit());

  connectedCallback() {
    super.connectedCallback();
    this.#room.observe(this);
    this.addEventListener("wheel", this.#wheel, { passive: false });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#room.disconnect();
    this.removeEventListener("wheel", this.#wheel);
  }

  get canUndo() {
    return this.#done.length > 0;
  }

  get canRedo() {
    return this.#undone.length > 0;
  }

  /** {@return whether anything is painted} */
  get painted() {
    if (!this.#mask) {
      return false;
    }
    const { data } = this.#mask.getContext("2d").getImageData(0, 0, this.#mask.width, this.#mask.height);
    for (let i = 3; i < data.length; i += 4) {
      if (data[i] > 127) {
        return true;
      }
    }
    return false;
  }

  /** {@return the mask as a PNG: white is drawn anew, black stays} */
  async mask() {
    const canvas = new OffscreenCanvas(this.width, this.height);
    const context = canvas.getContext("2d");
    context.fillStyle = "#000";
    context.fillRect(0, 0, this.width, this.height);
    context.drawImage(this.#mask, 0, 0);
    return canvas.convertToBlob({ type: "image/png" });
  }

  undo() {
    this.#exchange(this.#done, this.#undone);
  }

  redo() {
    this.#exchange(this.#undone, this.#done);
  }

  clear() {
    this.#remember();
    this.#mask.getContext("2d").clearRect(0, 0, this.width, this.height);
    this.#changed();
  }

  /** Paints what is not painted, and the other way round. */
  invert() {
    this.#remember();
    const context = this.#mask.getContext("2d");
    context.globalCompositeOperation = "source-out";
    context.fillStyle = "#fff";
    context.fillRect(0, 0, this.width, this.height);
    context.globalCompositeOperation = "source-over";
    this.#changed();
  }

  /** Shows the whole picture. */
  fit() {
    const room = this.getBoundingClientRect();
    if (!this.width || room.width === 0) {
      return;
    }
    const { left = 0, right = 0, top = 0, bottom = 0 } = this.margins ?? {};
    this.#zoom = Math.min((room.width - 48) / (this.width + left + right), (room.height - 48) / (this.height + top + bottom), 4);
    this.#pan = [(this.#zoom * (left - right)) / 2, (this.#zoom * (top - bottom)) / 2];
    this.requestUpdate();
  }

  zoom(times) {
    this.#zoom = Math.min(FARTHEST, Math.max(NEAREST, this.#zoom * times));
    this.requestUpdate();
  }

  willUpdate(changes) {
    if ((changes.has("width") || changes.has("height")) && this.width) {
      this.#mask = this.#empty();
      this.#done = [];
      this.#undone = [];
    }
  }

  render() {
    if (!this.src || !this.width) {
      return nothing;
    }
    const { left = 0, right = 0, top = 0, bottom = 0 } = this.margins ?? {};
    const [x, y] = this.#pan;
    return html`<div class="easel-picture" ${look({ width: `${this.width}px`, height: `${this.height}px`, transform: `translate(calc(-50% + ${x}px), calc(-50% + ${y}px)) scale(${this.#zoom})` })}>
      ${left + right + top + bottom > 0 ? html`<span class="easel-margins" ${look({ inset: `${-top}px ${-right}px ${-bottom}px ${-left}px` })}></span>` : nothing}
      <img src=${this.before ?? this.src} alt="" draggable="false">
      <canvas class="easel-mask" width=${this.width} height=${this.height} tabindex="0" role="img" aria-label=${t("edit.easel")} ?hidden=${Boolean(this.before)}
        ${ref((canvas) => this.#take(canvas))} ${look({ cursor: this.tool === "hand" ? "grab" : "crosshair" })}
        @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${this.#up} @pointercancel=${this.#up} @pointerleave=${() => this.#hover(null)}
        @keydown=${this.#key}></canvas>
      ${this.#cursor && this.tool !== "hand" ? html`<span class="easel-brush" aria-hidden="true" ${look({ left: `${this.#cursor[0]}px`, top: `${this.#cursor[1]}px`, width: `${this.size}px`, height: `${this.size}px`, "border-width": `${1.5 / this.#zoom}px` })}></span>` : nothing}
    </div>`;
  }

  updated() {
    const fitted = `${this.width}x${this.height}/${JSON.stringify(this.margins ?? {})}`;
    if (this.width && fitted !== this.#fitted) {
      this.#fitted = fitted;
      this.fit();
    }
  }

  #take(canvas) {
    this.#shown = canvas ?? null;
    this.#show();
  }

  /** The mask as it is seen: violet, and see-through. */
  #show() {
    if (!this.#shown || !this.#mask) {
      return;
    }
    const context = this.#shown.getContext("2d");
    context.globalCompositeOperation = "copy";
    context.drawImage(this.#mask, 0, 0);
    context.globalCompositeOperation = "source-in";
    context.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--accent");
    context.fillRect(0, 0, this.width, this.height);
  }

  #point(event) {
    const box = this.#shown.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * this.width, ((event.clientY - box.top) / box.height) * this.height];
  }

  #down = (event) => {
    this.#shown.setPointerCapture(event.pointerId);
    this.#shown.focus({ preventScroll: true });
    if (this.tool === "hand" || event.button === 1) {
      this.#drag = [event.clientX - this.#pan[0], event.clientY - this.#pan[1]];
      return;
    }
    this.#remember();
    this.#last = this.#point(event);
    this.#stroke(this.#last, this.#last);
  };

  #move = (event) => {
    if (this.#drag) {
      this.#pan = [event.clientX - this.#drag[0], event.clientY - this.#drag[1]];
      this.requestUpdate();
      return;
    }
    const point = this.#point(event);
    this.#hover(point);
    if (this.#last) {
      this.#stroke(this.#last, point);
      this.#last = point;
    }
  };

  #up = () => {
    this.#drag = null;
    if (this.#last) {
      this.#last = null;
      this.#changed();
    }
  };

  #hover(point) {
    this.#cursor = point;
    this.requestUpdate();
  }

  /** The brush without a mouse: arrows move it, Space paints, Shift and arrows paint along. */
  #key = (event) => {
    const by = Math.max(1, this.size / 3);
    const way = { ArrowLeft: [-by, 0], ArrowRight: [by, 0], ArrowUp: [0, -by], ArrowDown: [0, by] }[event.key];
    const from = this.#cursor ?? [this.width / 2, this.height / 2];
    if (way) {
      event.preventDefault();
      const to = [Math.min(this.width, Math.max(0, from[0] + way[0])), Math.min(this.height, Math.max(0, from[1] + way[1]))];
      if (event.shiftKey) {
        this.#remember();
        this.#stroke(from, to);
        this.#changed();
      }
      this.#hover(to);
    } else if (event.key === " ") {
      event.preventDefault();
      this.#remember();
      this.#stroke(from, from);
      this.#changed();
      this.#hover(from);
    }
  };

  /** Stamps of the brush from one point to another, a quarter of its size apart. */
  #stroke([fromX, fromY], [toX, toY]) {
    const context = this.#mask.getContext("2d");
    const radius = Math.max(0.5, this.size / 2);
    const steps = Math.max(1, Math.ceil(Math.hypot(toX - fromX, toY - fromY) / (radius / 2)));
    context.globalCompositeOperation = this.tool === "eraser" ? "destination-out" : "source-over";
    for (let i = 0; i <= steps; i += 1) {
      const [x, y] = [fromX + ((toX - fromX) * i) / steps, fromY + ((toY - fromY) * i) / steps];
      const hard = Math.min(0.98, 1 - this.softness);
      const stamp = context.createRadialGradient(x, y, radius * hard, x, y, radius);
      stamp.addColorStop(0, "#fff");
      stamp.addColorStop(1, "#fff0");
      context.fillStyle = stamp;
      context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
    }
    context.globalCompositeOperation = "source-over";
    this.#show();
  }

  /** A mask in which nothing is painted; it is looked at as often as it is painted on. */
  #empty() {
    const canvas = Object.assign(document.createElement("canvas"), { width: this.width, height: this.height });
    canvas.getContext("2d", { willReadFrequently: true });
    return canvas;
  }

  #copy() {
    const copy = this.#empty();
    copy.getContext("2d").drawImage(this.#mask, 0, 0);
    return copy;
  }

  #remember() {
    this.#done = [...this.#done.slice(1 - MOST_UNDO), this.#copy()];
    this.#undone = [];
  }

  #exchange(from, to) {
    const state = from.pop();
    if (state) {
      to.push(this.#copy());
      const context = this.#mask.getContext("2d");
      context.globalCompositeOperation = "copy";
      context.drawImage(state, 0, 0);
      context.globalCompositeOperation = "source-over";
      this.#changed();
    }
  }

  #changed() {
    this.#show();
    this.dispatchEvent(new Event("painted"));
    this.requestUpdate();
  }

  #wheel = (event) => {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY / 500));
  };
}
customElements.define("songe-easel", Easel);
