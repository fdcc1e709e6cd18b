/** What `scorer --help` prints: the overview of commands, kept equal to the commands themselves by a test. */
export const HELP = `Usage: scorer [options] [command]

Customer health scores: reads four systems, scores every account, explains every score

Options:
  -h, --help           display help for command

Commands:
  score [options]      score given readings, without any vendor
  explain [options]    say why: what moved, where points are lost, how to reach the next tier
  catalogue [options]  list every metric
  check [options]      check the configuration and list everything that is wrong
  extract [options]    print the readings of one source and what they cost in calls
  run [options]        read every source, score every account and write what differs
  serve [options]      offer runs over HTTP, to the flow in Salesforce and to others
  help [command]       display help for command
`;
