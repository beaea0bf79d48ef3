// The window on the map: where it looks, and how it is moved by hand, wheel and keys.
import { latitudeOf, longitudeOf, mercatorX, mercatorY } from "./unpack.js";

const CLICK_PX = 5;
const MOST_SCALE = 256 * 2 ** 13;

export class View {
  constructor(element, { draw, click, hover, key }) {
    Object.assign(this, { element, canvas: element.querySelector("canvas"), drawNow: draw, click, hover, key });
    Object.assign(this, { x: 0.53, y: 0.4, scale: 800, width: 0, height: 0, frame: 0 });
    this.pointers = new Map();
    new ResizeObserver(() => this.resize()).observe(element);
    this.resize();
    this.listen();
  }

  resize() {
    const box = this.element.getBoundingClientRect();
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    const first = !this.width;
    Object.assign(this, { width: box.width, height: box.height, ratio });
    this.canvas.width = Math.round(box.width * ratio);
    this.canvas.height = Math.round(box.height * ratio);
    if (first) this.scale = Math.max(box.width, box.height * 1.4);
    this.moved();
    if (!first) this.drawNow(this); // at once: a canvas that was resized is empty, also on paper
  }

  /** Keep within the world, and draw once a frame. */
  moved() {
    this.scale = Math.max(Math.max(this.width * 0.8, this.height), Math.min(MOST_SCALE, this.scale));
    const half = this.height / 2 / this.scale;
    this.x = ((this.x % 1) + 1) % 1;
    this.y = Math.max(Math.min(half, 0.5), Math.min(Math.max(1 - half, 0.5), this.y));
    if (!this.frame) this.frame = requestAnimationFrame(() => { this.frame = 0; this.drawNow(this); });
  }

  place(px, py) {
    const x = this.x + (px - this.width / 2) / this.scale;
    const y = this.y + (py - this.height / 2) / this.scale;
    return { longitude: longitudeOf(x), latitude: latitudeOf(y) };
  }

  /** Pixels of a place, on the copy of the world nearest the middle. */
  pixels(longitude, latitude) {
    let dx = mercatorX(longitude) - this.x;
    dx -= Math.round(dx);
    return [this.width / 2 + dx * this.scale, this.height / 2 + (mercatorY(latitude) - this.y) * this.scale];
  }

  look(longitude, latitude, scale = this.scale) {
    Object.assign(this, { x: mercatorX(longitude), y: mercatorY(latitude), scale });
    this.moved();
  }

  /** Show all of some places, unless they go around the world. */
  fit(places) {
    const span = (values) => [Math.min(...values), Math.max(...values)];
    const [west, east] = span(places.map((place) => mercatorX(place.longitude)));
    const [north, south] = span(places.map((place) => mercatorY(place.latitude)));
    this.scale = 0.7 * Math.min(this.width / (east - west + 0.02), this.height / (south - north + 0.02));
    Object.assign(this, { x: (west + east) / 2, y: (north + south) / 2 });
    this.moved();
  }

  zoom(factor, px = this.width / 2, py = this.height / 2) {
    const before = this.scale;
    this.scale *= factor;
    this.scale = Math.max(Math.max(this.width * 0.8, this.height), Math.min(MOST_SCALE, this.scale));
    const keep = 1 / before - 1 / this.scale;
    this.x += (px - this.width / 2) * keep;
    this.y += (py - this.height / 2) * keep;
    this.moved();
  }

  listen() {
    const { element } = this;
    const at = (event) => { const box = element.getBoundingClientRect(); return [event.clientX - box.left, event.clientY - box.top]; };
    element.addEventListener("pointerdown", (event) => {
      element.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, at(event));
      if (this.pointers.size === 1) this.travelled = 0;
    });
    element.addEventListener("pointermove", (event) => {
      const last = this.pointers.get(event.pointerId);
      const now = at(event);
      if (!last) return this.hover?.(...now);
      const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, place]) => place);
      if (others.length) this.pinch(others[0], last, now);
      else {
        this.travelled += Math.hypot(now[0] - last[0], now[1] - last[1]);
        if (this.travelled > CLICK_PX) { this.x -= (now[0] - last[0]) / this.scale; this.y -= (now[1] - last[1]) / this.scale; this.moved(); }
      }
      this.pointers.set(event.pointerId, now);
    });
    const up = (event) => {
      const held = this.pointers.delete(event.pointerId);
      if (held && !this.pointers.size && this.travelled <= CLICK_PX && event.type === "pointerup") this.click(...at(event));
    };
    element.addEventListener("pointerup", up);
    element.addEventListener("pointercancel", up);
    element.addEventListener("pointerleave", () => this.hover?.(null, null));
    element.addEventListener("wheel", (event) => { event.preventDefault(); this.zoom(Math.exp(-event.deltaY / 300), ...at(event)); }, { passive: false });
    element.addEventListener("keydown", (event) => this.pressed(event));
  }

  pinch(other, last, now) {
    const apart = ([x, y]) => Math.hypot(x - other[0], y - other[1]);
    this.travelled = Infinity;
    if (apart(last) > 0) this.zoom(apart(now) / apart(last), (other[0] + now[0]) / 2, (other[1] + now[1]) / 2);
  }

  pressed(event) {
    const step = 60 / this.scale;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (event.key in moves) { this.x += moves[event.key][0]; this.y += moves[event.key][1]; this.moved(); }
    else if (event.key === "+" || event.key === "=") this.zoom(1.5);
    else if (event.key === "-") this.zoom(1 / 1.5);
    else if (event.key === "Enter" || event.key === " ") this.click(this.width / 2, this.height / 2);
    else if (!this.key?.(event)) return;
    event.preventDefault();
  }
}
