import type { OrgOptions } from 'local-org';

/**
 * What an administrator has set up in the org of the customer base: the picklist values that `config/sources.yaml`
 * asks for, and the user that the scorer works as.
 */
export const ORG_SETUP: Pick<OrgOptions, 'integrationUser' | 'picklists'> = {
  integrationUser: { username: 'scorer@org.example', lastName: 'Health Scorer', alias: 'scorer' },
  picklists: {
    'AccountContactRelation.Roles': [
      'Champion',
      'Business User',
      'Decision Maker',
      'Economic Buyer',
      'Economic Decision Maker',
      'Evaluator',
      'Executive Sponsor',
      'Influencer',
      'Technical Buyer',
      'Other',
    ],
    'Case.Type': ['Billing', 'Problem', 'Question', 'Feature Request', 'Other'],
    'Event.Type': ['QBR', 'Call', 'Email', 'Meeting', 'Other'],
    'Opportunity.Type': ['New Business', 'Renewal', 'Expansion', 'Upsell', 'Downgrade', 'Amendment'],
  },
};
