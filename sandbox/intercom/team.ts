import type { Entry, Workspace } from './workspace.ts';
import { APP_ID } from './company.ts';
import type { Lifetime } from './lifetime.ts';

const ADMINS = [991267501, 991267502, 991267503];
const SUPPORT = { id: 5017601, name: 'Support' };
const ESCALATIONS = { id: 5017602, name: 'Escalations' };
const WORKSPACE_CREATED_AT = 1_546_300_800;

/** The teammate who works on a conversation once somebody has replied; null before. */
export const adminOf = ({ plan }: Entry, { adminReplyAt, closedAt }: Lifetime): number | null =>
  adminReplyAt === null && closedAt === null
    ? null
    : (ADMINS[(Number(plan.id.slice(-3)) || 0) % ADMINS.length] ?? null);

export const teamOf = ({ plan }: Entry): number =>
  plan.escalatedAttribute || plan.tags.some((tag) => tag.startsWith('escalat')) ? ESCALATIONS.id : SUPPORT.id;

/** GET /me: the admin that the token belongs to, and the workspace. */
export const me = () => ({
  type: 'admin',
  id: String(ADMINS[0]),
  email: 'integration@standin.example',
  name: 'Integration',
  email_verified: true,
  app: {
    type: 'app',
    id_code: APP_ID,
    name: 'Stand-in workspace',
    created_at: WORKSPACE_CREATED_AT,
    secure: false,
    identity_verification: false,
    timezone: 'UTC',
    region: 'US',
  },
  avatar: { type: 'avatar', image_url: null },
  has_inbox_seat: true,
});

/** GET /teams. */
export const teams = () => ({
  type: 'team.list',
  teams: [SUPPORT, ESCALATIONS].map(({ id, name }) => ({
    type: 'team',
    id: String(id),
    name,
    admin_ids: ADMINS,
    assignment_limit: null,
    distribution_method: null,
  })),
});

/** GET /tags. */
export const tags = ({ tags: ids }: Workspace) => ({
  type: 'list',
  data: [...ids].map(([name, id]) => ({ type: 'tag', id, name })),
});
