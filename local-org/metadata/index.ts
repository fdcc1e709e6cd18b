// Local: what the room exports.

/** Salesforce metadata as files: XML, source format, flows, formulas, and the type table of the Metadata API. */
export { fieldsIn, functionsIn, parseFlowFormula, parseFormula } from './formula.ts';
export type { Expression } from './formula.ts';
export { reachable, readFlow } from './flow.ts';
export type { Flow, FlowElement } from './flow.ts';
export { componentOf, readComponents, readSource } from './source.ts';
export type { Component, SourceFile } from './source.ts';
export { typeProblems } from './type-table.ts';
export { recordFile, type RecordValue } from './record.ts';
export { all, escapeXml, isTrue, numberOf, readXml, textOf, walk } from './xml.ts';
export type { Element } from './xml.ts';
