// A partner's colour, made lighter or darker until its words can be read on the widget's ground (WCAG 2.2: 4.5 to 1).
const LEAST = 4.5;
const STEP = 0.05;

const parts = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
const linear = (part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const hexOf = (rgb) => `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

function luminance(rgb) {
  const [red, green, blue] = rgb.map(linear);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour itself where it can be read, else mixed towards black or white. Colours as `#rrggbb`. */
export function readable(colour, ground) {
  const wanted = parts(colour), under = parts(ground);
  const end = luminance(under) > 0.18 ? [0, 0, 0] : [255, 255, 255];
  for (let share = 0; share < 1; share += STEP) {
    const mixed = wanted.map((part, i) => part + (end[i] - part) * share);
    if (contrast(mixed.map(Math.round), under) >= LEAST) return hexOf(mixed);
  }
  return hexOf(end);
}
