// Source: https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm

/**
 * The parts of a multipart/form-data body by name.
 *
 * @example readMultipart(body, 'multipart/form-data; boundary=x').get('file') // => the bytes of that part
 */
export function readMultipart(body: Buffer, contentType: string): Map<string, Buffer> {
  const boundary = /boundary="?([^";]+)"?/.exec(contentType)?.[1];
  const parts = new Map<string, Buffer>();
  if (boundary === undefined) return parts;
  const mark = Buffer.from(`--${boundary}`);
  for (let at = body.indexOf(mark); at >= 0;) {
    const next = body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = body.subarray(at + mark.length + 2, next - 2);
    const head = part.indexOf('\r\n\r\n');
    const name = /name="([^"]*)"/.exec(part.toString('latin1', 0, head))?.[1];
    if (name !== undefined) parts.set(name, part.subarray(head + 4));
    at = next;
  }
  return parts;
}
