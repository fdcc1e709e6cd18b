/** `{ Subject: 'Call, now' }` as `Subject=Call%2C%20now`, the form of the state `defaultFieldValues`. */
export const encodeDefaultFieldValues = (values) =>
  Object.entries(values)
    .map(([field, value]) => `${field}=${encodeURIComponent(value)}`)
    .join(',');

export const decodeDefaultFieldValues = (text) =>
  Object.fromEntries(
    text.split(',').map((part) => {
      const [field, value = ''] = part.split(/=(.*)/s);
      return [field, decodeURIComponent(value)];
    }),
  );
