import { Kind, parse, visit, type ExecutionResult, type DocumentNode } from 'graphql';
import { EVERYTHING } from './connection.ts';
import { gid, iso } from './gid.ts';
import type { Store } from './store.ts';

interface Operation {
  readonly id: number;
  readonly createdAt: number;
  readonly file: string;
  readonly lines: number;
  looks: number;
}

export type Execute = (document: DocumentNode) => ExecutionResult;

/** Bulk queries: the whole answer as a file of lines, ready at the second look. */
export class BulkQueries {
  private readonly store: Store;
  private readonly url: () => string;
  private readonly operations = new Map<number, Operation>();
  /** Every file fails to come about. */
  broken = false;

  constructor(store: Store, url: () => string) {
    this.store = store;
    this.url = url;
  }

  run(query: string, execute: Execute): object {
    const result = execute(everything(parse(query)));
    if (result.errors) {
      const message = String(result.errors[0]?.message);
      return { bulkOperation: null, userErrors: [{ field: ['query'], message, code: 'INVALID' }] };
    }
    const lines = Object.values(result.data ?? {}).flatMap((list) => linesOf(list, null));
    const file = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    const id = this.store.newId();
    const operation = { id, createdAt: this.store.now(), file, lines: lines.length, looks: 0 };
    this.operations.set(id, operation);
    return { bulkOperation: this.view(operation), userErrors: [] };
  }

  look(id: number): object | null {
    const operation = this.operations.get(id);
    if (!operation) return null;
    operation.looks += 1;
    return this.view(operation);
  }

  /** The file at `/bulk/<id>.jsonl`; null when there is none. */
  file(path: string): string | null {
    const id = Number(/^\/bulk\/(\d+)\.jsonl$/.exec(path)?.[1] ?? -1);
    return this.operations.get(id)?.file ?? null;
  }

  private view({ id, createdAt, lines, looks }: Operation): object {
    const ready = looks > 1;
    const status = !ready ? 'RUNNING' : this.broken ? 'FAILED' : 'COMPLETED';
    return {
      __typename: 'BulkOperation',
      id: gid('BulkOperation', id),
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
