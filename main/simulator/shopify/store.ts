import type { EventRow, LocationRow, OrderRow, ProductRow, VariantRow } from './rows.ts';

export interface StoreSettings {
  readonly name: string;
  readonly currency: string;
  /** IANA zone of the shop. */
  readonly timeZone: string;
}

export interface StoreContent {
  readonly products: readonly ProductRow[];
  readonly variants: readonly VariantRow[];
  readonly orders: readonly OrderRow[];
  readonly locations: readonly LocationRow[];
  readonly nextId: number;
}

type Timed = ProductRow | OrderRow;
export type AnyRow = ProductRow | VariantRow | OrderRow;

/** The shop's database. Every change goes through it, so that times, events and sorted lists stay right. */
export class Store {
  readonly settings: StoreSettings;
  readonly products = new Map<number, ProductRow>();
  readonly variants = new Map<number, VariantRow>();
  readonly orders = new Map<number, OrderRow>();
  readonly locations: readonly LocationRow[];
  readonly events: EventRow[] = [];
  private readonly items = new Map<number, VariantRow>();
  private readonly ofProduct = new Map<number, VariantRow[]>();
  private readonly lists = new Map<string, readonly Timed[]>();
  private readonly changed = new Set<AnyRow>();
  private readonly gone: string[] = [];
  private readonly told: EventRow[] = [];
  private nextNumber: number;
  private readonly clock: () => number;

  /** `clock` in epoch ms. */
  constructor(settings: StoreSettings, content: StoreContent, clock: () => number) {
    this.settings = settings;
    this.clock = clock;
    this.nextNumber = content.nextId;
    this.locations = content.locations;
    for (const row of content.products) this.products.set(row.id, row);
    for (const row of content.variants) this.index(row);
    for (const row of content.orders) this.orders.set(row.id, row);
  }

  /** The whole second that it is now, epoch ms. */
  now(): number {
    return Math.floor(this.clock() / 1_000) * 1_000;
  }

  newId(): number {
    this.nextNumber += 1;
    return this.nextNumber - 1;
  }

  get nextId(): number {
    return this.nextNumber;
  }

  get location(): LocationRow {
    const first = this.locations[0];
    if (!first) throw new Error('The shop has no location');
    return first;
  }

  variantsOf(product: ProductRow): readonly VariantRow[] {
    return this.ofProduct.get(product.id) ?? [];
  }

  variantOfItem(itemId: number): VariantRow | undefined {
    return this.items.get(itemId);
  }

  /** Products or orders by time of change or by id, ties by id. */
  sorted(table: 'products' | 'orders', by: 'updatedAt' | 'id'): readonly Timed[] {
    const key = `${table} ${by}`;
    const known = this.lists.get(key);
    if (known) return known;
    const rows: Timed[] = [...this[table].values()];
    rows.sort((a, b) => (by === 'id' ? 0 : a.updatedAt - b.updatedAt) || a.id - b.id);
    this.lists.set(key, rows);
    return rows;
  }

  /** Writes into a row and gives it this second as its time; a variant's product too. */
  touch<T extends ProductRow | VariantRow | OrderRow>(row: T, change: Partial<T> = {}): void {
    Object.assign(row, change);
    row.updatedAt = this.now();
    this.lists.clear();
    this.changed.add(row);
    if (row.kind !== 'variant') return;
    const product = this.products.get(row.productId);
    if (!product) return;
    product.updatedAt = this.now();
    this.changed.add(product);
  }

  addVariant(variant: VariantRow): void {
    this.index(variant);
    this.touch(variant);
  }

  setAvailable(variant: VariantRow, locationId: number, quantity: number): void {
    variant.levels.set(locationId, quantity);
    this.touch(variant);
  }

  removeProduct(product: ProductRow): void {
    for (const variant of this.variantsOf(product)) this.forget(variant);
    this.forget(product);
    this.remember('PRODUCT', product.id);
  }

  removeVariant(variant: VariantRow): void {
    const product = this.products.get(variant.productId);
    this.forget(variant);
    if (product) this.touch(product);
    this.remember('PRODUCT_VARIANT', variant.id);
  }

  /** What was written, removed and told since the last call. */
  takeChanges(): { rows: AnyRow[]; removed: string[]; events: EventRow[] } {
    const rows = [...this.changed];
    this.changed.clear();
    return { rows, removed: this.gone.splice(0), events: this.told.splice(0) };
  }

  /** Puts rows of an earlier run over the first content. Call before serving. */
  restore(state: {
    readonly rows: readonly AnyRow[];
    readonly removed: readonly string[];
    readonly events: readonly EventRow[];
    readonly nextId: number;
  }): void {
    for (const row of state.rows) {
      if (row.kind === 'product') this.products.set(row.id, row);
      else if (row.kind === 'order') this.orders.set(row.id, row);
      else this.index(row);
    }
    for (const name of state.removed) {
      const id = Number(name.slice(name.indexOf(' ') + 1));
      const row = name.startsWith('product ') ? this.products.get(id) : this.variants.get(id);
      if (row) this.forget(row);
    }
    this.events.push(...state.events);
    this.nextNumber = Math.max(this.nextNumber, state.nextId);
    this.gone.length = 0;
    this.lists.clear();
  }

  private forget(row: ProductRow | VariantRow): void {
    this.changed.delete(row);
    this.gone.push(`${row.kind} ${row.id}`);
    this.lists.clear();
    if (row.kind === 'product') {
      this.products.delete(row.id);
      this.ofProduct.delete(row.id);
      return;
    }
    this.variants.delete(row.id);
    this.items.delete(row.itemId);
    const siblings = this.ofProduct.get(row.productId) ?? [];
    this.ofProduct.set(
      row.productId,
      siblings.filter((sibling) => sibling.id !== row.id),
    );
  }

  private index(row: VariantRow): void {
    this.variants.set(row.id, row);
    this.items.set(row.itemId, row);
    const siblings = (this.ofProduct.get(row.productId) ?? []).filter((sibling) => sibling.id !== row.id);
    siblings.push(row);
    siblings.sort((one, other) => one.position - other.position);
    this.ofProduct.set(row.productId, siblings);
  }

  private remember(subject: EventRow['subject'], subjectId: number): void {
    const event = { id: this.newId(), action: 'destroy', subject, subjectId, createdAt: this.now() } as const;
    this.events.push(event);
    this.told.push(event);
  }
}
