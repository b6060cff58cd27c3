import {
  listingField,
  type ListingField,
  type ListingFieldName,
  type StoredValue,
} from './listing-fields.ts';

/**
 * What a SKU has a master value of, where that is kept, and where a channel's
 * cell keeps how it stands to it. A title belongs to a product, so its link does
 * too: variants of one product inherit together.
 */
export const MASTER_FIELD_NAMES = [
  'title',
  'price',
  'quantity',
] as const satisfies readonly ListingFieldName[];
export type MasterFieldName = (typeof MASTER_FIELD_NAMES)[number];

/**
 * - inherit: has the master's value and follows it.
 * - override: has its own value and is compared with the master's.
 * - detached: has nothing to do with the master; also a cell that nobody ever linked.
 */
export const CELL_LINKS = ['inherit', 'override', 'detached'] as const;
export type CellLink = (typeof CELL_LINKS)[number];

export interface MasterField {
  readonly name: MasterFieldName;
  /** Column of the master table. */
  readonly column: string;
  /** Field of the journal and column of the cell's own table that hold the link. */
  readonly link: string;
  readonly linkColumn: string;
  readonly listing: ListingField;
  /**
   * What becomes of an inheriting cell whose value the channel changed: somebody
   * decided a price or a title there, but stock falls with every sale.
   */
  readonly onRemote: 'override' | 'inherit';
}

const COLUMNS: Readonly<Record<MasterFieldName, Pick<MasterField, 'column' | 'linkColumn' | 'onRemote'>>> = {
  title: { column: 'title', linkColumn: 'title_link', onRemote: 'override' },
  price: { column: 'price_minor', linkColumn: 'price_link', onRemote: 'override' },
  quantity: { column: 'quantity', linkColumn: 'quantity_link', onRemote: 'inherit' },
};

export const MASTER_FIELDS: readonly MasterField[] = MASTER_FIELD_NAMES.map((name) => {
  const listing = listingField(name);
  if (!listing) throw new Error(`No listing field ${name}`);
  return { name, link: `${name}Link`, listing, ...COLUMNS[name] };
});

const byName = new Map(MASTER_FIELDS.map((field) => [field.name as string, field]));

export function masterField(name: string): MasterField | undefined {
  return byName.get(name);
}

/** A channel's cell beside the master of its SKU. */
export interface LinkedCell {
  readonly value: StoredValue;
  /** null: nobody decided. */
  readonly link: CellLink | null;
}

/** What a cell shows; without a master there is nothing to stand to. */
export function shownLink(cell: LinkedCell, master: StoredValue): CellLink {
  return master === null ? 'detached' : (cell.link ?? 'detached');
}

/** Whether a cell that is compared has another value than the master. */
export function differsFromMaster(cell: LinkedCell, master: StoredValue): boolean {
  return shownLink(cell, master) !== 'detached' && cell.value !== master;
}

/**
 * A cell after its master was written. Those that inherit follow; a first master
 * value links the cells that nobody decided about, and changes none of them. A
 * cleared master leaves every channel its value.
 */
export function afterMaster(cell: LinkedCell, before: StoredValue, after: StoredValue): LinkedCell {
  if (after === null) return cell;
  if (cell.link === 'inherit') return { ...cell, value: after };
  if (cell.link === null && before === null) {
    return { ...cell, link: cell.value === after ? 'inherit' : 'override' };
  }
  return cell;
}

/** A cell after somebody wrote into it: one that inherited has a value of its own now. */
export function afterEdit(cell: LinkedCell, value: StoredValue, master: StoredValue): LinkedCell {
  const leaves = cell.link === 'inherit' && value !== cell.value && value !== master;
  return { value, link: leaves ? 'override' : cell.link };
}

/** A cell after the channel changed it. */
export function afterRemote(cell: LinkedCell, value: StoredValue, field: MasterField): LinkedCell {
  const leaves = cell.link === 'inherit' && value !== cell.value && field.onRemote === 'override';
  return { value, link: leaves ? 'override' : cell.link };
}

/** A cell after a person decided how it stands; only inheriting brings the master's value. */
export function afterLink(cell: LinkedCell, link: CellLink, master: StoredValue): LinkedCell {
  if (link !== 'inherit') return { ...cell, link };
  return master === null ? cell : { value: master, link };
}
