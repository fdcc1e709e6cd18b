import { z } from 'zod';
import { texts, timezone, type DeepReadonly } from '../../config/schema-parts.ts';

/** What `sources.yaml` says of Jira. */
export const SETTINGS = z.strictObject({
  edition: z.enum(['auto', 'cloud', 'datacenter']),
  bug_issue_types: texts,
  critical_priorities: texts,
  open_by: z.enum(['status_category', 'resolution']),
  /** `from_user`, or an IANA name such as `Europe/London`. */
  timezone,
});

export type JiraSource = DeepReadonly<z.output<typeof SETTINGS>>;
