import { gql } from 'lightning/graphql';

// Fields stand side by side, against the formatter: each line of a document is sent and loaded as it is written.

/**
 * Everything the card shows in one request: what explains the newest score, with the model of its run, thirteen months in
 * outline, that one among them, the signals, and how the last refreshes went. `$upTo` is the last month to look at. Fields
 * that a reader may not see are left out of the answer (`@optional`) instead of failing all of it. Several fields of one
 * `where` are joined by an implicit AND: https://developer.salesforce.com/docs/platform/graphql/guide/filter-boolean.html
 */
// prettier-ignore
export const CARD = gql`
 query healthCard($accountId: ID, $scope: String, $upTo: String) {
  uiapi {
   objectInfos(apiNames: ["Churn_Signal__c"]) { createable updateable }
   query {
    Account(where: { Id: { eq: $accountId } }, first: 1) { edges { node {
     Name @optional { value } CreatedDate @optional { value }
     Health_Segment__c @optional { value } Churned_On__c @optional { value }
     OwnerId @optional { value } Owner @optional { Name @optional { value } }
    } } }
    newest: Health_Score__c(
     where: { Account__c: { eq: $accountId }, Own__c: { eq: true }, Period__c: { lte: $upTo } }
     orderBy: { Period__c: { order: DESC } }, first: 1
    ) { edges { node {
     Id Window_End__c @optional { value } Scored_At__c @optional { value }
     Quantitative_Score__c @optional { value } Coverage__c @optional { value }
     Band_Low__c @optional { value } Band_High__c @optional { value }
     Provisional__c @optional { value } Main_Reason__c @optional { value }
     Details__c @optional { value } Run__r @optional { Model__c @optional { value } }
    } } }
    history: Health_Score__c(
     where: { Account__c: { eq: $accountId }, Own__c: { eq: true }, Period__c: { lte: $upTo } }
     orderBy: { Period__c: { order: DESC } }, first: 13
    ) { edges { node {
     Id Period__c { value } Health_Score__c @optional { value } Tier__c @optional { value }
     Churn_Risk_Score__c @optional { value } Support_Score__c @optional { value }
     Financial_Score__c @optional { value } Adoption_Score__c @optional { value }
     Relationship_Score__c @optional { value } Platform_Value_Score__c @optional { value }
     Change__c @optional { value } Change_Behaviour__c @optional { value }
     Change_Data__c @optional { value } Change_Rules__c @optional { value }
     Change_Calendar__c @optional { value } Change_Signals__c @optional { value }
     Model_Version__c @optional { value } Cap__c @optional { value }
     Readings__c @optional { value }
    } } }
    signals: Churn_Signal__c(
     where: { Account__c: { eq: $accountId } }
     orderBy: { Resolved_On__c: { order: DESC, nulls: FIRST }, Date_Observed__c: { order: DESC } }
     first: 50
    ) { edges { node {
     Id Severity__c @optional { value } Status__c @optional { value }
     Confidence__c @optional { value } Signal_Category__c @optional { value }
     Signal_Detail__c @optional { value } Date_Observed__c @optional { value }
     Monitoring_From__c @optional { value } Resolved_On__c @optional { value }
     Expires_On__c @optional { value } CreatedBy @optional { Name @optional { value } }
    } } }
    tasks: Task(
     where: { WhatId: { eq: $accountId }, IsClosed: { eq: false } }
     orderBy: { ActivityDate: { order: ASC, nulls: LAST } }
     first: 50
    ) @optional { edges { node {
     Id Subject @optional { value } ActivityDate @optional { value }
     Health_Step__c @optional { value }
    } } }
    ended: Health_Score_Run__c(
     where: { and: [{ Scope__c: { eq: "all" } }, { Status__c: { in: ["Finished", "Degraded"] } }] }
     orderBy: { Window_End__c: { order: DESC, nulls: LAST } }
     first: 1
    ) { edges { node { Window_End__c @optional { value } } } }
    touched: Health_Score_Run__c(
     where: { Scope__c: { in: [$scope, "all"] } }
     orderBy: { LastModifiedDate: { order: DESC } }
     first: 1
    ) { edges { node { Id Status__c @optional { value } Finished_At__c @optional { value } } } }
   }
  }
 }
`;

// prettier-ignore
export const RAISE = gql`
 mutation raiseSignal($input: Churn_Signal__cCreateInput!) {
  uiapi {
   Churn_Signal__cCreate(input: $input) { Record { Id } }
  }
 }
`;

// prettier-ignore
export const RESOLVE = gql`
 mutation resolveSignal($input: Churn_Signal__cUpdateInput!) {
  uiapi {
   Churn_Signal__cUpdate(input: $input) { Record { Id } }
  }
 }
`;
