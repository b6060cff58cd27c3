import { escapeHtml, type PrintableDocument } from '../../orders/document-page.ts';

/** Sizes of paper in millimetres. */
export const PAPERS = { '4x6': { width: 101.6, height: 152.4 }, a6: { width: 105, height: 148 } } as const;

const STYLE = `
  * { box-sizing: border-box; }
  body { font: 11pt/1.3 "Inter", "Liberation Sans", Arial, Helvetica, sans-serif; color: #000; margin: 0; background: #fff; }
  .sheet { display: flex; flex-direction: column; padding: 5mm; overflow: hidden; break-after: page; }
  .sheet:last-child { break-after: auto; }
  .small { font-size: 8pt; } .label { font-size: 7.5pt; } .lines { white-space: pre-line; }
  .from { border-bottom: 1.5px solid #000; padding-bottom: 2mm; margin-bottom: 4mm; }
  .to { font-size: 15pt; line-height: 1.25; font-weight: 600; flex: 1; overflow-wrap: anywhere; }
  .bars { text-align: center; border-top: 1.5px solid #000; padding-top: 3mm; } .bars svg { height: 20mm; width: auto; max-width: 90mm; display: block; margin: 0 auto 1mm; }
  .code { font-family: "JetBrains Mono", "Liberation Mono", "Courier New", monospace; }
  .missing { border: 1.5px dashed #000; padding: 1mm 2mm; font-weight: 700; }
  h1 { font-size: 13pt; margin: 0 0 1mm; } table { width: 100%; border-collapse: collapse; font-size: 8pt; margin: 2mm 0; }
  th, td { border: 1px solid #000; padding: 1mm; text-align: left; vertical-align: top; } .number { text-align: right; white-space: nowrap; }
  .sign { margin-top: auto; border-top: 1px solid #000; padding-top: 1mm; font-size: 7.5pt; }`;

/** A document of small sheets, each on a paper of its own. */
export function smallPage(
  title: string,
  locale: string,
  size: keyof typeof PAPERS,
  sheets: readonly string[],
): PrintableDocument {
  const { width, height } = PAPERS[size];
  const paper = `@page { size: ${width}mm ${height}mm; margin: 0; } .sheet { width: ${width}mm; height: ${height}mm; }`;
  const body = sheets.map((sheet) => `<section class="sheet">${sheet}</section>`).join('');
  return {
    title,
    html: `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${paper}${STYLE}</style></head><body>${body}</body></html>`,
  };
}
