import './clock.js';
import { createElement } from 'lwc';
import { components } from '@sandbox/components';
import { startTabs } from './tabs.js';
import { listenForToasts } from './toasts.js';

/** `c:healthCard` as the tag that the platform gives it. */
const tagOf = (name) => name.replace(':', '-').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** Puts a component where the page server left a place for it, with the properties that the page sets. */
async function mount(place) {
  const { component, properties = '{}' } = place.dataset;
  const load = components[component];
  if (!load) throw new Error(`${component}: found no exposed component of this name, the page names it`);
  const { default: Component } = await load();
  const element = createElement(tagOf(component), { is: Component });
  const given = JSON.parse(properties);
  // As on the platform: what the page knows goes only to those who declare it.
  for (const [name, value] of Object.entries(given)) if (name in element) element[name] = value;
  place.append(element);
}

function showFailure(place, error) {
  console.error(error);
  const note = document.createElement('p');
  note.className = 'sandbox-failure';
  note.setAttribute('role', 'alert');
  note.textContent = `The local page could not show ${place.dataset.component}: ${error.message}`;
  place.append(note);
}

listenForToasts(document.querySelector('#sandbox-toasts'));
for (const list of document.querySelectorAll('[role="tablist"]')) startTabs(list);
for (const place of document.querySelectorAll('[data-component]')) {
  mount(place).catch((error) => showFailure(place, error));
}
