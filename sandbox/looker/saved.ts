import { createHash } from 'node:crypto';
import { notFound } from './answers.ts';
import { EXPLORES, MODEL } from './model.ts';
import type { Query } from './query.ts';

export interface Look {
  readonly id: string;
  readonly title: string;
  readonly query: Query;
}

interface Task {
  readonly id: string;
  readonly queryId: string;
  readonly format: string;
  /** How often its state was asked for. */
  readonly polls: number;
  readonly until: number;
}

export interface Saved {
  readonly looks: readonly Look[];
  /** The same query always has the same id. */
  readonly save: (query: Query) => string;
  readonly query: (id: string) => Query;
  readonly look: (id: string) => Look;
  readonly startTask: (queryId: string, format: string) => Task;
  /** @throws Refusal 404 for an unknown task and one whose results have expired */
  readonly task: (id: string) => Task;
  /** Looks at a task: the first look finds it running, the next complete. */
  readonly poll: (id: string) => Task;
}

const TASK_LIFE = 3_600_000;

/** One saved Look per explore, with all its fields and the usual limit: what somebody would save in the UI. */
export const LOOKS: readonly Look[] = EXPLORES.map(({ name, label, id, fields }, index) => ({
  id: String(42 + index),
  title: label,
  query: {
    model: MODEL,
    view: name,
    fields: fields.map((field) => field.name),
    filters: {},
    sorts: [id.name],
    limit: '500',
    query_timezone: 'UTC',
  },
}));

/** Queries, Looks and tasks that were made here. */
export function makeSaved(looks: readonly Look[], clock: () => number): Saved {
  const queries = new Map<string, Query>();
  const tasks = new Map<string, Task>();
  const found = <T>(value: T | undefined): T => {
    if (value === undefined) throw notFound();
    return value;
  };
  const task = (id: string): Task => {
    const known = found(tasks.get(id));
    if (known.until <= clock()) throw notFound();
    return known;
  };
  return {
    looks,
    save: (query) => {
      const digest = createHash('sha256').update(JSON.stringify(query)).digest();
      const id = String(digest.readUIntBE(0, 6));
      queries.set(id, query);
      return id;
    },
    query: (id) => found(queries.get(id)),
    look: (id) => found(looks.find((look) => look.id === id)),
    startTask: (queryId, format) => {
      const id = createHash('sha256').update(`${queryId}:${tasks.size}`).digest('hex').slice(0, 32);
      const started = { id, queryId, format, polls: 0, until: clock() + TASK_LIFE };
      tasks.set(id, started);
      return started;
    },
    task,
    poll: (id) => {
      const polled = { ...task(id), polls: task(id).polls + 1 };
      tasks.set(id, polled);
      return polled;
    },
  };
}
