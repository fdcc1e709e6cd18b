import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, type Node } from 'yaml';
import type { Problem } from '../errors.ts';
import type { Path } from './schema-parts.ts';

/** A YAML file: its plain value, and a way to name the line of anything in it. */
export interface YamlDocument {
  /** Undefined when the file cannot be read as YAML at all. */
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** `file:line (path)` of a place; of its nearest surroundings when it is absent. */
  readonly where: (path: Path) => string;
}

/**
 * Reads YAML 1.2 with the line of every value. Repeated keys are problems; YAML would keep the last one silently.
 *
 * @param file as named to people
 * @example readYaml('a: 1\na: 2', 'weights.yaml').problems[0]?.where // => 'weights.yaml:2'
 */
export function readYaml(text: string, file: string): YamlDocument {
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\uFEFF/, ''), {
    lineCounter: lines,
    uniqueKeys: true,
    prettyErrors: false,
  });
  const lineAt = (offset: number): number => lines.linePos(offset).line;
  const problems = document.errors.map(({ code, pos, message }): Problem => {
    const where = `${file}:${lineAt(pos[0])}`;
    return code === 'DUPLICATE_KEY'
      ? {
          where,
          found: 'a key that stands there twice',
          expected: 'each key once',
          fix: 'remove one of them',
        }
      : {
          where,
          found: message.split('\n')[0] ?? message,
          expected: 'YAML',
          fix: 'correct the line or the one before',
        };
  });
  // After a repeated key the rest still means something; after any other error it may not.
  const readable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  return {
    value: readable ? plainValue(document, problems, file) : undefined,
    problems,
    where: (path) => {
      const offset = offsetOf(document, path);
      const place = offset === null ? file : `${file}:${lineAt(offset)}`;
      return path.length === 0 ? place : `${place} (${path.join('.')})`;
    },
  };
}

function plainValue(document: Document.Parsed, problems: Problem[], file: string): unknown {
  if (document.contents === null) {
    problems.push({ where: file, found: 'an empty file', expected: 'a map of keys and values' });
    return undefined;
  }
  try {
    return document.toJS();
  } catch (error) {
    // Thrown for aliases that multiply without end.
    const found = error instanceof Error ? error.message : 'an unreadable document';
    problems.push({ where: file, found, expected: 'YAML without anchors' });
    return undefined;
  }
}

/** Offset of a place, or of the last thing on the way to it that exists. */
function offsetOf(document: Document.Parsed, path: Path): number | null {
  let node: unknown = document.contents;
  let offset: number | null = null;
  for (const step of path) {
    const here: Node | undefined = isAlias(node) ? node.resolve(document) : (node as Node | undefined);
    if (isMap(here)) {
      const pair = here.items.findLast(({ key }) => String(isScalar(key) ? key.value : key) === String(step));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(here) && typeof step === 'number') {
      node = here.items[step];
      offset = startOf(node) ?? offset;
    } else {
      break;
    }
  }
  return offset;
}

function startOf(node: unknown): number | null {
  const range: unknown = (node as { range?: unknown } | null | undefined)?.range;
  return Array.isArray(range) && typeof range[0] === 'number' ? range[0] : null;
}
