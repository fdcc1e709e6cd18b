// Local: reads XML.

import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An XML element with its children in the order of the file. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  /** Text directly inside, trimmed. */
  text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
});

type Raw = Record<string, unknown> & { ':@'?: Record<string, string> };

function element(raw: Raw): Element {
  const name = Object.keys(raw).find((key) => key !== ':@') ?? '';
  const inside = raw[name] as Raw[];
  const children = inside.filter((child) => !('#text' in child)).map(element);
  const text = inside
    .filter((child) => '#text' in child)
    .map((child) => String(child['#text']))
    .join('');
  return { name, attributes: raw[':@'] ?? {}, children, text };
}

/**
 * An XML document as the tree of its elements. The parser alone accepts broken XML, so the validator goes first.
 *
 * @throws Error with the line when the text is not well formed
 * @example readXml('<A><b>1</b></A>').children[0]?.text // => '1'
 */
export function readXml(text: string): Element {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new Error(`line ${verdict.err.line}: not well-formed XML, ${verdict.err.msg}`);
  const roots = (parser.parse(text) as Raw[]).filter((raw) => !('?xml' in raw) && !('#text' in raw));
  const [root] = roots;
  if (!root) throw new Error('line 1: no root element');
  return element(root);
}

/** A text as it stands in XML. @example escapeXml('a < b & c') // => 'a &lt; b &amp; c' */
export const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The text of the first child of a name, or undefined. @example textOf(field, 'label') // => 'Score Key' */
export const textOf = (of: Element, name: string): string | undefined =>
  of.children.find((child) => child.name === name)?.text;

/** Every child of a name, in the order of the file. */
export const all = (of: Element, name: string): Element[] =>
  of.children.filter((child) => child.name === name);

/** Every element below, itself included. */
export const walk = (of: Element): Element[] => [of, ...of.children.flatMap(walk)];

export const isTrue = (of: Element, name: string): boolean => textOf(of, name) === 'true';

/** The number that a child says; undefined where there is none, or it is empty. */
export const numberOf = (of: Element, name: string): number | undefined => {
  const text = textOf(of, name);
  return text === undefined || text === '' ? undefined : Number(text);
};
