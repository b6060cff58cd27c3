export type DocumentLocale = 'en' | 'de';

export interface DocumentWords {
  readonly packingSlip: string;
  readonly pickList: string;
  readonly order: string;
  /** Singular and plural, after a number. */
  readonly orders: readonly [string, string];
  readonly items: readonly [string, string];
  readonly item: string;
  readonly units: readonly [string, string];
  readonly shipTo: string;
  readonly shipping: string;
  readonly tracking: string;
  readonly sku: string;
  readonly bin: string;
  readonly noBin: string;
  readonly later: string;
  readonly total: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly note: string;
  readonly thanks: string;
  readonly nothingToPick: string;
}

/** Words on paper; the buyer or the picker reads them, so they follow the document's language, not the window's. */
export const DOCUMENT_WORDS: Record<DocumentLocale, DocumentWords> = {
  en: {
    packingSlip: 'Packing slip',
    pickList: 'Pick list',
    order: 'Order',
    orders: ['order', 'orders'],
    items: ['item', 'items'],
    item: 'Item',
    units: ['unit', 'units'],
    shipTo: 'Ship to',
    shipping: 'Shipping',
    tracking: 'Tracking',
    sku: 'SKU',
    bin: 'Bin',
    noBin: 'Without a bin',
    later: 'Still to come',
    total: 'Order total',
    quantity: 'Qty',
    unitPrice: 'Unit price',
    note: 'Note from the buyer',
    thanks: 'Thank you for your order.',
    nothingToPick: 'Everything has been picked.',
  },
  de: {
    packingSlip: 'Lieferschein',
    pickList: 'Pickliste',
    order: 'Bestellung',
    orders: ['Bestellung', 'Bestellungen'],
    items: ['Artikel', 'Artikel'],
    item: 'Artikel',
    units: ['Stück', 'Stück'],
    shipTo: 'Lieferadresse',
    shipping: 'Versand',
    tracking: 'Sendungsnummer',
    sku: 'SKU',
    bin: 'Fach',
    noBin: 'Ohne Fach',
    later: 'Folgt noch',
    total: 'Bestellsumme',
    quantity: 'Menge',
    unitPrice: 'Einzelpreis',
    note: 'Nachricht des Käufers',
    thanks: 'Vielen Dank für Ihre Bestellung.',
    nothingToPick: 'Alles ist gepickt.',
  },
};
