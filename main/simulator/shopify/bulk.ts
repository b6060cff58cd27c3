import { Kind, parse, visit, type ExecutionResult, type DocumentNode } from 'graphql';
import { EVERYTHING, pageOf, type PageArgs } from './connection.ts';
import { gid, iso } from './gid.ts';
import type { View } from './product-views.ts';
import { StagedUploads } from './staging.ts';
import type { Store } from './store.ts';

interface Operation {
  readonly id: number;
  readonly type: 'QUERY' | 'MUTATION';
  readonly createdAt: number;
  readonly query: string;
  /** Works a mutation off; null when that is done. */
  work: (() => string[]) | null;
  file: string;
  lines: number;
  looks: number;
}

export type Execute = (
  document: DocumentNode,
  variables?: Readonly<Record<string, unknown>>,
) => ExecutionResult;

/** Of one app in one shop. */
const MOST_AT_ONCE = 5;

/**
 * Bulk operations: a query's whole answer, or the answers of a mutation to each
 * line of a staged file, as a file of lines. Both are done at the second look.
 */
export class BulkOperations {
  readonly staged: StagedUploads;
  private readonly store: Store;
  private readonly url: () => string;
  private readonly operations = new Map<number, Operation>();
  /** Every file fails to come about. */
  broken = false;

  constructor(store: Store, url: () => string) {
    this.store = store;
    this.url = url;
    this.staged = new StagedUploads(store, url);
  }

  runQuery(query: string, execute: Execute): object {
    const result = execute(everything(parse(query)));
    if (result.errors) {
      const message = String(result.errors[0]?.message);
      return { bulkOperation: null, userErrors: [{ field: ['query'], message, code: 'INVALID' }] };
    }
    const lines = Object.values(result.data ?? {}).flatMap((list) => linesOf(list, null));
    const file = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return this.begin({ type: 'QUERY', query, work: null, file, lines: lines.length });
  }

  runMutation(
    { mutation, stagedUploadPath }: { mutation: string; stagedUploadPath: string },
    execute: Execute,
  ): object {
    const failed = (code: string, message: string): object => ({
      bulkOperation: null,
      userErrors: [{ field: null, message, code }],
    });
    const running = [...this.operations.values()].filter(({ type, work }) => type === 'MUTATION' && work);
    if (running.length >= MOST_AT_ONCE) return failed('LIMIT_REACHED', 'Too many operations at once');
    const lines = this.staged.lines(stagedUploadPath);
    if (lines === null) return failed('NO_SUCH_FILE', 'The JSONL file could not be found');
    const document = parse(mutation);
    const work = (): string[] =>
      lines.map((line, number) => {
        const variables = JSON.parse(line) as Record<string, unknown>;
        return JSON.stringify({ ...execute(document, variables), __lineNumber: number });
      });
    return this.begin({ type: 'MUTATION', query: mutation, work, file: '', lines: lines.length });
  }

  look(id: number): object | null {
    const operation = this.operations.get(id);
    return operation ? this.looked(operation) : null;
  }

  list(args: PageArgs & { readonly reverse?: boolean | null }): unknown {
    const rows = [...this.operations.values()];
    return pageOf(args.reverse ? rows.toReversed() : rows, args, (operation) => this.looked(operation));
  }

  private begin(operation: Omit<Operation, 'id' | 'createdAt' | 'looks'>): object {
    const begun = { ...operation, id: this.store.newId(), createdAt: this.store.now(), looks: 0 };
    this.operations.set(begun.id, begun);
    return { bulkOperation: this.view(begun), userErrors: [] };
  }

  private looked(operation: Operation): View {
    operation.looks += 1;
    if (operation.looks > 1 && operation.work && !this.broken) {
      // Answers come in no order; their numbers say which line they are of.
      const answers = operation.work().toReversed();
      operation.file = answers.map((line) => `${line}\n`).join('');
    }
    if (operation.looks > 1) operation.work = null;
    return this.view(operation);
  }

  /** The file at `/bulk/<id>.jsonl`; null when there is none. */
  file(path: string): string | null {
    const id = Number(/^\/bulk\/(\d+)\.jsonl$/.exec(path)?.[1] ?? -1);
    return this.operations.get(id)?.file ?? null;
  }

  private view({ id, type, query, createdAt, lines, looks }: Operation): View {
    const ready = looks > 1;
    const status = !ready ? 'RUNNING' : this.broken ? 'FAILED' : 'COMPLETED';
    return {
      __typename: 'BulkOperation',
      id: gid('BulkOperation', id),
      type,
      query,
      status,
      errorCode: status === 'FAILED' ? 'INTERNAL_SERVER_ERROR' : null,
      url: status === 'COMPLETED' ? `${this.url()}/bulk/${id}.jsonl` : null,
      createdAt: iso(createdAt),
      objectCount: String(lines),
    };
  }
}

/** Connections of a bulk query have no pages. */
function everything(document: DocumentNode): DocumentNode {
  const rewritten: unknown = visit(document, {
    Field(node) {
      const list = node.selectionSet?.selections.some(
        (selection) => selection.kind === Kind.FIELD && selection.name.value === 'edges',
      );
      if (!list) return undefined;
      const first = {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: 'first' },
        value: { kind: Kind.INT, value: String(EVERYTHING) },
      } as const;
      return { ...node, arguments: [...(node.arguments ?? []), first] };
    },
  });
  return rewritten as DocumentNode;
}

/** Each node a line, its connections as lines behind it that name it. */
function linesOf(list: unknown, parent: string | null): object[] {
  const { edges } = list as { edges: readonly { node: Record<string, unknown> }[] };
  return edges.flatMap(({ node }) => {
    const own = Object.entries(node).filter(([, value]) => !isConnection(value));
    const inner = Object.values(node).filter(isConnection);
    const line = { ...Object.fromEntries(own), ...(parent === null ? {} : { __parentId: parent }) };
    return [line, ...inner.flatMap((connection) => linesOf(connection, String(node['id'])))];
  });
}

function isConnection(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'edges' in value;
}
