import { createElement } from 'lwc';
import axe from 'axe-core';
import { storyOf } from 'c/healthStory';
import { answerOf, READER } from './fixtures';

/** What the card would say of these records. */
export const storyFrom = (given, reader) => storyOf(answerOf(given), { ...READER, ...reader });

/**
 * Puts a component on an empty page.
 */
export function open(tag, Component, properties) {
  const element = createElement(tag, { is: Component });
  Object.assign(element, properties);
  document.body.appendChild(element);
  const find = (selector) => element.shadowRoot.querySelector(selector);
  const all = (selector) => [...element.shadowRoot.querySelectorAll(selector)];
  const text = (selector) => {
    const found = selector ? find(selector) : element.shadowRoot;
    return found?.textContent.replace(/\s+/g, ' ').trim();
  };
  return { element, find, all, text };
}

export function clear() {
  while (document.body.firstChild) document.body.removeChild(document.body.firstChild);
}

/** Turns of the microtask queue: an answer, its rendering, and what that starts. */
export function settled() {
  return Array.from({ length: 5 }).reduce((turns) => turns.then(() => undefined), Promise.resolve());
}

/** What axe finds. Colours and the landmarks of the page around are judged in a browser. */
export async function problemsOf(element) {
  const rules = { region: { enabled: false }, 'color-contrast': { enabled: false } };
  const { violations } = await axe.run(element, { rules, resultTypes: ['violations'], preload: false });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** Hears one kind of event. */
export function listen(element, name) {
  const heard = [];
  element.addEventListener(name, ({ detail }) => heard.push(detail));
  return heard;
}
