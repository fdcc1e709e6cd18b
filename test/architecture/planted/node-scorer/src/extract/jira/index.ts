import { page } from '../intercom/index.ts';

export const jira = page;
