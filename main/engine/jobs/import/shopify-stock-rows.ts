import { cellAt, isBlank, type Header } from './header.ts';
import type { AdapterContext, ColumnTarget, RowAdapter, RowSink } from './imported-product.ts';

const QUANTITY = ['available', 'on hand', 'on hand (current)'] as const;

export function isShopifyStockHeader(header: Header): boolean {
  return header.find('handle') >= 0 && header.find('sku') >= 0 && header.find('location') >= 0;
}

/**
 * Shopify's inventory file: a row a variant and location. Stock here is one
 * number, so the locations of a SKU are added up; nothing else is changed.
 */
export class ShopifyStockRows implements RowAdapter {
  readonly columns: readonly ColumnTarget[];
  private readonly context: AdapterContext;
  private readonly sku: number;
  private readonly quantity: number;
  private readonly sums = new Map<string, { row: number; sum: number; unreadable: string | null }>();

  constructor(header: Header, context: AdapterContext) {
    this.context = context;
    this.sku = header.find('sku');
    this.quantity = header.find(...QUANTITY);
    this.columns = header.names.map((name, position) => ({
      header: name,
      target: position === this.sku ? 'sku' : position === this.quantity ? 'quantity' : null,
    }));
  }

  numbersOf(): string[] {
    return [];
  }

  push(row: number, cells: readonly string[], sink: RowSink): void {
    const sku = cellAt(cells, this.sku).trim();
    if (sku === '') {
      const message = 'The row has no SKU, and stock is matched by SKU only';
      sink.problem({ kind: 'skip', row, sku: null, code: 'NO_PRODUCT', message });
      return;
    }
    const text = cellAt(cells, this.quantity);
    // "not stocked" and a blank say nothing of a location.
    if (isBlank(text) || text.trim().toLowerCase() === 'not stocked') return;
    const known = this.sums.get(sku) ?? { row, sum: 0, unreadable: null };
    const number = this.context.number(text);
    if (/^-?\d+$/.test(number)) known.sum += Number(number);
    else known.unreadable = number;
    this.sums.set(sku, known);
  }

  end(sink: RowSink): void {
    for (const [sku, { row, sum, unreadable }] of this.sums) {
      sink.product({
        row,
        key: `row:${row}`,
        aliases: [],
        kind: null,
        productId: null,
        handle: null,
        sourceId: null,
        parentSku: null,
        fields: {},
        variants: [
          {
            row,
            listingId: null,
            sku,
            sourceId: null,
            variant: '',
            options: [],
            position: row,
            // One location that cannot be read makes the sum a guess; validation names the cell.
            fields: { quantity: unreadable ?? String(sum) },
            sellingPriceOnly: false,
            countsStock: true,
            rest: {},
          },
        ],
        rest: {},
        weightUnit: null,
      });
    }
  }
}
