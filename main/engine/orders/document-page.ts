import bwipjs from 'bwip-js/node';
import type { DocumentLocale } from './document-words.ts';

export interface PrintableDocument {
  readonly title: string;
  readonly html: string;
}

/** Everything that comes from a shop or a buyer is text here, never markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/* Fonts of the system only: the paper is made in a window that can load nothing. */
const STYLE = `
  @page { size: A4; margin: 15mm; }
  * { box-sizing: border-box; }
  body { font: 11pt/1.4 "Inter", "Liberation Sans", Arial, Helvetica, sans-serif; color: #111; margin: 0; }
  .sheet + .sheet { break-before: page; margin-top: 15mm; }
  @media print { .sheet + .sheet { margin-top: 0; } }
  header { display: flex; justify-content: space-between; align-items: flex-start; gap: 8mm; border-bottom: 2px solid #111; padding-bottom: 4mm; margin-bottom: 6mm; }
  h1 { font-size: 18pt; line-height: 1.2; margin: 0 0 1mm; }
  .muted { color: #555; font-size: 9pt; }
  .barcode { text-align: center; flex: none; } .barcode svg { height: 13mm; width: auto; max-width: 70mm; display: block; margin: 0 auto 1mm; }
  table { width: 100%; border-collapse: collapse; } thead { display: table-header-group; }
  th { text-align: left; font-size: 9pt; border-bottom: 1px solid #111; padding: 1.5mm 2mm; }
  td { border-bottom: 1px solid #ccc; padding: 2.2mm 2mm; vertical-align: top; } tr { break-inside: avoid; }
  th:first-child, td:first-child { padding-left: 0; } th:last-child, td:last-child { padding-right: 0; }
  .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
  .code { font-family: "JetBrains Mono", "Liberation Mono", "Courier New", monospace; font-size: 10pt; overflow-wrap: anywhere; }
  .lines .barcode { text-align: left; } .lines .barcode svg { height: 6mm; max-width: 42mm; margin: 1mm 0 0; }
  .quantity { font-size: 15pt; line-height: 1.1; font-weight: 700; } .box { width: 6mm; height: 6mm; border: 1.5px solid #111; }
  .bin td { border-bottom: 1px solid #111; padding-top: 4mm; font-size: 13pt; font-weight: 700; break-after: avoid; }
  .cards { display: flex; gap: 10mm; margin-bottom: 6mm; } .cards > div { flex: 1; } .label { font-size: 9pt; color: #555; margin-bottom: 1mm; }
  .address { white-space: pre-line; font-size: 12pt; } .note { border: 1px solid #999; padding: 3mm; margin-top: 6mm; white-space: pre-line; break-inside: avoid; }
  .total td { border-bottom: 0; font-weight: 700; }
  footer { margin-top: 8mm; font-size: 9pt; color: #555; }`;

/** A document of one or more sheets, each beginning a page; the desktop prints it in a window without scripts. */
export function documentPage(
  title: string,
  locale: DocumentLocale,
  sheets: readonly string[],
): PrintableDocument {
  const body = sheets.map((sheet) => `<section class="sheet">${sheet}</section>`).join('');
  return {
    title,
    html: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`,
  };
}

/** Code 128 as inline SVG; empty for what it cannot carry (anything but printable ASCII), which is shown as text alone. */
export function barcode(text: string): string {
  if (!/^[\x20-\x7e]{1,40}$/.test(text)) return '';
  return bwipjs.toSVG({ bcid: 'code128', text, height: 12, includetext: false });
}

export function dayText(atMs: number, locale: DocumentLocale): string {
  return escapeHtml(new Intl.DateTimeFormat(locale, { dateStyle: 'medium' }).format(atMs));
}

export function momentText(atMs: number, locale: DocumentLocale): string {
  return escapeHtml(
    new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(atMs),
  );
}
