import { errorNotice, isHidden, messagesOf } from 'c/healthErrors';

describe('The view of an error', () => {
  it.each([
    [true, 'Salesforce did not answer. Try again in a minute; an admin can see why under Refreshes.'],
    [false, 'You are offline. Try again once you are connected.'],
  ])('says what the reader can do when nothing came back (online: %s)', (onLine, text) => {
    jest.spyOn(navigator, 'onLine', 'get').mockReturnValue(onLine);
    expect(errorNotice('Not read.', new TypeError('Failed to fetch')).text).toBe(text);
    expect(errorNotice('Not saved.', { message: 'Say what was seen.' }).text).toBe('Say what was seen.');
    jest.restoreAllMocks();
  });
});

describe('Errors as messages', () => {
  it.each([
    ['nothing', undefined, []],
    ['a text', 'No.', ['No.']],
    ['an Error', new Error('Broken.'), ['Broken.']],
    ['errors of GraphQL, each once', [{ message: 'A' }, { message: 'B' }, { message: 'A' }], ['A', 'B']],
    [
      'an answer of UI API',
      { body: { message: 'Say what was seen or heard.' }, status: 400 },
      ['Say what was seen or heard.'],
    ],
    ['a list inside', { message: 'outer', errors: [{ message: 'inner' }] }, ['inner']],
    ['a number', 404, ['404']],
    ['an empty message', { message: '' }, []],
  ])('flattens %s', (_what, error, messages) => {
    expect(messagesOf(error)).toEqual(messages);
  });

  it('are told in one way, with what can be done', () => {
    const again = { act: 'reload', label: 'Try again' };
    expect(errorNotice('Not read.', [{ message: 'A' }, { message: 'B' }], again)).toEqual({
      id: 'error',
      kind: 'error',
      title: 'Not read.',
      text: 'A\nB',
      actions: [again],
    });
  });

  it('tells what is hidden from what is broken', () => {
    const hidden =
      "Validation error (FieldUndefined@[uiapi/x]) : Field 'Health_Score__c' in type 'RecordQuery' is undefined";
    expect(isHidden([{ message: hidden }])).toBe(true);
    expect(isHidden([{ message: 'The org is resting.' }])).toBe(false);
    expect(isHidden(undefined)).toBe(false);
  });
});
