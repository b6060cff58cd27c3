import { SortedRows } from './sorted-rows.ts';
import type {
  AnyRow,
  ImageRow,
  MetaRow,
  OrderRow,
  ProductRow,
  Sellable,
  StockStatus,
  TermRow,
  VariationRow,
} from './rows.ts';

export interface StoreSettings {
  readonly currency: string;
  /** IANA zone of the site. */
  readonly timeZone: string;
  readonly version: string;
}

/** Everything that a shop was made of at its first moment. */
export interface StoreContent {
  readonly products: readonly ProductRow[];
  readonly variations: readonly VariationRow[];
  readonly orders: readonly OrderRow[];
  readonly categories: readonly TermRow[];
  readonly tags: readonly TermRow[];
  readonly nextId: number;
}

/**
 * The shop's database with the indexes that its lists need. Every write goes
 * through {@link touch} or one of the add and remove methods, so that times,
 * indexes and the record of changes stay right.
 */
export class Store {
  readonly settings: StoreSettings;
  readonly products = new Map<number, ProductRow>();
  readonly variations = new Map<number, VariationRow>();
  readonly orders = new Map<number, OrderRow>();
  readonly categories = new Map<number, TermRow>();
  readonly tags = new Map<number, TermRow>();
  readonly productsByTime = new SortedRows<ProductRow>();
  readonly ordersByTime = new SortedRows<OrderRow>();
  /** The trash included: it keeps its SKUs. */
  private readonly skuOwners = new Map<string, number>();
  private readonly tagsByName = new Map<string, TermRow>();
  /** How often requests have written each product and variation: to prove that nothing is applied twice. */
  readonly writes = new Map<number, number>();
  private readonly changed = new Set<AnyRow>();
  private readonly removed = new Set<string>();
  private nextNumber: number;
  private readonly now: () => number;

  /** `now` in epoch ms. */
  constructor(settings: StoreSettings, content: StoreContent, now: () => number) {
    this.settings = settings;
    this.now = now;
    this.nextNumber = content.nextId;
    for (const term of content.categories) this.categories.set(term.id, term);
    for (const term of content.tags) this.addTag(term);
    for (const row of content.products) this.index(row);
    for (const row of content.variations) this.index(row);
    for (const row of content.orders) this.orders.set(row.id, row);
    this.productsByTime.fill(content.products.filter((row) => row.trashedFrom === null));
    this.ordersByTime.fill(content.orders.filter((row) => row.trashedFrom === null));
  }

  /** The whole second that it is now. */
  get second(): number {
    return Math.floor(this.now() / 1_000);
  }

  newId(): number {
    this.nextNumber += 1;
    return this.nextNumber - 1;
  }

  get nextId(): number {
    return this.nextNumber;
  }

  sellable(id: number): ProductRow | VariationRow | undefined {
    return this.products.get(id) ?? this.variations.get(id);
  }

  skuOwner(sku: string): number | undefined {
    return this.skuOwners.get(skuKey(sku));
  }

  /** A free SKU made of one that is taken. */
  freeSku(sku: string): string {
    for (let suffix = 1; ; suffix += 1) {
      const candidate = `${sku}-${suffix}`;
      if (!this.skuOwners.has(skuKey(candidate))) return candidate;
    }
  }

  tagNamed(name: string): TermRow {
    const key = name.trim().toLowerCase();
    const known = this.tagsByName.get(key);
    if (known) return known;
    const id = this.newId();
    const slug = key.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
    const term: TermRow = { id, name: name.trim(), slug: slug === '' ? `tag-${id}` : slug };
    this.addTag(term);
    return term;
  }

  /** Writes into a row and gives it this second as its time, a variation's product too. */
  touch<T extends AnyRow>(row: T, change: Partial<T> = {}): void {
    if (row.kind !== 'order' && 'sku' in change && typeof change.sku === 'string')
      this.moveSku(row, change.sku);
    const index = this.indexOf(row);
    index?.remove(row);
    Object.assign(row, change);
    row.modified = this.second;
    index?.add(row);
    this.changed.add(row);
    if (row.kind === 'variation') {
      const parent = this.products.get(row.parent);
      if (parent) this.touch(parent, { stockStatus: this.stockStatusOfChildren(parent) });
    }
  }

  /** Marks a row as written without giving it a new time. */
  noteChanged(row: AnyRow): void {
    this.changed.add(row);
  }

  addProduct(row: ProductRow): void {
    this.index(row);
    this.productsByTime.add(row);
    this.changed.add(row);
  }

  addVariation(row: VariationRow): void {
    this.index(row);
    this.changed.add(row);
    const parent = this.products.get(row.parent);
    if (parent) {
      const variations = [...parent.variations, row.id];
      this.touch(parent, { variations });
      this.touch(parent, { stockStatus: this.stockStatusOfChildren(parent) });
    }
  }

  addOrder(row: OrderRow): void {
    this.orders.set(row.id, row);
    this.ordersByTime.add(row);
    this.changed.add(row);
  }

  trash(row: ProductRow | OrderRow): void {
    this.indexOf(row)?.remove(row);
    row.trashedFrom = row.status;
    row.status = 'trash';
    row.modified = this.second;
    this.changed.add(row);
  }

  remove(row: AnyRow): void {
    this.indexOf(row)?.remove(row);
    if (row.kind === 'order') this.orders.delete(row.id);
    if (row.kind === 'product') {
      for (const id of row.variations) {
        const variation = this.variations.get(id);
        if (variation) this.forget(variation);
      }
      this.forget(row);
    }
    if (row.kind === 'variation') {
      this.forget(row);
      const parent = this.products.get(row.parent);
      if (parent) this.touch(parent, { variations: parent.variations.filter((id) => id !== row.id) });
    }
    this.changed.delete(row);
    this.removed.add(`${row.kind} ${row.id}`);
  }

  /** What was written since the last call, and what was removed for good. */
  takeChanges(): { rows: AnyRow[]; removed: string[] } {
    const taken = { rows: [...this.changed], removed: [...this.removed] };
    this.changed.clear();
    this.removed.clear();
    return taken;
  }

  /** Puts rows of an earlier run over the first content. Call before serving. */
  restore(state: {
    readonly rows: readonly AnyRow[];
    readonly removed: readonly string[];
    readonly tags: readonly TermRow[];
    readonly nextId: number;
  }): void {
    for (const term of state.tags) this.addTag(term);
    for (const row of state.rows) {
      if (row.kind === 'order') {
        this.orders.set(row.id, row);
        continue;
      }
      const before = this.sellable(row.id);
      if (before) this.skuOwners.delete(skuKey(before.sku));
      this.index(row);
    }
    for (const name of state.removed) {
      const [kind, id] = name.split(' ');
      if (kind === 'order') this.orders.delete(Number(id));
      const row = this.sellable(Number(id));
      if (kind !== 'order' && row) this.forget(row);
    }
    this.nextNumber = Math.max(this.nextNumber, state.nextId);
    this.productsByTime.fill([...this.products.values()].filter((row) => row.trashedFrom === null));
    this.ordersByTime.fill([...this.orders.values()].filter((row) => row.trashedFrom === null));
  }

  meta(key: string, value: unknown): MetaRow {
    return { id: this.newId(), key, value };
  }

  variationsOf(product: ProductRow): VariationRow[] {
    return product.variations.flatMap((id) => this.variations.get(id) ?? []);
  }

  pictureOf(row: ProductRow | VariationRow): ImageRow | null {
    if (row.kind === 'product') return row.images[0] ?? null;
    return row.image ?? this.products.get(row.parent)?.images[0] ?? null;
  }

  private stockStatusOfChildren(parent: ProductRow): StockStatus {
    if (parent.type !== 'variable' || parent.manageStock) return parent.stockStatus;
    const states = new Set(this.variationsOf(parent).map((variation) => variation.stockStatus));
    if (states.has('instock')) return 'instock';
    return states.has('onbackorder') ? 'onbackorder' : 'outofstock';
  }

  private index(row: ProductRow | VariationRow): void {
    if (row.kind === 'product') this.products.set(row.id, row);
    else this.variations.set(row.id, row);
    if (row.sku !== '') this.skuOwners.set(skuKey(row.sku), row.id);
  }

  private forget(row: ProductRow | VariationRow): void {
    if (row.kind === 'product') this.products.delete(row.id);
    else this.variations.delete(row.id);
    if (this.skuOwners.get(skuKey(row.sku)) === row.id) this.skuOwners.delete(skuKey(row.sku));
  }

  private moveSku(row: Sellable, sku: string): void {
    if (this.skuOwners.get(skuKey(row.sku)) === row.id) this.skuOwners.delete(skuKey(row.sku));
    if (sku !== '') this.skuOwners.set(skuKey(sku), row.id);
  }

  private addTag(term: TermRow): void {
    this.tags.set(term.id, term);
    this.tagsByName.set(term.name.toLowerCase(), term);
  }

  private indexOf(row: AnyRow): { add(row: AnyRow): void; remove(row: AnyRow): void } | null {
    if (row.kind === 'variation' || row.trashedFrom !== null) return null;
    const index = row.kind === 'product' ? this.productsByTime : this.ordersByTime;
    return index;
  }
}

/** The look-up column holds 100 characters and compares without case. */
function skuKey(sku: string): string {
  return sku.slice(0, 100).toLowerCase();
}
