import type { AttributePart } from '#shared/contract/market.ts';

interface PartChange {
  readonly path: string;
  readonly value: AttributePart['value'];
}

export type PartChanges =
  | { readonly ok: true; readonly changes: PartChange[] }
  /** `text` is no number. */
  | { readonly ok: false; readonly text: string };

export function textOfPart(value: AttributePart['value']): string {
  return value === null ? '' : String(value);
}

/** What was typed, by path, as changes of the parts; an empty text takes a part out. */
export function partChanges(
  parts: readonly AttributePart[],
  typed: Readonly<Record<string, string>>,
): PartChanges {
  const changes: PartChange[] = [];
  for (const { path, kind, value } of parts) {
    const text = typed[path];
    if (text === undefined || text === textOfPart(value)) continue;
    if (text === '') changes.push({ path, value: null });
    else if (kind === 'boolean') changes.push({ path, value: text === 'true' });
    else if (kind === 'number' || kind === 'integer') {
      const number = Number(text.trim().replace(',', '.'));
      if (text.trim() === '' || !Number.isFinite(number)) return { ok: false, text };
      changes.push({ path, value: number });
    } else changes.push({ path, value: text });
  }
  return { ok: true, changes };
}
