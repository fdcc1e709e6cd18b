import { describe, expect, it } from 'vitest';
import { ScorerError } from '../errors.ts';
import { parseMapping } from './mapping.ts';

const header =
  'sf_account_id,intercom_company_id,looker_customer_id,account_name,segment,jira_project_key,jira_component';

function problemsOf(text: string): string {
  try {
    parseMapping(text, 'map.csv');
  } catch (error) {
    if (error instanceof ScorerError) return error.message;
    throw error;
  }
  return 'no problem';
}

describe('an account mapping', () => {
  it('is read with a byte-order mark, CRLF, quotes and empty cells', () => {
    const text = `\uFEFF${header}\r\n001000000000001,c1,77,"Acme, Inc",Paid,ACME,\r\n\r\n001000000000002AAA,,,,standard,,\r\n`;
    expect(parseMapping(text, 'map.csv')).toEqual([
      {
        id: '001000000000001AAA',
        name: 'Acme, Inc',
        segment: 'paid',
        intercomCompanyId: 'c1',
        lookerCustomerId: '77',
        jiraProjectKey: 'ACME',
        jiraComponent: null,
      },
      {
        id: '001000000000002AAA',
        name: '001000000000002AAA',
        segment: 'standard',
        intercomCompanyId: null,
        lookerCustomerId: null,
        jiraProjectKey: null,
        jiraComponent: null,
      },
    ]);
  });

  it('lists every problem at once, each with its line', () => {
    const text = [
      header,
      '001000000000001,c1,77,Acme,paid,ACME,',
      '001000000000001AAA,c1,78,Acme again,paid,,',
      '0010000000000012,c3,79,Sixteen,paid,,',
      '00100000000000123,c3,90,Seventeen,paid,,',
      '001000000000003,c4,80,Gold,gold,,',
      '001000000000004,c5,81,Short',
      '001000000000005,c6,82,No project,paid,,Mobile',
    ].join('\n');
    expect(problemsOf(text).split('\n')).toEqual([
      'The account mapping: 8 problems',
      '  map.csv:3 sf_account_id: found 001000000000001AAA again, expected each account once; see line 2',
      '  map.csv:3 intercom_company_id: found c1 again, expected each customer once; see line 2',
      '  map.csv:4 sf_account_id: found "0010000000000012", expected an Account id (001…) of 15 or 18 characters',
      '  map.csv:5 sf_account_id: found "00100000000000123", expected an Account id (001…) of 15 or 18 characters',
      '  map.csv:5 intercom_company_id: found c3 again, expected each customer once; see line 4',
      '  map.csv:6 segment: found "gold", expected paid or standard',
      '  map.csv:7: found 4 cells, expected 7; a comma inside a name needs quotes',
      '  map.csv:8 jira_project_key: found nothing, expected a project, because a component is named',
    ]);
  });

  it.each([
    ['', 'an empty file'],
    [header, 'no account'],
    ['id,name\n1,2', 'no such column'],
    [`${header},owner\n`, 'an unknown column'],
    [`${header}\n"001000000000001,c1`, 'Quote Not Closed'],
  ])('refuses %j, saying %j', (text, found) => {
    expect(problemsOf(text)).toContain(found);
  });

  it('refuses an 18-character id that lost its capitals', () => {
    expect(problemsOf(`${header}\n0015g00000abcDEAAZ,,,,paid,,`)).toContain(
      'an Account id (001…) of 15 or 18 characters',
    );
  });
});
