export const REFRESH_COMPLETE = 'COMPLETE';
export const REFRESH_COMPLETE_WITH_ERRORS = 'COMPLETE_WITH_ERRORS';
export const REFRESH_ERROR = 'ERROR';

const EVENT = 'lightning__refreshrequest';
const handlers = new Set();

/** Asks the view that the element is part of to get its data again. */
export class RefreshEvent extends CustomEvent {
  constructor() {
    super(EVENT, { bubbles: true, composed: true });
  }
}

/** @returns a token for {@link unregisterRefreshHandler} */
export function registerRefreshHandler(element, handler) {
  const token = { element, handler: handler.bind(element) };
  handlers.add(token);
  return token;
}

export function unregisterRefreshHandler(token) {
  handlers.delete(token);
}

/** The page itself is the one container here: it tells everybody who registered. */
document.addEventListener(EVENT, (event) => {
  event.stopPropagation();
  for (const { handler } of handlers) void handler(event);
});

export function registerRefreshContainer() {
  throw new Error('lightning/refresh: containers of a component’s own are not modelled by the local page');
}
