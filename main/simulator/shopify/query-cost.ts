import {
  getNamedType,
  isCompositeType,
  isListType,
  getNullableType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';

const MUTATION_COST = 10;

type Variables = Readonly<Record<string, unknown>>;

/**
 * Points of a query before it runs: nothing for scalars, one for an object, and
 * a connection its page size times what one node costs. A mutation costs ten.
 */
export function requestedCost(schema: GraphQLSchema, document: DocumentNode, variables: Variables): number {
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) return 0;
  if (operation.operation === 'mutation') return MUTATION_COST * operation.selectionSet.selections.length;
  const root = schema.getQueryType();
  return root ? new Walker(schema, document, variables).selection(root, operation.selectionSet, 1) : 0;
}

class Walker {
  private readonly schema: GraphQLSchema;
  private readonly fragments: ReadonlyMap<string, { readonly type: string; readonly set: SelectionSetNode }>;
  private readonly variables: Variables;

  constructor(schema: GraphQLSchema, document: DocumentNode, variables: Variables) {
    this.schema = schema;
    this.variables = variables;
    this.fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION
          ? [[node.name.value, { type: node.typeCondition.name.value, set: node.selectionSet }] as const]
          : [],
      ),
    );
  }

  /** `page` is the size of the connection around, which `nodes` multiplies. */
  selection(type: GraphQLObjectType | null, set: SelectionSetNode, page: number): number {
    let sum = 0;
    for (const node of set.selections) {
      if (node.kind === Kind.FIELD) sum += type ? this.field(type, node, page) : 0;
      else if (node.kind === Kind.INLINE_FRAGMENT) {
        sum += this.selection(
          this.objectType(node.typeCondition?.name.value) ?? type,
          node.selectionSet,
          page,
        );
      } else {
        const fragment = this.fragments.get(node.name.value);
        if (fragment) sum += this.selection(this.objectType(fragment.type) ?? type, fragment.set, page);
      }
    }
    return sum;
  }

  private field(type: GraphQLObjectType, node: FieldNode, page: number): number {
    const definition = type.getFields()[node.name.value];
    if (!definition || !node.selectionSet) return 0;
    const named = getNamedType(definition.type);
    if (!isCompositeType(named)) return 0;
    const inner = this.objectType(named.name);
    const within = (size: number): number =>
      node.selectionSet ? this.selection(inner, node.selectionSet, size) : 0;
    if (named.name.endsWith('Connection')) return within(Number(this.argument(node, 'first') ?? 1));
    if (node.name.value === 'pageInfo') return 0;
    if (node.name.value === 'nodes') {
      const ids = this.argument(node, 'ids');
      return (Array.isArray(ids) ? ids.length : page) * (1 + within(1));
    }
    const many = isListType(getNullableType(definition.type)) ? Number(this.argument(node, 'first') ?? 1) : 1;
    return many * (1 + within(1));
  }

  private objectType(name: string | undefined): GraphQLObjectType | null {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return type && 'getFields' in type ? (type as GraphQLObjectType) : null;
  }

  private argument(node: FieldNode, name: string): unknown {
    const value = node.arguments?.find((argument) => argument.name.value === name)?.value;
    if (value?.kind === Kind.VARIABLE) return this.variables[value.name.value];
    return value?.kind === Kind.INT ? Number(value.value) : undefined;
  }
}

/** Points of what came back: its objects, lists and page information left out. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, item) => sum + actualCost(item), 0);
  if (typeof data !== 'object' || data === null) return 0;
  const entries = Object.entries(data);
  const own = entries.some(([key]) => key === 'nodes' || key === 'hasNextPage') ? 0 : 1;
  return own + entries.reduce((sum, [key, value]) => sum + (key === 'pageInfo' ? 0 : actualCost(value)), 0);
}

/** The leaky bucket that all queries of an app share. */
export class CostBucket {
  readonly maximumAvailable: number;
  readonly restoreRate: number;
  private available: number;
  private atMs: number;
  private readonly now: () => number;

  constructor(options: { maximumAvailable: number; restoreRate: number; now: () => number }) {
    this.maximumAvailable = options.maximumAvailable;
    this.restoreRate = options.restoreRate;
    this.now = options.now;
    this.available = options.maximumAvailable;
    this.atMs = options.now();
  }

  get currentlyAvailable(): number {
    const now = this.now();
    const restored = (Math.max(0, now - this.atMs) / 1_000) * this.restoreRate;
    this.available = Math.min(this.maximumAvailable, this.available + restored);
    this.atMs = now;
    return Math.floor(this.available);
  }

  covers(cost: number): boolean {
    return this.currentlyAvailable >= cost;
  }

  charge(cost: number): void {
    this.available = this.currentlyAvailable - cost;
  }

  status(): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number } {
    return {
      maximumAvailable: this.maximumAvailable,
      currentlyAvailable: this.currentlyAvailable,
      restoreRate: this.restoreRate,
    };
  }
}
