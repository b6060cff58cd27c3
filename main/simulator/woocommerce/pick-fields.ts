/** `_fields=id,name,billing.email`: the named parts of a record, in the record's own order. */
export function pickFields(body: unknown, fields: string | null): unknown {
  if (fields === null || fields.trim() === '') return body;
  const wanted = fields.split(',').map((field) => field.trim().split('.'));
  return Array.isArray(body) ? body.map((record) => pick(record, wanted)) : pick(body, wanted);
}

function pick(record: unknown, wanted: readonly (readonly string[])[]): unknown {
  if (typeof record !== 'object' || record === null || Array.isArray(record)) return record;
  const picked: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    const below = wanted.filter(([first]) => first === name).map((path) => path.slice(1));
    if (below.length === 0) continue;
    picked[name] = below.some((path) => path.length === 0) ? value : pick(value, below);
  }
  return picked;
}
