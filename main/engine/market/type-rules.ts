import { Ajv2019, type ErrorObject, type ValidateFunction } from 'ajv/dist/2019.js';
import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

const documentSchema = z.object({
  displayName: z.string(),
  groups: z.array(z.object({ title: z.string(), names: z.array(z.string()) })),
  schema: z.record(z.string(), z.unknown()),
});

export type Required = 'always' | 'sometimes' | 'no';

/** The stored rules of a product type, ready to check attributes with. */
export interface TypeRules {
  readonly displayName: string;
  /** The schema of all attributes, JSON Schema 2019-09. */
  readonly schema: Json;
  /** Attributes in the channel's order, by group. */
  readonly attributes: readonly {
    readonly name: string;
    readonly title: string;
    readonly group: string;
    readonly required: Required;
  }[];
  /** What is wrong, by attribute. */
  check(attributes: Json): ReadonlyMap<string, readonly string[]>;
}

/** Throws when the document is none of ours or its schema cannot be compiled. */
export function openTypeRules(text: string): TypeRules {
  const { displayName, groups, schema } = documentSchema.parse(JSON.parse(text));
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, { title?: string }>>;
  const always = new Set(requiredIn(schema));
  const sometimes = new Set(nestedRequired(schema, properties));
  const groupOf = new Map(groups.flatMap(({ title, names }) => names.map((name) => [name, title] as const)));
  const named = [...groupOf.keys()].filter((name) => name in properties);
  const rest = Object.keys(properties).filter((name) => !groupOf.has(name));
  let validate: ValidateFunction | null = null;
  return {
    displayName,
    schema,
    attributes: [...named, ...rest].map((name) => ({
      name,
      title: properties[name]?.title ?? name,
      group: groupOf.get(name) ?? '',
      required: always.has(name) ? 'always' : sometimes.has(name) ? 'sometimes' : 'no',
    })),
    check: (attributes) => {
      validate ??= compiled(schema);
      const problems = new Map<string, string[]>();
      if (validate(attributes)) return problems;
      for (const error of validate.errors ?? []) {
        const name = attributeOf(error);
        if (name === null) continue;
        const own = problems.get(name) ?? [];
        const text = problemText(error);
        if (!own.includes(text)) own.push(text);
        problems.set(name, own);
      }
      return problems;
    },
  };
}

/** Amazon's own words beside JSON Schema 2019-09; what only says how a form looks is passed over. */
function compiled(schema: Json): ValidateFunction {
  const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false, validateFormats: false });
  ajv.addKeyword({
    keyword: 'maxUtf8ByteLength',
    type: 'string',
    validate: (limit: number, value: string) => Buffer.byteLength(value, 'utf8') <= limit,
    error: { message: ({ schema: limit }) => `must not have more than ${limit as number} bytes` },
  });
  ajv.addKeyword({
    keyword: 'maxUniqueItems',
    type: 'array',
    validate: (limit: number, value: readonly unknown[]) =>
      new Set(value.map((item) => JSON.stringify(scopeOf(item)))).size === value.length
        ? true
        : maxPerScope(value) <= limit,
    error: { message: ({ schema: limit }) => `must not have more than ${limit as number} values` },
  });
  // Its own address and that of its meta-schema are not to be looked up.
  const { $schema: _meta, $id: _id, ...own } = schema;
  return ajv.compile(own);
}

/** Values of one marketplace and language count together. */
function scopeOf(item: unknown): unknown {
  const entry = (item ?? {}) as Json;
  return [entry['marketplace_id'] ?? null, entry['language_tag'] ?? null];
}

function maxPerScope(items: readonly unknown[]): number {
  const groups = Map.groupBy(items, (item) => JSON.stringify(scopeOf(item)));
  return Math.max(0, ...[...groups.values()].map((group) => group.length));
}

function requiredIn(schema: Json): string[] {
  const required = schema['required'];
  return Array.isArray(required) ? required.filter((name) => typeof name === 'string') : [];
}

/** Attributes that some condition may ask for. */
function nestedRequired(schema: Json, properties: Json): string[] {
  const found: string[] = [];
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (typeof node === 'object' && node !== null) {
      const { if: _condition, not: _not, properties: _own, ...rest } = node as Json;
      found.push(...requiredIn(rest).filter((name) => name in properties));
      Object.values(rest).forEach(walk);
    }
  };
  for (const key of ['allOf', 'anyOf', 'oneOf', 'then', 'else']) walk(schema[key]);
  return found;
}

function attributeOf({ instancePath, keyword, params }: ErrorObject): string | null {
  const [, first] = instancePath.split('/');
  if (first) return first;
  const missing: unknown = (params as { missingProperty?: unknown }).missingProperty;
  return keyword === 'required' && typeof missing === 'string' ? missing : null;
}

function problemText({ instancePath, keyword, message = keyword, params }: ErrorObject): string {
  if (instancePath === '' && keyword === 'required') return 'is required';
  const allowed: unknown = (params as { allowedValues?: unknown }).allowedValues;
  return Array.isArray(allowed) && allowed.length <= 20 ? `${message}: ${allowed.join(', ')}` : message;
}
