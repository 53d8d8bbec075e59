// @ts-check
/** Line icons of our own on a grid of 24. */

import { svg } from "./dom.js";

/** @type {Record<string, string[]>} */
const PATHS = {
  home: ["M4 11 12 4l8 7", "M6 10v10h12V10", "M10 20v-6h4v6"],
  book: ["M5 4h11a3 3 0 0 1 3 3v13H8a3 3 0 0 1-3-3z", "M5 17a3 3 0 0 1 3-3h11"],
  document: ["M6 3h8l4 4v14H6z", "M14 3v4h4", "M9 12h6", "M9 16h6"],
  flask: ["M10 3v6L5 19a1.5 1.5 0 0 0 1.4 2h11.2a1.5 1.5 0 0 0 1.4-2L14 9V3", "M8.5 3h7", "M7.5 15h9"],
  jobs: ["M4 7h10", "M4 12h16", "M4 17h7", "M18 4v6", "M15 7h6"],
  reply: ["M9 6 4 11l5 5", "M4 11h10a6 6 0 0 1 6 6v1"],
  faq: ["M4 5h16v11H12l-4 4v-4H4z", "M10 9a2 2 0 1 1 2 2v1", "M12 14v.1"],
  intent: ["M12 3v4", "M12 17v4", "M3 12h4", "M17 12h4", "M12 9a3 3 0 1 0 .1 0"],
  words: ["M4 6h16", "M4 12h10", "M4 18h6", "M17 13v6", "M14 16h6"],
  gap: ["M12 4 3 20h18z", "M12 10v4", "M12 17v.1"],
  chart: ["M4 20V4", "M4 20h16", "M8 16v-4", "M12 16V8", "M16 16v-6"],
  scale: ["M12 4v16", "M6 20h12", "M5 8h14", "M5 8l-2 6h4z", "M19 8l-2 6h4z"],
  key: ["M8 12a4 4 0 1 0 0 .1", "M12 12h9", "M18 12v4", "M15 12v3"],
  shield: ["M12 3 5 6v6c0 4 3 7 7 9 4-2 7-5 7-9V6z", "M9 12l2 2 4-4"],
  bell: ["M6 17V11a6 6 0 0 1 12 0v6l2 1H4z", "M10 20h4"],
  gear: ["M12 9a3 3 0 1 0 .1 0", "M12 3v3", "M12 18v3", "M3 12h3", "M18 12h3", "M5.6 5.6l2.2 2.2", "M16.2 16.2l2.2 2.2", "M18.4 5.6l-2.2 2.2", "M7.8 16.2l-2.2 2.2"],
  user: ["M12 4a4 4 0 1 0 .1 0", "M4 21a8 8 0 0 1 16 0"],
  upload: ["M12 16V4", "M7 9l5-5 5 5", "M4 16v4h16v-4"],
  download: ["M12 4v12", "M7 11l5 5 5-5", "M4 18v2h16v-2"],
  search: ["M11 4a7 7 0 1 0 .1 0", "M16 16l5 5"],
  plus: ["M12 5v14", "M5 12h14"],
  trash: ["M4 7h16", "M9 7V4h6v3", "M6 7l1 14h10l1-14", "M10 11v6", "M14 11v6"],
  edit: ["M4 20h4L20 8l-4-4L4 16z", "M14 6l4 4"],
  history: ["M4 12a8 8 0 1 0 3-6", "M4 4v4h4", "M12 8v4l3 2"],
  close: ["M6 6l12 12", "M18 6 6 18"],
  check: ["M5 12l5 5 9-10"],
  menu: ["M4 7h16", "M4 12h16", "M4 17h16"],
  back: ["M15 5l-7 7 7 7"],
  next: ["M9 5l7 7-7 7"],
  external: ["M14 4h6v6", "M20 4l-9 9", "M18 14v6H4V6h6"],
  sun: ["M12 8a4 4 0 1 0 .1 0", "M12 2v2", "M12 20v2", "M2 12h2", "M20 12h2", "M5 5l1.4 1.4", "M17.6 17.6 19 19", "M19 5l-1.4 1.4", "M6.4 17.6 5 19"],
  moon: ["M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z"],
  auto: ["M12 4a8 8 0 1 0 .1 0", "M12 4v16", "M12 8h5", "M12 12h8", "M12 16h6"],
  stop: ["M7 7h10v10H7z"],
  retry: ["M20 12a8 8 0 1 1-3-6", "M20 4v4h-4"],
  warning: ["M12 4 3 20h18z", "M12 10v4", "M12 17v.1"],
  info: ["M12 4a8 8 0 1 0 .1 0", "M12 11v5", "M12 8v.1"],
  send: ["M4 12 20 4l-5 16-4-7z", "M11 13l9-9"],
  copy: ["M8 8h12v12H8z", "M16 8V4H4v12h4"],
  exit: ["M10 4H5v16h5", "M14 8l4 4-4 4", "M18 12H9"],
  folder: ["M3 6h6l2 2h10v11H3z"],
  chat: ["M4 5h16v11H12l-4 4v-4H4z"],
  microphone: ["M12 3a3 3 0 0 0-3 3v5a3 3 0 0 0 6 0V6a3 3 0 0 0-3-3z", "M6 11a6 6 0 0 0 12 0", "M12 17v4"],
  speaker: ["M4 10v4h4l5 4V6L8 10z", "M16 9a4 4 0 0 1 0 6", "M18.500 6.500a8 8 0 0 1 0 11"],
};

/**
 * Return an icon that screen readers skip: the words beside it, or the label of its button, say the same.
 *
 * @param {string} name
 * @param {number} [pixels]
 */
export function icon(name, pixels = 20) {
  const shown = { class: "icon", viewBox: "0 0 24 24", width: pixels, height: pixels, "aria-hidden": "true" };
  return svg("svg", shown, (PATHS[name] ?? []).map((d) => svg("path", { d })));
}
