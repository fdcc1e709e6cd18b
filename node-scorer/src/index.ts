/**
 * The scorer as a package: score given readings, refresh an org, or run as an AWS Lambda function. The command line
 * and the service are programs of their own (`scorer`, `scorer serve`).
 */
export { refresh, type RefreshAsked, type Refreshed, type RefreshSettings } from './refresh-org.ts';
export { score, type InputLine, type InputSignal, type ScoredLines } from './score-lines.ts';
export { loadModel } from './shipped-model.ts';
export {
  handler,
  makeHandler,
  type Handler,
  type HandlerDeps,
  type LambdaContext,
} from './service/lambda.ts';
export { ScorerError, type ErrorCode, type ErrorKind, type Problem } from './errors.ts';
export type { HttpAnswer, HttpEvent, RunEvent } from './service/lambda-event.ts';
export type { RunAnswer } from './service/lambda-run.ts';
export type { Counts, Report } from './run/report.ts';
export type { RunView } from './run/runs.ts';
export type { RunMode, RunStatus } from './run/store/run-store.ts';
export type { MissingReason, Model, OutputLine, Segment } from './scoring/index.ts';
