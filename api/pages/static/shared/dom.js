// @ts-check
/** Elements built from values: text goes in as text nodes only, so that nothing that is shown can become markup. */

const SVG = "http://www.w3.org/2000/svg";
const SAFE_URL = /^(https?:|mailto:|blob:|data:image\/|[^:]*$|[/?#.])/i;

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, any>} Properties */

/**
 * Make an HTML element.
 *
 * `class`, ARIA and other attributes stand under their names; `on` maps events to listeners, `data` fills the dataset,
 * `style` sets properties one by one. `true` makes an empty attribute; false, null and undefined make none.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  assign(made, properties);
  append(made, ...children);
  return made;
}

/**
 * Make an SVG element in the same way.
 *
 * @param {string} tag
 * @param {Properties} [properties]
 * @param {...(Child | Child[])} children
 * @returns {SVGElement}
 */
export function svg(tag, properties = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  assign(made, properties);
  append(made, ...children);
  return made;
}

/**
 * Add children; text becomes text nodes, and what is null or false is left out.
 *
 * @param {Node} parent
 * @param {...(Child | Child[])} children
 */
export function append(parent, ...children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Put children in place of those that are there.
 *
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, ...children);
}

/**
 * @param {HTMLElement | SVGElement} element
 * @param {Properties} properties
 */
function assign(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(element.dataset, value);
    } else if (name === "style") {
      for (const [property, said] of Object.entries(value)) element.style.setProperty(property, String(said));
    } else if (name.startsWith("on")) {
      throw new TypeError(`Listeners are given in "on", not as the attribute ${name}.`);
    } else if ((name === "value" || name === "checked") && name in element) {
      /** @type {any} */ (element)[name] = value;
    } else if (!isUrl(name) || isSafe(String(value))) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

/** @param {string} name */
function isUrl(name) {
  return name === "href" || name === "src" || name === "action" || name === "formaction";
}

/**
 * Tell whether an address leads to a page or a picture, and not to a script.
 *
 * @param {string} address
 */
export function isSafe(address) {
  return SAFE_URL.test(address.replace(/[\u0000-\u0020]/g, ""));
}

let counted = 0;

/**
 * Return an id that no other element has.
 *
 * @param {string} [prefix]
 */
export function uniqueId(prefix = "id") {
  counted += 1;
  return `${prefix}-${counted}`;
}
