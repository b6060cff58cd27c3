import type { AttributePart } from '#shared/contract/market.ts';

type Json = Readonly<Record<string, unknown>>;

/** Where an entry holds; the account decides it, nobody types it. */
export const SCOPE_KEYS: ReadonlySet<string> = new Set(['marketplace_id', 'language_tag', 'audience']);
/** Longer lists are typed, and checked all the same. */
const MOST_OPTIONS = 400;
/** Nested deeper than any rule of a channel; bounds rules that refer to themselves. */
const DEEPEST = 8;

/** A node with its references within the document followed. */
export function resolveNode(root: Json, node: unknown): Json {
  let found = isObject(node) ? node : {};
  for (let step = 0; step < DEEPEST && typeof found['$ref'] === 'string'; step += 1) {
    const { $ref: address, ...beside } = found as Json & { readonly $ref: string };
    const target = address.startsWith('#/') ? valueAt(root, address.slice(2)) : {};
    found = { ...(isObject(target) ? target : {}), ...beside };
  }
  return found;
}

function valueAt(root: Json, pointer: string): unknown {
  return pointer
    .split('/')
    .reduce<unknown>((node, key) => (isObject(node) ? node[unescapeToken(key)] : undefined), root);
}

/** The node that a path of tokens leads to; null when the rules know no such part. */
export function nodeAt(root: Json, tokens: readonly string[]): Json | null {
  let node = resolveNode(root, root);
  for (const token of tokens) {
    const isArray = node['type'] === 'array' || 'items' in node;
    const next: unknown = isArray
      ? /^\d{1,3}$/.test(token)
        ? node['items']
        : undefined
      : isObject(node['properties'])
        ? node['properties'][token]
        : undefined;
    if (next === undefined) return null;
    node = resolveNode(root, next);
  }
  return node;
}

/**
 * The parts of an attribute that can be edited one by one: those of its entries,
 * and of one more entry where the rules allow it. Entries of other markets are left out.
 */
export function partsOf(
  root: Json,
  name: string,
  entries: readonly unknown[],
  scope: Readonly<Record<string, string>>,
): AttributePart[] {
  const node = nodeAt(root, [name]);
  if (node === null) return [];
  const parts: AttributePart[] = [];
  const own = entries.filter((entry) => isHere(entry, scope)).length;
  entries.forEach((entry, index) => {
    if (isHere(entry, scope)) walk(root, node['items'], [name, String(index)], entry, parts);
  });
  const most = Number(node['maxUniqueItems'] ?? node['maxItems'] ?? 1);
  if (own < most) walk(root, node['items'], [name, String(entries.length)], undefined, parts);
  const locked = node['editable'] === false;
  return locked ? parts.map((part) => ({ ...part, editable: false })) : parts;
}

export function isHere(entry: unknown, scope: Readonly<Record<string, string>>): boolean {
  const market = isObject(entry) ? entry['marketplace_id'] : undefined;
  return market === undefined || market === scope['marketplace_id'];
}

function walk(
  root: Json,
  raw: unknown,
  tokens: readonly string[],
  value: unknown,
  parts: AttributePart[],
  must = true,
): void {
  const node = resolveNode(root, raw);
  if (tokens.length > DEEPEST) return;
  if (isObject(node['properties'])) {
    const required = Array.isArray(node['required']) ? (node['required'] as unknown[]) : [];
    for (const [key, inner] of Object.entries(node['properties'])) {
      if (SCOPE_KEYS.has(key)) continue;
      walk(
        root,
        inner,
        [...tokens, key],
        isObject(value) ? value[key] : undefined,
        parts,
        required.includes(key),
      );
    }
    return;
  }
  if (node['type'] === 'array' || 'items' in node) {
    const list = Array.isArray(value) ? value : [];
    const count = Math.max(1, list.length);
    for (let index = 0; index < count; index += 1)
      walk(root, node['items'], [...tokens, String(index)], list[index], parts, must);
    return;
  }
  const options = optionsOf(node);
  parts.push({
    path: pathOf(tokens),
    title: typeof node['title'] === 'string' ? node['title'] : (tokens.at(-1) ?? ''),
    kind: options.length > 0 ? 'enum' : kindOf(node),
    options,
    required: must,
    editable: node['editable'] !== false,
    value: isScalar(value) ? value : null,
  });
}

function kindOf(node: Json): AttributePart['kind'] {
  const variants = [node, ...list(node['anyOf']), ...list(node['oneOf'])].map((part) => part['type']);
  const type = variants.find((found) => typeof found === 'string');
  return type === 'boolean' || type === 'integer' || type === 'number' ? type : 'text';
}

/** Values to choose from; none where any other text is allowed as well. */
function optionsOf(node: Json): AttributePart['options'] {
  const open = [...list(node['anyOf']), ...list(node['oneOf'])];
  if (open.some((part) => part['type'] === 'string' && !Array.isArray(part['enum']))) return [];
  const source = [node, ...open].find((part) => Array.isArray(part['enum']));
  const values = source ? (source['enum'] as unknown[]) : [];
  if (values.length > MOST_OPTIONS || !values.every(isText)) return [];
  const names = Array.isArray(source?.['enumNames']) ? (source['enumNames'] as unknown[]) : [];
  return values.map((value, index) => ({
    value,
    label: typeof names[index] === 'string' ? names[index] : value,
  }));
}

function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

export function pathOf(tokens: readonly string[]): string {
  return tokens.map((token) => `/${token.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function tokensOf(path: string): string[] {
  return path.split('/').slice(1).map(unescapeToken);
}

function unescapeToken(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
