import { CodedError } from '#shared/errors/coded-error.ts';

/** A product of a bulk file with what was written below it. */
export interface BulkProduct {
  readonly product: Record<string, unknown>;
  readonly variants: readonly unknown[];
}

export interface BulkPart {
  readonly products: readonly BulkProduct[];
  /** Bytes of the part that are done with; the next part begins behind them. */
  readonly consumed: number;
}

/**
 * Takes whole products from the beginning of a part of a bulk file: one JSON
 * document a line, children behind their parent. What may go on behind the part
 * is left for the next one, unless the part is the last.
 */
export function takeProducts(text: string, last: boolean): BulkPart {
  const products: { product: Record<string, unknown>; variants: unknown[]; media: unknown[] }[] = [];
  const starts: number[] = [];
  let offset = 0;
  for (const line of wholeLines(text, last)) {
    const record = line.trim() === '' ? null : parse(line);
    if (record && !('__parentId' in record)) {
      starts.push(offset);
      products.push({ product: record, variants: [], media: [] });
    } else if (record) {
      const parent = products.at(-1);
      if (!parent || parent.product['id'] !== record['__parentId']) {
        throw unreadable('a line of the file does not follow its product');
      }
      const { __parentId: _parent, ...child } = record;
      if (String(child['id']).includes('/ProductVariant/')) parent.variants.push(child);
      else parent.media.push(child);
    }
    offset += Buffer.byteLength(line) + 1;
  }
  const whole = last ? products : products.slice(0, -1);
  return {
    products: whole.map(({ product, variants, media }) => ({
      product: { ...product, media: { nodes: media } },
      variants,
    })),
    consumed: last ? offset : (starts.at(-1) ?? 0),
  };
}

function wholeLines(text: string, last: boolean): string[] {
  const lines = text.split('\n');
  // Behind the last line break is a torn line, or nothing.
  const rest = lines.pop() ?? '';
  return last && rest !== '' ? [...lines, rest] : lines;
}

function parse(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Refused below like any other line that is no record.
  }
  throw unreadable('a line of the file is no record');
}

function unreadable(why: string): CodedError {
  return new CodedError('CHANNEL_UNKNOWN', `The shop's file of products cannot be read: ${why}`, {
    reason: 'not_json',
  });
}
