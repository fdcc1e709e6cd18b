// Unproven: The kinds of errors in answers of GraphQL (`ValidationError`, `DataFetchingException`).
// See: query as a user who may not read the object.
// If not: do not tell refusals apart by their kind.

/** An error of a GraphQL answer: kind as the API classifies it, and the message. */
export class GraphQLProblem extends Error {
  readonly classification: string;
  readonly path: string[];

  constructor(classification: string, message: string, path: string[] = []) {
    super(message);
    this.name = 'GraphQLProblem';
    this.classification = classification;
    this.path = path;
  }
}

/** A field that the type does not have, or that the user may not see: the two look alike. */
export const undefinedField = (field: string, type: string, path: string[]): GraphQLProblem =>
  new GraphQLProblem(
    'ValidationError',
    `Validation error (FieldUndefined@[${[...path, field].join('/')}]) : Field '${field}' in type '${type}' is undefined`,
    [...path, field],
  );

export const invalid = (message: string, path: string[] = []): GraphQLProblem =>
  new GraphQLProblem('ValidationError', `Validation error: ${message}`, path);
