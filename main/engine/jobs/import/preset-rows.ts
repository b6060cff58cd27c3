import { decodeEntities } from '#shared/grid/html-entities.ts';
import { GenericRows } from './generic-rows.ts';
import { cellAt, Header, normalHeader } from './header.ts';
import type { AdapterContext, ColumnTarget, RowAdapter, RowSink } from './imported-product.ts';

export type PresetFormat = 'etsy' | 'amazon';

interface Preset {
  readonly name: string;
  /** Any of these sets of headers tells the format. */
  readonly needs: readonly (readonly string[])[];
  /** Header -> field; headers that are missing are left out, and of two for one field the first counts. */
  readonly columns: Readonly<Record<string, string>>;
  /** Fields that are spread over several columns. */
  readonly lists: Readonly<Record<string, RegExp>>;
  readonly currency?: string;
  /** Tags and texts as the channel's downloads write them. */
  readonly clean?: (target: string, text: string) => string;
}

const PRESETS: Readonly<Record<PresetFormat, Preset>> = {
  etsy: {
    name: 'the listings download of Etsy',
    needs: [['title', 'price', 'currency_code', 'quantity']],
    columns: {
      title: 'title',
      description: 'description',
      price: 'price',
      quantity: 'quantity',
      tags: 'tags',
      materials: 'materials',
      sku: 'sku',
    },
    lists: { images: /^image ?\d{1,2}$/ },
    currency: 'currency_code',
    clean: (target, text) =>
      decodeEntities(target === 'tags' || target === 'materials' ? text.replaceAll('_', ' ') : text),
  },
  amazon: {
    name: 'a listings report or inventory file of Amazon',
    needs: [['seller-sku'], ['item_sku'], ['sku', 'product-id', 'product-id-type']],
    columns: {
      'seller-sku': 'sku',
      item_sku: 'sku',
      sku: 'sku',
      'item-name': 'title',
      item_name: 'title',
      'item-description': 'description',
      product_description: 'description',
      price: 'price',
      standard_price: 'price',
      quantity: 'quantity',
      brand_name: 'brand',
      generic_keywords: 'searchTerms',
    },
    lists: { bullets: /^bullet_point\d$/, images: /^(image-url|main_image_url|other_image_url\d)$/ },
  },
};

export function presetOf(header: Header): PresetFormat | null {
  const fits = ({ needs }: Preset): boolean =>
    needs.some((names) => names.every((name) => header.find(name) >= 0));
  return (Object.keys(PRESETS) as PresetFormat[]).find((format) => fits(PRESETS[format])) ?? null;
}

export function presetName(format: PresetFormat): string {
  return PRESETS[format].name;
}

/** A channel's own table, read as a generic one whose columns are known. */
export class PresetRows implements RowAdapter {
  readonly columns: readonly ColumnTarget[];
  private readonly header: Header;
  private readonly preset: Preset;
  private readonly rows: GenericRows;
  private readonly lists: readonly (readonly number[])[];
  private readonly cleaned: ReadonlyMap<number, string>;
  private readonly currency: number;

  constructor(format: PresetFormat, header: Header, context: AdapterContext) {
    const preset = PRESETS[format];
    this.preset = preset;
    this.header = header;
    this.currency = preset.currency === undefined ? -1 : header.find(preset.currency);
    const mapping: Record<string, string> = {};
    const cleaned = new Map<number, string>();
    for (const [name, target] of Object.entries(preset.columns)) {
      const position = header.find(name);
      const own = header.names[position];
      if (own === undefined || Object.values(mapping).includes(target)) continue;
      mapping[own] = target;
      cleaned.set(position, target);
    }
    this.cleaned = cleaned;
    const targets = Object.entries(preset.lists);
    this.lists = targets.map(([, pattern]) =>
      header.names.flatMap((name, position) => (pattern.test(normalHeader(name)) ? [position] : [])),
    );
    const extra = targets.map(([target]) => `\u0001${target}`);
    for (const [n, [target]] of targets.entries()) mapping[extra[n] ?? ''] = target;
    this.rows = new GenericRows(new Header([...header.names, ...extra]), context, mapping);
    const listed = new Map(this.lists.flatMap((list, n) => list.map((at) => [at, targets[n]?.[0] ?? null])));
    this.columns = this.rows.columns
      .slice(0, header.names.length)
      .map((column, position) => ({ ...column, target: column.target ?? listed.get(position) ?? null }));
  }

  /** The currency goes before the first price, so that the account to be made takes it. */
  numbersOf(cells: readonly string[]): string[] {
    const currency = cellAt(cells, this.currency).trim();
    const numbers = this.rows.numbersOf(cells);
    return /^[A-Z]{3}$/.test(currency) ? numbers.map((text) => `${currency} ${text}`) : numbers;
  }

  push(row: number, cells: readonly string[], sink: RowSink): void {
    const used = new Set(this.lists.flat());
    const plain = this.header.names.map((_name, position) => {
      if (used.has(position)) return '';
      const target = this.cleaned.get(position);
      const text = cells[position] ?? '';
      return target !== undefined && this.preset.clean ? this.preset.clean(target, text) : text;
    });
    const lists = this.lists.map((list) => {
      const items = list.map((position) => cellAt(cells, position).trim()).filter((text) => text !== '');
      return items.length === 0 ? '' : JSON.stringify(items);
    });
    this.rows.push(row, [...plain, ...lists], sink);
  }

  end(): void {
    // Every row stands for itself.
  }
}
