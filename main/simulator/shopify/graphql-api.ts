import {
  buildSchema,
  executeSync,
  Kind,
  parse,
  specifiedScalarTypes,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { actualCost, requestedCost, type CostBucket } from './query-cost.ts';
import { SCOPES } from './access.ts';
import { BulkOperations } from './bulk.ts';
import { rootOf } from './root.ts';
import { SDL } from './sdl.ts';
import type { ViewContext } from './product-views.ts';

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Most points that one query may cost. */
const MOST_COST = 1_000;

interface Executed {
  readonly parameters: string;
  readonly answer: unknown;
}

/** The shop's GraphQL endpoint behind the door: validates, charges, executes. */
export class GraphqlApi {
  readonly schema: GraphQLSchema = buildSchema(SDL);
  readonly bulk: BulkOperations;
  private readonly context: ViewContext;
  private readonly bucket: CostBucket;
  private readonly documents = new Map<string, DocumentNode>();
  private readonly keys = new Map<string, Executed>();
  /** Queries that were refused because the bucket was empty. */
  throttled = 0;
  /** Points that were charged in all. */
  charged = 0;

  constructor(context: ViewContext, bucket: CostBucket) {
    this.context = context;
    this.bulk = new BulkOperations(context.store, context.url);
    this.bucket = bucket;
  }

  /** The body of an answer; the status is always 200. */
  answer(request: GraphqlRequest): object {
    let document: DocumentNode;
    try {
      document = this.parsed(request.query);
    } catch (error) {
      return { errors: [{ message: String(error), extensions: { code: 'parseError' } }] };
    }
    const problems = validate(this.schema, document);
    if (problems.length > 0) {
      return { errors: problems.map(({ message }) => ({ message, extensions: { code: 'undefinedField' } })) };
    }
    const requested = requestedCost(this.schema, document, request.variables);
    if (requested > MOST_COST) {
      const message = `Query cost is ${requested}, which exceeds the single query max cost limit (${MOST_COST}).`;
      const extensions = { code: 'MAX_COST_EXCEEDED', cost: requested, maxCost: MOST_COST };
      return { errors: [{ message, extensions }] };
    }
    if (!this.bucket.covers(requested)) {
      this.throttled += 1;
      return {
        errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
        extensions: this.cost(requested, null),
      };
    }
    const result = this.execute(document, request.variables);
    const actual = isMutation(document) ? requested : Math.min(requested, actualCost(result.data));
    this.bucket.charge(actual);
    this.charged += actual;
    return { ...result, extensions: this.cost(requested, actual) };
  }

  /** Name of the operation, for logs and faults. */
  nameOf(query: string): string {
    return /\b(?:query|mutation)\s+(\w+)/.exec(query)?.[1] ?? '';
  }

  private execute(document: DocumentNode, variables: GraphqlRequest['variables']): ExecutionResult {
    const key = keyOf(document, variables);
    const rootValue = rootOf({
      ...this.context,
      scopes: SCOPES,
      bulk: this.bulk,
      execute: (inner, own) => this.execute(inner, own ?? {}),
      idempotent: <T>(name: string, args: unknown, run: () => T) => this.once(key, name, args, run),
    });
    const result = executeSync({ schema: this.schema, document, rootValue, variableValues: variables });
    if (!result.errors) return result;
    const errors = result.errors.map(({ message, extensions, path }) => ({
      message,
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...extensions },
      ...(path ? { path } : {}),
    }));
    return { data: result.data ?? null, errors } as unknown as ExecutionResult;
  }

  /** Required since 2026-04 although the schema calls the directive optional. */
  private once<T>(key: string | null, name: string, args: unknown, run: () => T): T {
    if (key === null || key.trim() === '') {
      throw new MissingKey(`The @idempotent directive is required for ${name}`);
    }
    const parameters = JSON.stringify([name, args]);
    const before = this.keys.get(key);
    if (before && before.parameters !== parameters) {
      throw new MissingKey('The idempotency key was used with other parameters');
    }
    if (before) return before.answer as T;
    const answer = run();
    this.keys.set(key, { parameters, answer });
    return answer;
  }

  private parsed(query: string): DocumentNode {
    const known = this.documents.get(query);
    if (known) return known;
    const document = parse(query);
    this.documents.set(query, document);
    return document;
  }

  private cost(requestedQueryCost: number, actualQueryCost: number | null): object {
    return { cost: { requestedQueryCost, actualQueryCost, throttleStatus: this.bucket.status() } };
  }
}

class MissingKey extends Error {
  readonly extensions = { code: 'BAD_REQUEST' };
}

function isMutation(document: DocumentNode): boolean {
  return document.definitions.some(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === 'mutation',
  );
}

/** The key of `@idempotent` on the mutation's first field. */
function keyOf(document: DocumentNode, variables: GraphqlRequest['variables']): string | null {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const field = operation?.selectionSet.selections.find(
    (node): node is FieldNode => node.kind === Kind.FIELD,
  );
  const directive = field?.directives?.find((node) => node.name.value === 'idempotent');
  const value = directive?.arguments?.find((argument) => argument.name.value === 'key')?.value;
  if (value?.kind === Kind.STRING) return value.value;
  if (value?.kind !== Kind.VARIABLE) return null;
  const given = variables[value.name.value];
  return typeof given === 'string' ? given : null;
}

/** Scalars that every GraphQL schema has, for tests that compare schemas. */
export const BUILT_IN: ReadonlySet<string> = new Set(specifiedScalarTypes.map((type) => type.name));
