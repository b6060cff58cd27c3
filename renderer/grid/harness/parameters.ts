export interface Parameters {
  readonly rows: number;
  readonly columns: number;
  readonly theme: string;
  readonly contrast: boolean;
  readonly locale: string;
  readonly delay: number;
  readonly right: boolean;
  /** A bare AG Grid over stubs instead of the spreadsheet, to compare with. */
  readonly bare: boolean;
  readonly density: 'compact' | 'normal' | 'comfortable';
}

export function readParameters(search: string): Parameters {
  const query = new URLSearchParams(search);
  const density = query.get('density');
  return {
    rows: Number(query.get('rows') ?? 100_000),
    columns: Number(query.get('columns') ?? 40),
    theme: query.get('theme') ?? 'light',
    contrast: query.has('contrast'),
    locale: query.get('locale') ?? 'en-US',
    delay: Number(query.get('delay') ?? 0),
    right: query.has('right'),
    bare: query.has('bare'),
    density: density === 'compact' || density === 'comfortable' ? density : 'normal',
  };
}
