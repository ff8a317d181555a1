// Elements of the page: found, made, filled, and put in order.
export const $ = (id) => document.getElementById(id);

/** Text is set, never markup: names and tags are the words of strangers. */
export function make(tag, text, attributes = {}, ...children) {
  const element = document.createElement(tag);
  if (text) element.textContent = text;
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== false && value !== null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** Fills a list of choices, [value, text] each; what was chosen stays so if it is still there. */
export function options(select, choices) {
  const chosen = select.value;
  select.replaceChildren(...choices.map(([value, text]) => make('option', text, { value })));
  if (choices.some(([value]) => value === chosen)) select.value = chosen;
}

/** Chooses a value, also one that was not offered. */
export function choose(select, value = '') {
  if (value && ![...select.options].some((option) => option.value === value)) select.append(make('option', value, { value }));
  select.value = value;
}

/** In this order, and no others. What stands right is not touched: it would lose the focus, and sound would stop. */
export function arrange(parent, elements) {
  for (const child of [...parent.children]) if (!elements.includes(child)) child.remove();
  elements.forEach((element, i) => { if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null); });
}

/** Only what has changed is set: what is announced is announced once. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The focus of what was removed goes to what has taken its place, or to another element. */
export function passFocus(selector, index, otherwise) {
  if (document.activeElement !== document.body) return;
  const left = document.querySelectorAll(selector);
  (left[Math.min(index, left.length - 1)] ?? otherwise).focus();
}

export function onEnter(input, action) {
  input.onkeydown = (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    action();
  };
}
