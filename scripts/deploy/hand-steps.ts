import { ofType } from '../metadata/project.ts';
import type { Project } from '../metadata/project.ts';

/** Where the deploy stands, as far as it decides what is left to do by hand. */
export interface Done {
  assigned: ReadonlySet<string>;
  firstInstall: boolean;
  /** Names of flows that were sent as drafts, each after those that it calls. */
  drafts: readonly string[];
}

/**
 * What only a person can do in Setup after a deploy, in the order in which it is needed. Steps for parts that the
 * project does not ship are left out, so that nobody looks for them.
 */
export function handSteps(project: Project, { assigned, firstInstall, drafts }: Done): string[] {
  const steps: string[] = [];
  const ships = (type: string): boolean => ofType(project, type).length > 0;
  const open = ofType(project, 'PermissionSet')
    .map((part) => part.name)
    .filter((name) => !assigned.has(name));
  if (open.length > 0)
    steps.push(
      `Assign permission sets to people (Setup → Permission Sets), or run again with --assign: ${open.join(', ')}.`,
    );
  if (firstInstall) {
    steps.push(
      'Give the scoring service its own user (Health_Scorer_Integration, and Health_Scorer_Champions where the org took it) and an External Client App with the client credentials flow that runs as this user; put its id and secret into SF_CLIENT_ID and SF_CLIENT_SECRET of the service.',
      'Where the default access to Accounts is Private: share the accounts with that user for editing (role or sharing rule), or Current Health Score cannot be written.',
      'Set Health Segment on the accounts to be scored, and their Intercom, Jira and Looker ids; accounts without a segment are left out.',
      'Put the health fields on the Account page: assign the layout "Customer Health Account Layout", or copy its sections and its related list into your own. Your layouts are not touched.',
    );
  }
  if (ships('ExternalCredential'))
    steps.push(
      'Connect the org to the scoring service, after every deploy: npm run connect (see its --help). Secrets never travel in metadata and an upgrade leaves them as they are; the address of the service is put back to a placeholder by each deploy.',
    );
  if (drafts.length > 0)
    steps.push(
      `Activate the flows (Setup → Flows), in this order: ${drafts.join(', ')}. They were sent as drafts; a version that was active before still is.`,
    );
  const scheduled = ofType(project, 'Flow').some((part) =>
    part.root.children.some((child) =>
      child.children.some((inner) => inner.name === 'triggerType' && inner.text === 'Scheduled'),
    ),
  );
  if (scheduled)
    steps.push(
      'Set the Default Workflow User (Setup → Process Automation Settings), give it the callout permission set, then activate the scheduled flow: it runs as this user.',
    );
  return steps;
}
