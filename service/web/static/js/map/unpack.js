// Map layers as service/web/packing.py writes them.
const TYPES = { int16: Int16Array, uint16: Uint16Array, uint8: Uint8Array };
const STEPS = 180; // a degree
export const LATITUDE = 85.05;

/** {header fields, x, y (Web Mercator, 0 to 1), and the other arrays}. */
export async function fetchLayer(name) {
  const response = await fetch(`web/map/${name}`);
  if (!response.ok) throw new Error(`map layer ${name}: ${response.status}`);
  return unpack(await response.arrayBuffer());
}

function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const { arrays, ...layer } = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)));
  let at = 4 + length;
  for (const [name, type, count] of arrays) {
    layer[name] = new TYPES[type](buffer, at, count);
    at += Math.ceil((count * TYPES[type].BYTES_PER_ELEMENT) / 4) * 4;
  }
  layer.x = worldX(layer.x);
  layer.y = worldY(layer.y);
  return layer;
}

function summed(steps, project) {
  const out = new Float32Array(steps.length);
  let value = 0;
  for (let i = 0; i < steps.length; i++) {
    value = ((value + steps[i]) << 16) >> 16; // 16 bits, as it was written
    out[i] = project(value / STEPS);
  }
  return out;
}

export const mercatorX = (longitude) => longitude / 360 + 0.5;

export function mercatorY(latitude) {
  const bounded = Math.max(-LATITUDE, Math.min(LATITUDE, latitude));
  return 0.5 - Math.log(Math.tan(Math.PI / 4 + (bounded * Math.PI) / 360)) / (2 * Math.PI);
}

export const longitudeOf = (x) => ((((x % 1) + 1) % 1) - 0.5) * 360;
export const latitudeOf = (y) => (Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 360) / Math.PI - 90;

const worldX = (steps) => summed(steps, mercatorX);
const worldY = (steps) => summed(steps, mercatorY);
