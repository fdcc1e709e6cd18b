// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_opportunity.htm
// Source: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_contract.htm

import type { ObjectDef, Row } from '../schema/types.ts';
import {
  always,
  area,
  field,
  flag,
  lookup,
  money,
  object,
  owner,
  percent,
  pick,
  readOnly,
  required,
  systemFields,
  text,
  whole,
} from './fields.ts';

/** Stages of a new org. */
export const STAGES: {
  name: string;
  closed: boolean;
  won: boolean;
  probability: number;
  forecast: string;
}[] = [
  { name: 'Prospecting', closed: false, won: false, probability: 10, forecast: 'Pipeline' },
  { name: 'Qualification', closed: false, won: false, probability: 10, forecast: 'Pipeline' },
  { name: 'Needs Analysis', closed: false, won: false, probability: 20, forecast: 'Pipeline' },
  { name: 'Value Proposition', closed: false, won: false, probability: 50, forecast: 'Pipeline' },
  { name: 'Proposal/Price Quote', closed: false, won: false, probability: 75, forecast: 'Pipeline' },
  { name: 'Negotiation/Review', closed: false, won: false, probability: 90, forecast: 'Pipeline' },
  { name: 'Closed Won', closed: true, won: true, probability: 100, forecast: 'Closed' },
  { name: 'Closed Lost', closed: true, won: false, probability: 0, forecast: 'Omitted' },
];

/** The last day of a term: start, plus so many months, less a day; a month too short clamps to its end. */
export function endOfTerm(start: string, months: number): string {
  const [year = 0, month = 1, day = 1] = start.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const then = Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth));
  return new Date(then - 86_400_000).toISOString().slice(0, 10);
}

const stageFacts = (row: Row, _: unknown, sent: string[]): Row => {
  // A new stage brings its probability, unless another was sent with it.
  const moved = sent.includes('StageName') && !sent.includes('Probability');
  const stage = STAGES.find((s) => s.name === row['StageName']);
  if (!stage) return {};
  return {
    IsClosed: stage.closed ? 1 : 0,
    IsWon: stage.won ? 1 : 0,
    ForecastCategoryName: stage.forecast,
    ...(moved || row['Probability'] == null ? { Probability: stage.probability } : {}),
  };
};

const noWrites = { createable: false, updateable: false, deletable: false, permissionable: false };

/** What money and promises are made of: opportunities with their history, contracts and cases. */
export const deals = (): ObjectDef[] => [
  object(
    'Opportunity',
    '006',
    [
      ...systemFields(),
      lookup('AccountId', 'Account ID', 'Account', 'Opportunities'),
      required(text('Name', 'Opportunity Name', 120)),
      // Restricted here because a stage that the org does not define has no answer to "is it closed?".
      required(
        pick(
          'StageName',
          'Stage',
          STAGES.map((s) => s.name),
          { restricted: true },
        ),
      ),
      money('Amount', 'Amount'),
      percent('Probability', 'Probability (%)'),
      required(field('CloseDate', 'Close Date', 'date')),
      pick('Type', 'Opportunity Type', [
        'Existing Customer - Upgrade',
        'Existing Customer - Replacement',
        'Existing Customer - Downgrade',
        'New Customer',
      ]),
      pick('LeadSource', 'Lead Source', ['Web', 'Partner Referral', 'Other']),
      text('NextStep', 'Next Step', 255),
      readOnly(always(flag('IsClosed', 'Closed'))),
      readOnly(always(flag('IsWon', 'Won'))),
      readOnly(always(pick('ForecastCategoryName', 'Forecast Category', ['Omitted', 'Pipeline', 'Closed']))),
      area('Description', 'Description'),
      lookup('ContractId', 'Contract ID', 'Contract', 'Opportunities'),
      owner('Opportunities'),
    ],
    {
      plural: 'Opportunities',
      derive: stageFacts,
      snapshots: {
        object: 'OpportunityHistory',
        link: 'OpportunityId',
        fields: ['StageName', 'Amount', 'CloseDate', 'Probability'],
      },
    },
  ),
  object(
    'OpportunityHistory',
    '008',
    [
      ...systemFields().filter((f) => !f.name.startsWith('LastModified')),
      readOnly(required(lookup('OpportunityId', 'Opportunity ID', 'Opportunity', 'OpportunityHistories'))),
      readOnly(
        required(
          pick(
            'StageName',
            'Stage',
            STAGES.map((s) => s.name),
          ),
        ),
      ),
      readOnly(always(money('Amount', 'Amount'))),
      readOnly(always(percent('Probability', 'Probability (%)'))),
      readOnly(always(field('CloseDate', 'Close Date', 'date'))),
    ],
    { ...noWrites, follows: 'Opportunity', plural: 'Opportunity Histories' },
  ),
  object(
    'OpportunityStage',
    '01J',
    [
      ...systemFields().filter((f) => f.name !== 'IsDeleted'),
      ...[
        text('MasterLabel', 'Master Label', 255),
        text('ApiName', 'API Name', 255),
        flag('IsActive', 'Is Active'),
        whole('SortOrder', 'Sort Order'),
        flag('IsClosed', 'Closed'),
        flag('IsWon', 'Won'),
        text('ForecastCategoryName', 'Forecast Category Name', 40),
        percent('DefaultProbability', 'Probability (%)'),
      ].map((f) => readOnly(always(f))),
    ],
    { ...noWrites, nameField: 'MasterLabel' },
  ),
  object(
    'Contract',
    '800',
    [
      ...systemFields(),
      required(lookup('AccountId', 'Account ID', 'Account', 'Contracts')),
      readOnly(
        always(
          text('ContractNumber', 'Contract Number', 30, { autoNumber: { format: '{00000000}', next: 1 } }),
        ),
      ),
      required(
        pick('Status', 'Status', ['Draft', 'In Approval Process', 'Activated'], { defaultValue: 'Draft' }),
      ),
      field('StartDate', 'Contract Start Date', 'date'),
      whole('ContractTerm', 'Contract Term', 4),
      readOnly(field('EndDate', 'Contract End Date', 'date')),
      owner('Contracts'),
    ],
    {
      nameField: 'ContractNumber',
      derive: (row): Row =>
        typeof row['StartDate'] === 'string' && typeof row['ContractTerm'] === 'number'
          ? { EndDate: endOfTerm(row['StartDate'], row['ContractTerm']) }
          : {},
    },
  ),
  object(
    'Case',
    '500',
    [
      ...systemFields(),
      readOnly(
        always(text('CaseNumber', 'Case Number', 30, { autoNumber: { format: '{00000000}', next: 1 } })),
      ),
      lookup('AccountId', 'Account ID', 'Account', 'Cases'),
      lookup('ContactId', 'Contact ID', 'Contact', 'Cases'),
      required(pick('Status', 'Status', ['New', 'Working', 'Escalated', 'Closed'], { defaultValue: 'New' })),
      pick('Type', 'Case Type', ['Problem', 'Feature Request', 'Question']),
      pick('Reason', 'Case Reason', ['Installation', 'Performance', 'Feedback', 'Other']),
      pick('Priority', 'Priority', ['High', 'Medium', 'Low'], { defaultValue: 'Medium' }),
      pick('Origin', 'Case Origin', ['Phone', 'Email', 'Web']),
      text('Subject', 'Subject', 255),
      area('Description', 'Description'),
      readOnly(always(flag('IsClosed', 'Closed'))),
      readOnly(always(field('ClosedDate', 'Closed Date', 'datetime'))),
      owner('Cases'),
    ],
    { nameField: 'CaseNumber', derive: (row) => ({ IsClosed: row['Status'] === 'Closed' ? 1 : 0 }) },
  ),
];
