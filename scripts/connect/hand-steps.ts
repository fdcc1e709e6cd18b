/** What the Connect API cannot do, in order, each with how to see that it is done. */
export function handSteps(targetOrg: string): string[] {
  const sf = (soql: string): string => `sf data query --target-org ${targetOrg} --query "${soql}"`;
  return [
    '  1. Setup → Process Automation Settings → Default Workflow User: choose a user who stays with the company.',
    '     Give him the permission set: sf org assign permset --name Health_Refresh_Callout --on-behalf-of USERNAME',
    '     Check: the setting shows his name, and he is in the list of',
    `     ${sf("SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Health_Refresh_Callout'")}`,
    '  2. Setup → Flows → Health Refresh Schedule → Activate. The org refuses that until step 1 is done.',
    '     In a production org, activate Health Refresh Failure, Health Refresh Start, Refresh Health and',
    '     Health Tier Fall Alert too: a deploy leaves flows inactive there unless Process Automation Settings say otherwise.',
    '     Check: Setup → Scheduled Jobs lists it with its next run, and all five are active in',
    `     ${sf("SELECT ApiName, IsActive FROM FlowDefinitionView WHERE ApiName LIKE '%Health%'")}`,
  ];
}
