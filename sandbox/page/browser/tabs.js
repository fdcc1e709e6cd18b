/** Makes a `[role=tablist]` work as Lightning's tabs do: one panel in view, arrow keys move between tabs. */
export function startTabs(list) {
  const tabs = [...list.querySelectorAll('[role="tab"]')];
  const choose = (chosen) => {
    for (const tab of tabs) {
      const on = tab === chosen;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
      document.querySelector(`#${tab.getAttribute('aria-controls')}`).hidden = !on;
    }
  };
  for (const [n, tab] of tabs.entries()) {
    tab.addEventListener('click', () => choose(tab));
    tab.addEventListener('keydown', ({ key }) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
      if (step === undefined) return;
      const next = tabs.at((n + step) % tabs.length);
      choose(next);
      next.focus();
    });
  }
}
