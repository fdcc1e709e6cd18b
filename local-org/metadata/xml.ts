// Local: reads XML.

import { XMLParser, XMLValidator } from 'fast-xml-parser';

export type XmlValue = string | XmlNode;
/** Child elements by name, always as lists; attributes and the text beside them are reached by the functions below. */
export interface XmlNode {
  [name: string]: XmlValue[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  // Entities in metadata are the five of XML; documents with their own are refused by the validator below.
  processEntities: true,
  trimValues: true,
});

export interface XmlFile {
  /** Name of the root element, which is the metadata type. */
  root: string;
  node: XmlNode;
}

/**
 * Reads one metadata file. The parser alone accepts broken XML, so the validator goes first.
 *
 * @throws Error that names the line when the text is not well formed.
 * @example readXml('<A><b>1</b></A>') // => { root: 'A', node: { b: ['1'] } }
 */
export function readXml(text: string): XmlFile {
  const verdict = XMLValidator.validate(text);
  if (verdict !== true) throw new Error(`line ${verdict.err.line}: not well-formed XML, ${verdict.err.msg}`);
  const document = parser.parse(text) as Record<string, XmlValue[] | Record<string, string>>;
  const root = Object.keys(document).find((key) => key !== '?xml');
  if (root === undefined) throw new Error('line 1: no root element');
  const [content] = document[root] as XmlValue[];
  return { root, node: typeof content === 'object' ? content : {} };
}

/** The text of a child element, or undefined. @example one(node, 'label') // => 'Score Key' */
export function one(node: XmlNode, name: string): string | undefined {
  const value = node[name]?.[0];
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  const text = value['#text'] as unknown;
  return typeof text === 'string' ? text : '';
}

/** An attribute of an element, or undefined. @example attribute(value, 'xsi:nil') // => 'true' */
export function attribute(node: XmlNode, name: string): string | undefined {
  const value = node[`@${name}`] as unknown;
  return typeof value === 'string' ? value : undefined;
}

/** All child elements that have children themselves. */
export const nodes = (node: XmlNode, name: string): XmlNode[] =>
  (node[name] ?? []).filter((value) => typeof value === 'object');

export const isTrue = (node: XmlNode, name: string): boolean => one(node, name) === 'true';

export const numberOf = (node: XmlNode, name: string): number | undefined => {
  const value = one(node, name);
  return value === undefined || value === '' ? undefined : Number(value);
};
