import type { TypeAttributes } from '#shared/domain/type-attributes.ts';
import { isObject, nodeAt, SCOPE_KEYS } from './attribute-schema.ts';

type Json = Readonly<Record<string, unknown>>;
export type PartValue = string | number | boolean | null;

/**
 * The attributes with one part set; null takes the part out, and an entry or an
 * attribute of which nothing is left goes with it. A new entry holds for `scope`,
 * as far as the rules know its keys. The path has to exist in the rules.
 */
export function setPart(
  schema: Json,
  attributes: TypeAttributes,
  [name = '', ...tokens]: readonly string[],
  value: PartValue,
  scope: Readonly<Record<string, string>>,
): TypeAttributes {
  const fresh = Object.fromEntries(
    Object.entries(scope).filter(([key]) => nodeAt(schema, [name, '0', key]) !== null),
  );
  const before = attributes[name] ?? [];
  const [index = '0', ...inner] = tokens;
  const at = Math.min(Number(index), before.length);
  const entry = placed(before[at] ?? fresh, inner, value, [name, index], schema);
  const entries = [...before];
  if (isBlank(entry)) entries.splice(at, 1);
  else entries[at] = entry;
  const { [name]: _before, ...others } = attributes;
  return entries.length === 0 ? others : { ...others, [name]: entries };
}

function placed(
  node: unknown,
  tokens: readonly string[],
  value: PartValue,
  walked: readonly string[],
  schema: Json,
): unknown {
  const [token, ...rest] = tokens;
  if (token === undefined) return value ?? undefined;
  const path = [...walked, token];
  if (nodeAt(schema, walked)?.['type'] === 'array') {
    const list = Array.isArray(node) ? [...(node as unknown[])] : [];
    const at = Math.min(Number(token), list.length);
    const inner = placed(list[at], rest, value, path, schema);
    if (isBlank(inner)) list.splice(at, 1);
    else list[at] = inner;
    return list;
  }
  const { [token]: present, ...others } = isObject(node) ? node : {};
  const inner = placed(present, rest, value, path, schema);
  return isBlank(inner) ? others : { ...others, [token]: inner };
}

/** Nothing, or nothing but where it would hold. */
function isBlank(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).every((key) => SCOPE_KEYS.has(key));
}
