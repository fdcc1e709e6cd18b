import type { Request } from 'local-org/http';
import type { View } from './conversation.ts';
import { onlyParameters } from './paging.ts';
import { invalid, Refusal } from './refusal.ts';
import { CONVERSATION_ATTRIBUTES_SINCE } from './version.ts';

const CREATED_AT = 1_546_300_800;
const ESCALATED = { name: 'Escalated', description: 'Set when a conversation was escalated' };

const STANDARD = [
  ['company', 'name', 'Company name', 'string'],
  ['company', 'company_id', 'Company ID', 'string'],
  ['company', 'remote_created_at', 'Company created at', 'date'],
  ['company', 'monthly_spend', 'Monthly Spend', 'float'],
  ['contact', 'name', 'Name', 'string'],
  ['contact', 'email', 'Email', 'string'],
  ['contact', 'external_id', 'User ID', 'string'],
  ['contact', 'role', 'Role', 'string'],
] as const;

const attribute = (model: string, name: string, label: string, type: string) => ({
  type: 'data_attribute',
  model,
  name,
  full_name: name,
  label,
  description: label,
  data_type: type,
  api_writable: true,
  ui_writable: false,
  messenger_writable: false,
  custom: false,
  archived: false,
});

/**
 * GET /data_attributes: those of contacts and companies, up to 2.15 those of conversations too.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-attributes/lisdataattributes
 */
export function dataAttributes({ query }: Request, { version }: View) {
  onlyParameters(query, ['model', 'include_archived']);
  const model = query.get('model');
  const moved = version >= CONVERSATION_ATTRIBUTES_SINCE;
  if (model === 'conversation' && moved) {
    throw new Refusal(
      422,
      'parameter_invalid',
      'model=conversation is no longer supported. Use GET /conversations/attributes instead',
      'model',
    );
  }
  if (model !== null && !['contact', 'company', 'conversation'].includes(model)) {
    throw invalid('model has to be contact or company', 'model');
  }
  const { name, description } = ESCALATED;
  const known = [
    ...STANDARD.map(([of, field, label, type]) => attribute(of, field, label, type)),
    ...(moved
      ? []
      : [
          {
            ...attribute('conversation', name, name, 'boolean'),
            description,
            custom: true,
            ui_writable: true,
          },
        ]),
  ];
  return { type: 'list', data: known.filter((one) => model === null || one.model === model) };
}

/**
 * GET /conversations/attributes, from 2.16 on.
 *
 * @see https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listconversationattributes
 */
export function conversationAttributes({ query }: Request, { version }: View) {
  onlyParameters(query, ['include_archived']);
  if (version < CONVERSATION_ATTRIBUTES_SINCE) {
    throw new Refusal(
      400,
      'intercom_version_invalid',
      'Requested resource is not available in current API version.',
    );
  }
  return {
    type: 'list',
    data: [
      {
        type: 'conversation_attribute',
        id: 1,
        ...ESCALATED,
        data_type: 'boolean',
        required: false,
        visible_to_team_ids: [],
        archived: false,
        created_at: CREATED_AT,
        updated_at: CREATED_AT,
        admin_id: '991267501',
      },
    ],
  };
}
