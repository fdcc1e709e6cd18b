const ICONS = { success: 'success', error: 'error', warning: 'warning', info: 'info' };
/** How long a toast stays that nobody has to close, ms. */
const SHOWN = 4_800;

/** `Task {0} was made` with its data, links included. */
function messageNodes(message = '', data = []) {
  return message.split(/(\{\d+\})/).map((part) => {
    const [, index] = /^\{(\d+)\}$/.exec(part) ?? [];
    const value = index === undefined ? part : data[Number(index)];
    if (typeof value !== 'object' || value === null) return document.createTextNode(String(value ?? part));
    const link = document.createElement('a');
    link.href = value.url;
    link.textContent = value.label;
    return link;
  });
}

/** Shows what components say through ShowToastEvent. */
export function listenForToasts(place) {
  document.addEventListener('lightning__showtoast', ({ detail }) => {
    const { title, message, messageData, variant = 'info', mode = 'dismissible' } = detail ?? {};
    const kind = ICONS[variant];
    if (kind === undefined)
      throw new Error(`Toast: found variant ${variant}, expected info, success, warning or error`);
    const toast = document.createElement('div');
    toast.className = `slds-notify slds-notify_toast slds-theme_${kind}`;
    toast.setAttribute('role', kind === 'error' ? 'alert' : 'status');
    const text = document.createElement('div');
    text.className = 'slds-notify__content';
    const heading = document.createElement('h2');
    heading.className = 'slds-text-heading_small';
    heading.textContent = title ?? '';
    const body = document.createElement('p');
    body.append(...messageNodes(message, messageData));
    text.append(heading, ...(message ? [body] : []));
    const close = document.createElement('button');
    close.type = 'button';
    close.className = 'sandbox-toast-close';
    close.setAttribute('aria-label', 'Close');
    close.textContent = '×';
    close.addEventListener('click', () => toast.remove());
    toast.append(text, ...(mode === 'pester' ? [] : [close]));
    place.append(toast);
    if (mode !== 'sticky') setTimeout(() => toast.remove(), SHOWN);
  });
}
