import { pageData } from '@sandbox/page-data';

const Navigate = Symbol('Navigate');
const GenerateUrl = Symbol('GenerateUrl');

const withState = (path, state) => {
  const query = new URLSearchParams(Object.entries(state ?? {})).toString();
  return query === '' ? path : `${path}?${query}`;
};

/** @throws Error for the kinds of page that the local page does not have */
function urlOf({ type, attributes, state }) {
  switch (type) {
    case 'standard__recordPage': {
      const { objectApiName, recordId, actionName } = attributes;
      const object = objectApiName === undefined ? '' : `${objectApiName}/`;
      return withState(`/lightning/r/${object}${recordId}/${actionName}`, state);
    }
    case 'standard__recordRelationshipPage': {
      const { objectApiName, recordId, relationshipApiName } = attributes;
      return withState(
        `/lightning/r/${objectApiName}/${recordId}/related/${relationshipApiName}/view`,
        state,
      );
    }
    case 'standard__objectPage':
      return withState(`/lightning/o/${attributes.objectApiName}/${attributes.actionName}`, state);
    case 'standard__navItemPage':
      return withState(`/lightning/n/${attributes.apiName}`, state);
    case 'standard__webPage':
      return attributes.url;
    default:
      throw new Error(`Navigation to ${type} is not modelled by the local page`);
  }
}

/** Gives a component `this[NavigationMixin.Navigate](page)` and `this[NavigationMixin.GenerateUrl](page)`. */
export const NavigationMixin = (Base) =>
  class extends Base {
    [Navigate](page, replace = false) {
      const url = urlOf(page);
      if (page.type === 'standard__webPage' && /^https?:/.test(url)) window.open(url, '_blank', 'noopener');
      else if (replace) window.location.replace(url);
      else window.location.assign(url);
    }

    [GenerateUrl](page) {
      return Promise.resolve(urlOf(page));
    }
  };
NavigationMixin.Navigate = Navigate;
NavigationMixin.GenerateUrl = GenerateUrl;

/** Wire adapter: which page this is. Every page is loaded anew here, so that it never changes. */
export class CurrentPageReference {
  constructor(emit) {
    this.emit = emit;
  }

  connect() {
    this.emit(pageData.reference);
  }

  update() {}

  disconnect() {}
}
